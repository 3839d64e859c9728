// Runs in a world of its own (ApplicationWorld): it works although the page's scripts are
// off, and nothing in the page can see it. It changes the document only to what the
// renderer wrote, so the article stays byte for byte the exported one.
(() => {
  "use strict";
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];

  const body = () => document.querySelector("article .body");

  const sameTag = (a, b) =>
    a.nodeType === 1 && a.nodeName === b.nodeName && a.attributes.length === b.attributes.length &&
    [...a.attributes].every((attribute, i) => {
      const other = b.attributes[i];
      return attribute.name === other.name && attribute.value === other.value;
    });

  // Make `old` equal to `fresh`, keeping every node that is the same already: pictures
  // don't flicker, a selection elsewhere stays.
  const morph = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType === 3 && fresh.nodeType === 3) { old.data = fresh.data; return; }
    if (!sameTag(old, fresh)) { old.replaceWith(document.adoptNode(fresh)); return; }
    morphChildren(old, fresh);
  };

  const morphChildren = (old, fresh) => {
    const from = [...old.childNodes], to = [...fresh.childNodes];
    let head = 0, tail = 0;
    const most = Math.min(from.length, to.length);
    while (head < most && from[head].isEqualNode(to[head])) head++;
    while (tail < most - head &&
           from[from.length - 1 - tail].isEqualNode(to[to.length - 1 - tail])) tail++;
    const paired = most - head - tail;
    for (let i = head; i < head + paired; i++) morph(from[i], to[i]);
    for (let i = head + paired; i < from.length - tail; i++) from[i].remove();
    const before = tail ? from[from.length - tail] : null;
    for (let i = head + paired; i < to.length - tail; i++) {
      old.insertBefore(document.adoptNode(to[i]), before);
    }
  };

  globalThis.stonehand = {
    // Replace the body's blocks from `start` to before `end`; false when the page
    // does not hold `count` blocks, so that the caller sends the whole page.
    blocks(count, start, end, html) {
      const box = body();
      if (!box || box.children.length !== count) return false;
      const range = document.createRange();
      if (start > 0) range.setStartAfter(box.children[start - 1]); else range.setStart(box, 0);
      if (end < count) range.setEndBefore(box.children[end]);
      else range.setEnd(box, box.childNodes.length);
      range.deleteContents();
      range.insertNode(range.createContextualFragment(html));
      box.normalize();
      return true;
    },

    page(html) {
      const fresh = new DOMParser().parseFromString(html, "text/html");
      const [root, other] = [document.documentElement, fresh.documentElement];
      for (const name of ["lang", "dir", "class"]) {
        if (other.hasAttribute(name)) root.setAttribute(name, other.getAttribute(name));
        else root.removeAttribute(name);
      }
      if (sameTag(document.body, fresh.body)) morphChildren(document.body, fresh.body);
      else document.body.replaceWith(document.adoptNode(fresh.body));
      return true;
    },

    // The number of the body block at a point of the window; -1 for a link or no block.
    block_at(x, y) {
      const hit = document.elementFromPoint(x, y);
      const box = body();
      if (!hit || !box || hit === box || !box.contains(hit) || hit.closest("a")) return -1;
      return [...box.children].findIndex(block => block.contains(hit));
    },

    // Mark a block through a style sheet beside the document: the bytes stay as they are.
    mark(index, colour) {
      if (index < 0) { sheet.replaceSync(""); return false; }
      // The first paragraph may be typed only now: the rule waits for it.
      sheet.replaceSync(
        `article .body > :nth-child(${index + 1}) ` +
        `{ box-shadow: -0.4em 0 var(--paper), -0.55em 0 ${colour}; } ` +
        `[dir="rtl"] article .body > :nth-child(${index + 1}) ` +
        `{ box-shadow: 0.4em 0 var(--paper), 0.55em 0 ${colour}; }`);
      const block = body()?.children[index];
      if (!block) return false;
      const seen = block.getBoundingClientRect();
      if (seen.bottom < 24 || seen.top > innerHeight - 24) block.scrollIntoView({block: "center"});
      return true;
    },

    // Load the style sheet for another look. The one that is there stays until then: without
    // one for a moment, all would move, and what was scrolled to would be elsewhere.
    appearance(name, state) {
      const links = [...document.querySelectorAll('link[rel="stylesheet"]')];
      const file = link => link.getAttribute("href").replace(/\?.*$/, "");
      for (const link of links) {
        const before = links.filter(other => file(other) === file(link));
        const href = `${file(link)}?${name}&${state}`;
        if (link !== before.at(-1) || link.getAttribute("href") === href) continue;
        const fresh = link.cloneNode();
        fresh.setAttribute("href", href);
        fresh.addEventListener("load", () => { for (const old of before) old.remove(); });
        link.after(fresh);
      }
      document.documentElement.style.colorScheme = name;
    },

    top() { scrollTo(0, 0); },
  };
  return true;
})()
