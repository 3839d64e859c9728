// Search over the stories of this site, in the reader's own browser.
//
// A page opened from a folder (file://) may not fetch anything, but it may add scripts. So
// the index is in many small scripts. Each calls stonehandSearch with its name and its data:
//
//   blocks             the blocks of stories, each tree's newest one first: see readBlock
//   {block}-head{n}    which stories have a word in headline or key points: see readNumbers
//   {block}-text{n}    which stories have a word in their text
//   facts-{name}       what is shown of a group of stories
//   folding            the rules for comparing words, at the end of this file
//
// Results are in a fixed order: stories with what is in quotation marks in the headline, in
// its order; those with all words in the headline; those with all in headline and key points;
// those with some of them there; the others. In each of these the stories with whole words are
// before those with beginnings of words, and newer ones before older ones. A result is shown
// once nothing that is still loading can come before it.
(function () {
  "use strict";

  const PAGE = 20;
  const AHEAD = 4; // results whose facts are loaded at the same time
  const WORDS_AT_MOST = 12;
  const LETTERS_AT_MOST = 1000;
  const TYPING = 120; // milliseconds of rest before a search
  const VERSION = 8; // letters of the version of a shard
  const NAME = 12; // letters of the name of a file of facts

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-words");
  const sections = document.getElementById("search-section");
  const others = document.getElementById("search-languages");
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

  function load(name, version = "") {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}assets/search/${name}.js${version && "?" + version}`;
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
  let rules, removed, spaceless, joiners, wordPattern, article, beforeWords, unsorted;

  function prepareFolding() {
    rules = arrived.get("folding");
    removed = new RegExp("[" + ranges(rules.removed) + "]", "gu");
    spaceless = new RegExp("^[" + ranges(rules.spaceless) + "]$", "u");
    joiners = new RegExp("[" + rules.apostrophes + rules.gershayim + "]", "u");
    article = new RegExp("^(?:" + rules.article + ")(?=..)", "u");
    beforeWords = new RegExp("^(?:" + rules.before + ")$", "u");
    unsorted = new RegExp("^(?:" + rules.unsorted + ")+(?=..)", "u");
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
  // from its second letter on; between quotation marks words are whole, and their order
  // counts in a headline. Where a script has no spaces, letters that follow each other must do
  // so in the story.
  function wordsOf(query) {
    const wanted = new Map();
    const phrases = [];
    const plain = query.slice(0, LETTERS_AT_MOST).replace(/[“”„«»]/g, '"');
    for (const [, quoted, bare] of plain.matchAll(/"([^"]*)"|(\S+)/g)) {
      const typed = findWords(quoted ?? bare).map((word) => word.text);
      let phrase = [];
      typed.forEach((text, at) => {
        const isAlone = spaceless.test(text);
        if (isAlone && at && spaceless.test(typed[at - 1])) {
          wanted.delete(typed[at - 1]);
          wanted.set(typed[at - 1] + text, exactWord(typed[at - 1] + text));
          phrase = [...phrase.filter((word) => word !== typed[at - 1]), typed[at - 1] + text];
        } else {
          const isExact = quoted !== undefined || isAlone || wanted.get(text)?.isExact;
          wanted.set(text, isExact ? exactWord(text) : freeWord(text));
          phrase.push(text);
        }
      });
      if (quoted !== undefined && phrase.length > 1) {
        phrases.push(phrase);
      }
    }
    const words = [...wanted.values()].slice(0, WORDS_AT_MOST);
    // The numbers of a phrase's words.
    const place = (text) => words.findIndex((word) => word.text === text);
    return { words, phrases: phrases.map((phrase) => phrase.map(place)) };
  }

  function exactWord(text) {
    return { text, bare: text, isOpen: false, isExact: true };
  }

  // A word that may have more letters, if enough of them are known to find its shard. An
  // article is passed over where three letters are left: الله is no له.
  function freeWord(text) {
    const bare = text.replace(article, "");
    const letters = sortingLetters(text);
    // Two letters that can go on lead to four shards: not those of a short word like بنك.
    const isLong = bare.length > 3 || bare.startsWith(letters.join(""));
    const isOpen = letters.length > 1 && isLong && !isUnsorted(text);
    return { text, bare: bare.length > 2 ? bare : text, isOpen, isExact: false };
  }

  // Whether a word of a story is the one that is searched for, perhaps with more letters.
  // Arabic writes an article, `and`, `in` and `to` together with the word after them. Those
  // without an article begin many other words, so the rest must be the whole word then.
  const WHOLE = 0;
  const BEGUN = 1;
  const OTHER = -1;

  function compare(text, word) {
    if (text === word.text) {
      return WHOLE;
    }
    if (word.isExact || !text.includes(word.bare)) {
      return OTHER;
    }
    const bare = text.replace(article, "");
    if (bare === word.bare) {
      return WHOLE;
    }
    const isBegun = word.isOpen && (text.startsWith(word.text) || bare.startsWith(word.bare));
    return isBegun || (word.bare.length > 2 && isAfterOther(text, word.bare)) ? BEGUN : OTHER;
  }

  function isAfterOther(text, bare) {
    return text.endsWith(bare) && beforeWords.test(text.slice(0, -bare.length));
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

  // The letters that say where a word is, after what may be written together with it.
  function sortingLetters(text) {
    return [...text.replace(unsorted, "")].slice(0, 3);
  }

  // Whether more letters could be passed over if the word had more, and lead to other shards.
  function isUnsorted(text) {
    return unsorted.test(text.replace(unsorted, "") + "..");
  }

  // The numbers of the shards that a word may be in: four for two letters that may go on.
  function shardsOf(word, count) {
    const letters = sortingLetters(word.text).map((letter) => letter.codePointAt(0));
    const [first, second = 0, third = 0] = letters;
    const group = (first * 8191 + second * 131) % 65521;
    const thirds = word.isOpen && letters.length === 2 ? [0, 1, 2, 3] : [third % 4];
    return [...new Set(thirds.map((step) => (group + step) % count))];
  }

  // Rows are words with their stories. A row begins with a digit: how many letters the word
  // shares with the one before.
  function readShard(shard, word, starts, take) {
    let text = "";
    for (const row of shard ? shard.split("|") : []) {
      const space = row.indexOf(" ");
      text = text.slice(0, values.get(row[0])) + row.slice(1, space);
      const quality = compare(text, word);
      if (quality !== OTHER) {
        readNumbers(row, space + 1, starts, (start, number) => take(start, number, quality));
      }
    }
  }

  // After a ~ is the number of a piece of the block, which starts at a place, then its stories:
  // each is how far it is from the one before. A number is one digit of 64 after any of 26.
  function readNumbers(row, at, starts, take) {
    let start = -1;
    let number = -1;
    let step = 0;
    for (; at < row.length; at++) {
      const value = values.get(row[at]);
      if (value === undefined) {
        start = -1;
      } else if (value >= LAST) {
        step = step * FURTHER + value - LAST;
      } else {
        const whole = step * LAST + value;
        step = 0;
        if (start < 0) {
          start = starts[whole];
          number = -1;
        } else {
          number += whole;
          take(start, number);
        }
      }
    }
  }

  // How good a match is: 0 for a word of the headline, 2 of the key points, 4 of the text,
  // and 1 more where it only begins one. With each is the word's place in the headline: the
  // last one says that it is not there, and the one before that it is any further one.
  const PLACES = 16;
  const NOT_THERE = PLACES - 1;
  const FURTHER_ON = PLACES - 2;
  const qualityOf = (match) => Math.floor(match / PLACES);

  function keepBest(found, place, quality, inHeadline) {
    const match = quality * PLACES + inHeadline;
    const before = found.get(place);
    if (before === undefined || match < before) {
      found.set(place, match);
    }
  }

  function keepHead(found, start, number, begun) {
    const inHeadline = number % PLACES;
    const quality = (inHeadline === NOT_THERE ? 2 : 0) + begun;
    keepBest(found, start + Math.floor(number / PLACES), quality, inHeadline);
  }

  function keepText(found, start, number, begun) {
    keepBest(found, start + number, 4 + begun, NOT_THERE);
  }

  // What blocks.js has of a block: its tree and name, how many stories each of its pieces has,
  // how many shards heads have and texts have, the versions of these, and the names of the
  // files of facts, each with a letter for how many stories it has.
  function readBlock([tree, name, pieces, shards, versions, groups]) {
    const starts = [];
    let start = 0;
    for (const size of pieces) {
      starts.push(start);
      start += size;
    }
    const facts = [];
    for (let at = 0; at < groups.length; at += NAME + 1) {
      const size = groups.charCodeAt(at + NAME) - "`".charCodeAt(0);
      for (let number = 0; number < size; number++) {
        facts.push(["facts-" + groups.slice(at, at + NAME), number]);
      }
    }
    return { tree, name, starts, shards, versions, facts, section: null, head: [], inHead: null, hits: null };
  }

  async function readWord(block, kind, word, keep) {
    const found = new Map();
    const first = kind === "head" ? 0 : block.shards;
    const shards = shardsOf(word, block.shards).map((number) => {
      const version = (first + number) * VERSION;
      return load(`${block.name}-${kind}${number}`, block.versions.slice(version, version + VERSION));
    });
    for (const shard of await Promise.all(shards)) {
      readShard(shard, word, block.starts, (...match) => keep(found, ...match));
    }
    return found;
  }

  // One search --------------------------------------------------------------------------

  const RANKS = 9;
  const OF_HEADS = 5; // ranks of stories with all words in headline and key points

  class Search {
    constructor({ words, phrases }, section, isEverywhere) {
      this.words = words;
      this.phrases = phrases;
      this.section = section && exactWord("#" + section);
      const own = list.dataset.tree;
      const blocks = arrived.get("blocks").map(readBlock);
      this.blocks = blocks.filter((block) => block.tree === own);
      if (isEverywhere) {
        this.blocks.push(...blocks.filter((block) => block.tree !== own));
      }
    }

    // Load what is needed, and call `progressed` when more of the order may be certain; it
    // answers false when nobody waits for this search any more.
    // Texts wait for the results of headlines, which a reader has first; not those of the
    // newest stories, which have the first results mostly.
    async run(progressed) {
      const [newest, ...older] = this.blocks;
      if (!newest) {
        return;
      }
      const texts = this.readTexts(newest);
      texts.catch(() => {}); // whoever waits for it hears of it
      await Promise.all(this.blocks.map((block) => this.readHead(block).then(progressed)));
      this.takeTexts(newest, await texts);
      for (const block of older) {
        if (!(await progressed())) {
          return;
        }
        this.takeTexts(block, await this.readTexts(block));
      }
      await progressed();
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

    readTexts(block) {
      return Promise.all(this.words.map((word) => readWord(block, "text", word, keepText)));
    }

    // What is in the head counts there.
    takeTexts(block, texts) {
      const found = texts.map((text, at) => new Map([...text, ...block.head[at]]));
      block.hits = this.hits(block, found);
    }

    // The stories with all words, by rank: lists of places, the newest first.
    hits(block, found) {
      const ranks = Array.from({ length: RANKS }, () => []);
      const [first, ...further] = found;
      for (const place of [...first.keys()].sort((a, b) => b - a)) {
        const isWanted = !block.section || block.section.has(place);
        if (isWanted && further.every((places) => places.has(place))) {
          ranks[this.rank(found.map((places) => places.get(place)))].push(place);
        }
      }
      return ranks;
    }

    rank(matches) {
      const qualities = matches.map(qualityOf);
      const isBegun = qualities.some((quality) => quality % 2);
      const isInHead = qualities.every((quality) => quality < 4);
      if (isInHead && this.phrases.length && this.phrases.every((phrase) => isPhrase(phrase, matches))) {
        return 0;
      }
      if (qualities.every((quality) => quality < 2)) {
        return 1 + isBegun;
      }
      if (isInHead) {
        return 3 + isBegun;
      }
      return (qualities.some((quality) => quality < 4) ? 5 : 7) + isBegun;
    }

    // The results whose place in the order is certain. Later answers begin with these.
    certain() {
      const results = [];
      for (let rank = 0; rank < RANKS; rank++) {
        for (const block of this.blocks) {
          const hits = rank < OF_HEADS ? block.inHead : block.hits;
          if (!hits) {
            return results;
          }
          results.push(...hits[rank].map((place) => ({ block, place })));
        }
      }
      return results;
    }
  }

  // Whether the words of a phrase follow each other in the headline, where their places are known.
  function isPhrase(phrase, matches) {
    const places = phrase.map((at) => (qualityOf(matches[at] ?? PLACES) ? NOT_THERE : matches[at] % PLACES));
    return places.every((place, at) => place < FURTHER_ON && place === places[0] + at);
  }

  async function factsOf({ block, place }) {
    const [name, number] = block.facts[place];
    return (await load(name))[number];
  }

  // The page ----------------------------------------------------------------------------

  let turn = 0; // the number of the newest search; older ones end when they see it
  let shown = 0; // how many of its results are on the page
  let limit = PAGE;
  let showMore = () => {};

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    const asked = wordsOf(query);
    const { words } = asked;
    limit = PAGE;
    shown = 0;
    if (!words.length) {
      replaceResults();
      list.removeAttribute("aria-busy");
      more.hidden = true;
      status.textContent = "";
      return;
    }
    let running = new Search(asked, sections?.value, others?.checked);
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
      // Words of another language are looked for where that is written.
      if (mine === turn && others && !others.checked && !running.certain().length) {
        running = new Search(asked, sections?.value, true);
        await running.run(paint);
        await paint();
      }
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
    const section = sectionOption(facts.section);
    if (section) {
      const name = element("bdi", "", section.text);
      name.lang = section.lang;
      about.append(element("span", "", name), " ");
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

  function sectionOption(slug) {
    return slug && sections && [...sections.options].find((other) => other.value === slug);
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
        const end = compare(place.text, word) !== OTHER ? place.end : next.end;
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
    return compare(place.text, word) !== OTHER ||
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
    if (others?.checked) {
      asked.set(others.name, others.value);
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
    if (others) {
      others.checked = asked.has(others.name);
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
    others?.addEventListener("change", changed);
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
