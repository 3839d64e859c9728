// Search over the stories of this site, in the reader's own browser.
// The stories come from search-index.js as a global, because a page opened
// from a folder (file://) may not fetch anything.
(function () {
  "use strict";

  const LIMIT = 50;
  const WEIGHTS = { title: 12, points: 5, text: 1 };
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const input = document.getElementById("search-words");
  const index = window.STONEHAND_SEARCH;
  const plurals = new Intl.PluralRules(document.documentElement.lang || "en");

  // The rules are those of the desk (text/folding.py): one file has the data for both.
  const rules = window.STONEHAND_FOLDING;
  const removed = new RegExp("[" + ranges(rules.removed) + "]", "gu");
  const LETTER = "[\\p{L}\\p{M}\\p{N}]";
  const SPACELESS = "[" + ranges(rules.spaceless) + "]";
  const JOINER = new RegExp("[" + rules.apostrophes + rules.gershayim + "]", "u");
  const plain = "(?:(?!" + SPACELESS + ")" + LETTER + ")+";
  const joiner = "(?:[" + rules.apostrophes + "]|[" + rules.gershayim + "](?=[\u05d0-\u05ea]))";
  const signs = Object.keys(rules.signs).map((sign) => sign.replaceAll("+", "\\+")).join("|");
  const WORD = new RegExp(
    "(?=" + LETTER + ")" + SPACELESS +
      "|(" + plain + "(?:" + joiner + plain + ")*)((?:" + signs + ")(?!" + LETTER + "))?",
    "gu"
  );
  const digits = {};
  for (const zero of rules.zeros) {
    for (let value = 0; value < 10; value++) {
      digits[String.fromCodePoint(zero.codePointAt(0) + value)] = String(value);
    }
  }
  const folded = new Map();

  function ranges(pairs) {
    return pairs.map((pair) => pair.map((code) => "\\u{" + code.toString(16) + "}").join("-")).join("");
  }

  function foldLetter(letter) {
    if (!folded.has(letter)) {
      const bare = letter.normalize("NFKD").replace(removed, "");
      const lower = [...bare].map((part) => part.toLowerCase()).join("");
      const whole = [...lower].map((part) => rules.letters[part] ?? part).join("").normalize("NFC");
      folded.set(letter, [...whole].map((part) => digits[part] ?? part).join(""));
    }
    return folded.get(letter);
  }

  // Cut at what is elided before an apostrophe; join the rest.
  function parts(word, sign) {
    const found = [];
    let joined = "";
    const pieces = word.split(JOINER);
    pieces.forEach((piece, number) => {
      if (rules.elisions.includes(joined)) {
        found.push(joined);
        joined = "";
      }
      const isPossessive = number && joined && piece === "s" && number === pieces.length - 1;
      joined += isPossessive ? "" : piece;
    });
    // Some apostrophes are letters as well, so a word may end in one: dʼ.
    return [...found, joined + (rules.signs[sign] ?? "")].filter(Boolean);
  }

  function tokens(text) {
    const bare = text.replace(/[^\0-\x7f]/gu, foldLetter).toLowerCase();
    return [...bare.matchAll(WORD)].flatMap(
      ([all, word, sign]) => (word ? parts(word, sign) : [all])
    );
  }

  // What is typed: words between quotation marks follow each other, and so do those
  // of one word such as l’art. The last word may be unfinished, from its second letter on.
  function piecesOf(query) {
    const typed = query.slice(0, 1000);
    const pieces = [...typed.matchAll(/"([^"]*)"|(\S+)/g)]
      .map(([, quoted, bare]) => ({ words: tokens(quoted || bare || ""), open: false }))
      .filter((piece) => piece.words.length)
      .slice(0, 12);
    const last = pieces[pieces.length - 1];
    if (last && !typed.trimEnd().endsWith('"')) {
      last.open = [...last.words[last.words.length - 1]].length > 1;
    }
    return pieces;
  }

  // A story's words, made when it is first searched.
  function wordsOf(story) {
    if (!story.words) {
      story.words = {
        title: tokens(story.title + " " + story.kicker),
        points: tokens([story.summary, ...story.points].join(" ")),
        text: tokens([story.text, story.names, story.section].join(" ")),
      };
    }
    return story.words;
  }

  // 2 where a piece is among the words as it is, 1 where its last word is begun, else 0.
  function match(words, piece) {
    const end = piece.words.length - 1;
    let best = 0;
    for (let at = words.indexOf(piece.words[0]); ; at = words.indexOf(piece.words[0], at + 1)) {
      if (at < 0) {
        break;
      }
      if (piece.words.every((word, place) => words[at + place] === word)) {
        return 2;
      }
      if (end && piece.open && words[at + end]?.startsWith(piece.words[end])) {
        best ||= piece.words.slice(0, end).every((word, place) => words[at + place] === word);
      }
    }
    if (!end && piece.open) {
      best ||= words.some((word) => word.startsWith(piece.words[0]));
    }
    return Number(best);
  }

  // Every piece must be in the story; a whole word counts double.
  function score(story, pieces) {
    const fields = wordsOf(story);
    let sum = 0;
    for (const piece of pieces) {
      let best = 0;
      for (const name in WEIGHTS) {
        best = Math.max(best, WEIGHTS[name] * match(fields[name], piece));
      }
      if (!best) {
        return 0;
      }
      sum += best;
    }
    return sum;
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    made.dir = "auto";
    return made;
  }

  function result(story) {
    const item = document.createElement("li");
    const heading = document.createElement("h2");
    const link = element("a", "", story.title);
    link.href = story.href;
    heading.append(link);
    const facts = element("p", "facts", "");
    for (const part of [story.section, story.date]) {
      if (part) {
        facts.append(element("span", "", part));
      }
    }
    item.lang = story.language;
    item.append(heading, element("p", "summary", story.summary), facts);
    return item;
  }

  function show(query) {
    const wanted = piecesOf(query);
    list.replaceChildren();
    if (!wanted.length) {
      status.textContent = "";
      return;
    }
    // The index is newest first, and sorting keeps that order among equals.
    const found = index
      .map((story) => ({ story, score: score(story, wanted) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score);
    list.append(...found.slice(0, LIMIT).map((hit) => result(hit.story)));
    status.textContent = statusText(found.length, query.trim());
  }

  function statusText(count, query) {
    const form = plurals.select(count);
    const name = "count" + form[0].toUpperCase() + form.slice(1);
    const phrase = count ? status.dataset[name] || status.dataset.countOther : status.dataset.none;
    return phrase.replace("{n}", () => String(count)).replace("{query}", () => query);
  }

  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(input.value), 120);
  });
  input.value = new URLSearchParams(window.location.search).get("q") || "";
  show(input.value);
})();
