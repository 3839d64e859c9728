// Search over the stories of this site, in the reader's own browser.
//
// A page opened from a folder (file://) may not fetch anything, but it may add scripts. So
// the index is in many small scripts. Each calls stonehandSearch with its name and its data:
//
//   blocks             the blocks of stories, the newest first: [name, stories, shards, version]
//   {block}-head{n}    which stories have a word in headline or key points: see readNumbers
//   {block}-text{n}    which stories have a word in their text only
//   {block}-facts{n}   what is shown of sixteen stories
//   folding            the rules for comparing words, at the end of this file
//
// Results are in a fixed order: stories with all words in the headline; those with all in
// headline and key points; those with some of them there; the others. In each of these the
// stories with whole words are before those with beginnings of words, and newer ones before
// older ones. A result is shown once nothing that is still loading can come before it.
(function () {
  "use strict";

  const PAGE = 20;
  const AHEAD = 4; // results whose facts are loaded at the same time
  const FACTS = 16;
  const WORDS_AT_MOST = 12;
  const LETTERS_AT_MOST = 1000;
  const TYPING = 120; // milliseconds of rest before a search
  const AT_ONCE = 4; // blocks whose texts are loaded at the same time

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-words");
  const sections = document.getElementById("search-section");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const root = list.dataset.root; // from this page to the top of the site
  const plurals = new Intl.PluralRules(document.documentElement.lang || "en");

  // Files ------------------------------------------------------------------------------

  const arrived = new Map();
  const loading = new Map();
  let startWith = () => {};
  const start = new Promise((resolve) => (startWith = resolve));

  window.stonehandSearch = function (name, data) {
    arrived.set(name, data);
    if (arrived.has("folding") && arrived.has("blocks")) {
      startWith();
    }
  };

  function load(name, version) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}assets/search/${name}.js?${version}`;
        script.onload = () => resolve(arrived.get(name));
        script.onerror = () => {
          loading.delete(name); // the next search tries again
          reject(new Error(name + " could not be loaded"));
        };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  // Words ------------------------------------------------------------------------------
  // The rules are those of the desk (text/folding.py): one file has the data for both.

  const LETTER = "[\\p{L}\\p{M}\\p{N}]";
  const folded = new Map();
  const digits = new Map();
  let rules, removed, spaceless, joiners, wordPattern;

  function prepareFolding() {
    rules = arrived.get("folding");
    removed = new RegExp("[" + ranges(rules.removed) + "]", "gu");
    spaceless = new RegExp("^[" + ranges(rules.spaceless) + "]$", "u");
    joiners = new RegExp("[" + rules.apostrophes + rules.gershayim + "]", "u");
    const alone = "[" + ranges(rules.spaceless) + "]";
    const plain = "(?:(?!" + alone + ")" + LETTER + ")+";
    const joiner = "(?:[" + rules.apostrophes + "]|[" + rules.gershayim + "](?=[\u05d0-\u05ea]))";
    const signs = Object.keys(rules.signs).map((sign) => sign.replaceAll("+", "\\+")).join("|");
    wordPattern = new RegExp(
      "(?=" + LETTER + ")" + alone +
        "|(" + plain + "(?:" + joiner + plain + ")*)((?:" + signs + ")(?!" + LETTER + "))?",
      "gu"
    );
    for (const zero of rules.zeros) {
      for (let value = 0; value < 10; value++) {
        digits.set(String.fromCodePoint(zero.codePointAt(0) + value), String(value));
      }
    }
  }

  function ranges(pairs) {
    return pairs.map((pair) => pair.map((code) => "\\u{" + code.toString(16) + "}").join("-")).join("");
  }

  function foldLetter(letter) {
    if (!folded.has(letter)) {
      const bare = letter.normalize("NFKD").replace(removed, "");
      const lower = [...bare].map((part) => part.toLowerCase()).join("");
      const whole = [...lower].map((part) => rules.letters[part] ?? part).join("").normalize("NFC");
      folded.set(letter, [...whole].map((part) => digits.get(part) ?? part).join(""));
    }
    return folded.get(letter);
  }

  // The words of a text as they are compared, and where they are in it.
  function findWords(text) {
    const origin = [];
    let bare = "";
    let place = 0;
    for (const letter of text) {
      const plain = foldLetter(letter);
      for (let count = 0; count < plain.length; count++) {
        origin.push(place);
      }
      bare += plain;
      place += letter.length;
    }
    origin.push(place);
    const found = [];
    for (const match of bare.matchAll(wordPattern)) {
      const whole = [[match[0], 0, match[0].length]];
      for (const [word, from, to] of match[1] ? parts(match[1], match[2]) : whole) {
        const start = origin[match.index + from];
        const last = origin[match.index + to - 1];
        // Up to the next letter: marks that were removed belong to the letter before them.
        found.push({ text: word, start, end: origin.find((other) => other > last) });
      }
    }
    return found;
  }

  // Cut at what is elided before an apostrophe; join the rest.
  function parts(word, sign) {
    const found = [];
    const pieces = word.split(joiners);
    let joined = "";
    let from = 0;
    let place = 0;
    pieces.forEach((piece, number) => {
      if (rules.elisions.includes(joined)) {
        found.push([joined, from, place - 1]);
        joined = "";
        from = place;
      }
      const isPossessive = number && joined && piece === "s" && number === pieces.length - 1;
      joined += isPossessive ? "" : piece;
      place += piece.length + 1;
    });
    // Some apostrophes are letters as well, so a word may end in one: dʼ.
    const last = joined + (rules.signs[sign] ?? "");
    return last ? [...found, [last, from, word.length + (sign ?? "").length]] : found;
  }

  // What is typed: all its words must be in a story. Each may be the beginning of a word,
  // from its second letter on; between quotation marks words are whole. Where a script has
  // no spaces, letters that follow each other must do so in the story.
  function wordsOf(query) {
    const wanted = new Map();
    for (const [, quoted, bare] of query.slice(0, LETTERS_AT_MOST).matchAll(/"([^"]*)"|(\S+)/g)) {
      const typed = findWords(quoted ?? bare).map((word) => word.text);
      typed.forEach((text, at) => {
        const isAlone = spaceless.test(text);
        if (isAlone && at && spaceless.test(typed[at - 1])) {
          wanted.delete(typed[at - 1]);
          wanted.set(typed[at - 1] + text, false);
        } else {
          const isOpen = quoted === undefined && !isAlone && canBegin(text);
          wanted.set(text, isOpen && (wanted.get(text) ?? true));
        }
      });
    }
    return [...wanted].slice(0, WORDS_AT_MOST).map(([text, isOpen]) => ({ text, isOpen }));
  }

  // Shards -----------------------------------------------------------------------------

  const LAST = 64;
  const FURTHER = 26;
  const values = new Map();
  for (let code = 33; code < 126; code++) {
    const letter = String.fromCharCode(code);
    if (!'"\\|'.includes(letter)) {
      values.set(letter, values.size);
    }
  }

  // The letters that say where a word is: its first ones, after an Arabic article.
  function decidingLetters(text) {
    const hasArticle = text.startsWith(rules.article) && text !== rules.article;
    return [...text].slice(hasArticle ? rules.article.length : 0, 5);
  }

  // A word of one letter, or of an article and one letter, would begin too many.
  function canBegin(text) {
    return text !== rules.article && decidingLetters(text).length > 1;
  }

  // The numbers of the shards that a word may be in: four for two letters that may go on.
  function shardsOf(word, count) {
    const letters = decidingLetters(word.text).map((letter) => letter.codePointAt(0));
    const [first, second = 0, third = 0] = letters;
    const group = (first * 8191 + second * 131) % 65521;
    const thirds = word.isOpen && letters.length === 2 ? [0, 1, 2, 3] : [third % 4];
    return [...new Set(thirds.map((step) => (group + step) % count))];
  }

  // Rows are words with their stories. A row begins with a digit: how many letters the word
  // shares with the one before.
  function readShard(shard, word, found, isFound) {
    let text = "";
    for (const row of shard ? shard.split("|") : []) {
      const space = row.indexOf(" ");
      text = text.slice(0, values.get(row[0])) + row.slice(1, space);
      if (text === word.text || (word.isOpen && text.startsWith(word.text))) {
        readNumbers(row, space + 1, (number) => isFound(found, number, text !== word.text));
      }
    }
  }

  // Each number is how far it is from the one before: one digit of 64 after any of 26.
  function readNumbers(row, at, take) {
    let number = -1;
    let step = 0;
    for (; at < row.length; at++) {
      const value = values.get(row[at]);
      if (value < LAST) {
        number += step * LAST + value;
        step = 0;
        take(number);
      } else {
        step = step * FURTHER + value - LAST;
      }
    }
  }

  // How good a match is: 0 for a word of the headline, 2 of the key points, 4 of the text,
  // and 1 more where it only begins one.
  function keepBest(found, place, quality) {
    const before = found.get(place);
    if (before === undefined || quality < before) {
      found.set(place, quality);
    }
  }
  const keepHead = (found, number, isBegun) => keepBest(found, number >> 1, (number & 1) * 2 + isBegun);
  const keepText = (found, place, isBegun) => keepBest(found, place, 4 + isBegun);

  async function readWord(block, kind, word, isFound) {
    const found = new Map();
    const names = shardsOf(word, block.shards).map((number) => `${block.name}-${kind}${number}`);
    for (const shard of await Promise.all(names.map((name) => load(name, block.version)))) {
      readShard(shard, word, found, isFound);
    }
    return found;
  }

  // One search --------------------------------------------------------------------------

  class Search {
    constructor(words, section) {
      this.words = words;
      this.section = section && { text: "#" + section, isOpen: false };
      this.blocks = arrived.get("blocks").map(([name, count, shards, version]) => (
        { name, count, shards, version, head: [], section: null, inHead: null, hits: null }
      ));
    }

    // Load what is needed, and call `progressed` when more of the order may be certain; it
    // answers false when nobody waits for this search any more.
    // Texts have to wait for the results of headlines: a reader has those first.
    async run(progressed) {
      await Promise.all(this.blocks.map((block) => this.readHead(block).then(progressed)));
      const waiting = [...this.blocks];
      const readNext = async () => {
        while (waiting.length) {
          await this.readText(waiting.shift());
          if (!(await progressed())) {
            return;
          }
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, readNext));
    }

    async readHead(block) {
      const [section, ...head] = await Promise.all([
        this.section && readWord(block, "head", this.section, keepHead),
        ...this.words.map((word) => readWord(block, "head", word, keepHead)),
      ]);
      block.section = section;
      block.head = head;
      block.inHead = this.hits(block, head);
    }

    // The longest word first: it is in the fewest stories, and without one the block is done.
    // In the newest block all at once: it has the first results.
    async readText(block) {
      const found = [];
      const isNewest = block === this.blocks[0];
      const read = (word) => readWord(block, "text", word, keepText);
      const ahead = isNewest ? await Promise.all(this.words.map(read)) : [];
      let places = block.section && [...block.section.keys()];
      const order = this.words.map((_, at) => at);
      order.sort((a, b) => this.words[b].text.length - this.words[a].text.length);
      for (const at of order) {
        const head = block.head[at];
        const isDone = places && !places.length;
        const text = ahead[at] ?? (isDone ? new Map() : await read(this.words[at]));
        found[at] = new Map([...text, ...head]); // what is in the head counts there
        places = places ? places.filter((place) => found[at].has(place)) : [...found[at].keys()];
      }
      block.hits = this.hits(block, found);
    }

    // The stories with all words, by rank: lists of places, the newest first.
    hits(block, found) {
      const ranks = Array.from({ length: 8 }, () => []);
      const [first, ...others] = found;
      for (const place of [...first.keys()].sort((a, b) => b - a)) {
        const isWanted = !block.section || block.section.has(place);
        if (isWanted && others.every((places) => places.has(place))) {
          ranks[rank(found.map((places) => places.get(place)))].push(place);
        }
      }
      return ranks;
    }

    // The results whose place in the order is certain. Later answers begin with these.
    certain() {
      const results = [];
      for (let rank = 0; rank < 8; rank++) {
        for (const block of this.blocks) {
          const hits = rank < 4 ? block.inHead : block.hits;
          if (!hits) {
            return results;
          }
          results.push(...hits[rank].map((place) => ({ block, place })));
        }
      }
      return results;
    }
  }

  function rank(qualities) {
    const isBegun = qualities.some((quality) => quality % 2);
    if (qualities.every((quality) => quality < 2)) {
      return 0 + isBegun;
    }
    if (qualities.every((quality) => quality < 4)) {
      return 2 + isBegun;
    }
    return (qualities.some((quality) => quality < 4) ? 4 : 6) + isBegun;
  }

  async function factsOf({ block, place }) {
    const facts = await load(`${block.name}-facts${Math.floor(place / FACTS)}`, block.version);
    return facts[place % FACTS];
  }

  // The page ----------------------------------------------------------------------------

  let turn = 0; // the number of the newest search; older ones end when they see it
  let shown = 0; // how many of its results are on the page
  let limit = PAGE;
  let showMore = () => {};

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    const words = wordsOf(query);
    limit = PAGE;
    shown = 0;
    if (!words.length) {
      replaceResults();
      list.removeAttribute("aria-busy");
      more.hidden = true;
      status.textContent = "";
      return;
    }
    const running = new Search(words, sections ? sections.value : "");
    let painting = Promise.resolve();
    const paint = () => {
      painting = painting.then(() => append(running, words, mine));
      return painting;
    };
    showMore = () => paint().catch(() => fail(mine));
    list.setAttribute("aria-busy", "true");
    try {
      await running.run(paint);
      await paint();
      if (mine === turn) {
        finish(running.certain().length, query);
      }
    } catch {
      fail(mine);
    }
    if (mine === turn) {
      list.removeAttribute("aria-busy");
    }
  }

  function fail(failed) {
    if (failed === turn) {
      if (!shown) {
        replaceResults();
      }
      status.textContent = status.dataset.failed;
    }
  }

  // Add the results that are certain, up to the limit. Those of the search before go now.
  // Return whether this is the newest search still.
  async function append(running, words, mine) {
    if (mine !== turn) {
      return false;
    }
    const results = running.certain();
    const wanted = results.slice(shown, limit);
    const waiting = wanted.slice(0, AHEAD).map(factsOf);
    for (let number = 0; number < wanted.length; number++) {
      const item = result(await waiting[number], words);
      if (mine !== turn) {
        return false;
      }
      if (shown) {
        list.append(item);
      } else {
        replaceResults(item);
      }
      shown++;
      if (number + AHEAD < wanted.length) {
        waiting.push(factsOf(wanted[number + AHEAD]));
      }
    }
    more.hidden = results.length <= shown;
    return true;
  }

  // Who was at a result before is at the first one now, or at the field.
  function replaceResults(...items) {
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(...items);
    if (hadFocus) {
      (list.querySelector("a") ?? input).focus();
    }
  }

  function finish(count, query) {
    if (!count) {
      replaceResults();
    }
    const category = plurals.select(count);
    const name = "count" + category[0].toUpperCase() + category.slice(1);
    const phrase = count ? status.dataset[name] || status.dataset.countOther : status.dataset.none;
    status.textContent = phrase.replace("{n}", () => String(count)).replace("{query}", () => query);
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    made.append(...content);
    return made;
  }

  // Texts of stories become text nodes, never markup.
  function result(facts, words) {
    const link = element("a", "", ...highlighted(facts.title, words).nodes);
    link.href = root + facts.path;
    const lines = facts.lines.map((line) => highlighted(line, words));
    const line = lines.reduce((best, other) => (other.words > best.words ? other : best));
    const about = element("p", "facts");
    const section = sectionTitle(facts.section);
    if (section) {
      const name = element("bdi", "", section);
      name.lang = document.documentElement.lang;
      about.append(element("span", "", name));
    }
    const date = element("time", "", facts.date);
    date.dateTime = facts.published;
    about.append(date);
    const summary = element("p", "summary", ...line.nodes);
    const item = element("li", "", element("h2", "", link), summary, about);
    item.lang = facts.language;
    item.dir = facts.direction;
    return item;
  }

  function sectionTitle(slug) {
    const option = slug && sections && [...sections.options].find((other) => other.value === slug);
    return option ? option.text : "";
  }

  // A text with marks around what was searched for, and how many of the words are in it.
  function highlighted(text, words) {
    const nodes = [];
    const seen = new Set();
    const places = findWords(text);
    let last = 0;
    places.forEach((place, at) => {
      const next = places[at + 1];
      const found = words.filter((word) => isHere(word, place, next));
      for (const word of found) {
        const end = word.text === place.text || word.isOpen ? place.end : next.end;
        const start = Math.max(place.start, last);
        seen.add(word);
        if (end > start) {
          const before = nodes[nodes.length - 1];
          if (start === last && before instanceof Element) {
            before.append(text.slice(start, end));
          } else {
            nodes.push(text.slice(last, start), element("mark", "", text.slice(start, end)));
          }
          last = end;
        }
      }
    });
    return { nodes: [...nodes, text.slice(last)], words: seen.size };
  }

  function isHere(word, place, next) {
    return word.text === place.text || (word.isOpen && place.text.startsWith(word.text)) ||
      Boolean(next && spaceless.test(place.text) && word.text === place.text + next.text);
  }

  // The address has what is searched for, so that a search can be sent and gone back to.
  function address() {
    const asked = new URLSearchParams();
    if (input.value.trim()) {
      asked.set("q", input.value.trim());
    }
    if (sections && sections.value) {
      asked.set("section", sections.value);
    }
    return location.pathname + (String(asked) && "?" + asked);
  }

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    if (sections) {
      sections.value = asked.get("section") ?? "";
      if (sections.selectedIndex < 0) {
        sections.value = "";
      }
    }
    isEntered = asked.has("q");
    search();
  }

  // A search that was entered stays in the history; what is typed after it is one more.
  let resting = 0;
  let isEntered = false;
  function changed(event) {
    clearTimeout(resting);
    const isTyping = event.type === "input";
    if (isTyping && !isEntered) {
      history.replaceState(null, "", address());
    } else if (address() !== location.pathname + location.search) {
      history.pushState(null, "", address());
    }
    isEntered = !isTyping;
    resting = setTimeout(search, isTyping ? TYPING : 0);
  }

  // Down and up go through the results, and slash back to the field: only from a result,
  // since a key of one letter may not act elsewhere (WCAG 2.2, 2.1.4).
  function move(event) {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, "/": at && 0 }[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && at >= 0 && to >= 0 && to < stops.length && to !== at) {
      event.preventDefault();
      stops[to].focus();
    }
  }

  start.then(() => {
    prepareFolding();
    input.addEventListener("input", changed);
    sections?.addEventListener("change", changed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      changed(event);
    });
    form.addEventListener("keydown", move);
    list.addEventListener("keydown", move);
    more.addEventListener("click", async () => {
      const first = list.children.length;
      limit += PAGE;
      await showMore();
      list.children[first]?.querySelector("a").focus();
    });
    window.addEventListener("popstate", readAddress);
    readAddress();
  });
})();
