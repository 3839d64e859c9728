// A page that searches an export of the API by its scripts, as one opened from file:// does.
//
//     node search_reader.cjs FOLDER QUERY…
//
// prints the ids that each query finds, a line of JSON each. It knows resources/help/9-search.md
// and no more. Each script runs as a classic one, with nothing but the one function.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [, , folder, ...queries] = process.argv;
const root = path.join(folder, "v1", "search");
const arrived = new Map();
const page = vm.createContext({
  stonehandDocument: (name, document) => arrived.set(name, document),
});

function load(address) {
  const name = "search/" + address.replace(/\.js$/, "");
  if (!arrived.has(name)) {
    vm.runInContext(fs.readFileSync(path.join(root, address), "utf8"), page);
  }
  return arrived.get(name).data;
}

const { folding, blocks } = load("manifest.js");
const has = (ranges, letter) =>
  ranges.some(([first, last]) => first <= letter.codePointAt(0) && letter.codePointAt(0) <= last);
const isLetter = (letter) => letter !== undefined && /^[\p{L}\p{M}\p{N}]/u.test(letter);
const isSpaceless = (letter) => letter !== undefined && has(folding.spaceless, letter);
const article = new RegExp(`^(?:${folding.article})(?=..)`, "u");
const before = new RegExp(`^(?:${folding.before})$`, "u");
const unsorted = new RegExp(`^(?:${folding.unsorted})+(?=..)`, "u");

function fold(letter) {
  const apart = [...letter.normalize("NFKD")].filter((part) => !has(folding.removed, part));
  const lower = apart.join("").toLowerCase();
  const whole = [...lower].map((part) => folding.letters[part] ?? part).join("").normalize("NFC");
  return [...whole].map((part) => {
    const zero = [...folding.zeros].find((first) => {
      const value = part.codePointAt(0) - first.codePointAt(0);
      return value >= 0 && value < 10;
    });
    return zero ? String(part.codePointAt(0) - zero.codePointAt(0)) : part;
  }).join("");
}

function isJoined(letters, start, at) {
  if (isLetter(letters[at]) && !isSpaceless(letters[at])) {
    return true;
  }
  const following = letters[at + 1];
  if (at === start || !isLetter(following) || isSpaceless(following)) {
    return false;
  }
  const isHebrew = following >= "\u05d0" && following <= "\u05ea";
  return folding.apostrophes.includes(letters[at]) ||
    (folding.gershayim.includes(letters[at]) && isHebrew);
}

function parts(word, sign) {
  const found = [];
  const joiners = [...folding.apostrophes, ...folding.gershayim];
  const pieces = [""];
  word.forEach((letter) =>
    joiners.includes(letter) ? pieces.push("") : (pieces[pieces.length - 1] += letter));
  let joined = pieces[0];
  pieces.slice(1).forEach((piece, number) => {
    if (folding.elisions.includes(joined)) {
      found.push(joined);
      joined = "";
    }
    const isPossessive = joined && piece === "s" && number === pieces.length - 2;
    joined += isPossessive ? "" : piece;
  });
  return joined + sign ? [...found, joined + sign] : found;
}

function cut(text) {
  const letters = [...[...text].map(fold).join("")];
  const words = [];
  let at = 0;
  while (at < letters.length) {
    let end = at;
    while (end < letters.length && isJoined(letters, at, end)) {
      end++;
    }
    if (end === at) {
      if (isLetter(letters[at])) {
        words.push(letters[at]);
      }
      at++;
      continue;
    }
    const rest = letters.slice(end).join("");
    const sign = Object.keys(folding.signs)
      .find((other) => rest.startsWith(other) && !isLetter(rest.slice(other.length))) ?? "";
    words.push(...parts(letters.slice(at, end), folding.signs[sign] ?? ""));
    at = end + sign.length;
  }
  return words;
}

function wordsOf(query) {
  const words = cut(query);
  const found = new Set();
  words.forEach((word, at) => {
    if (isSpaceless(word) && isSpaceless(words[at - 1])) {
      found.add(words[at - 1] + word);
    } else if (!(isSpaceless(word) && isSpaceless(words[at + 1]))) {
      found.add(word);
    }
  });
  return [...found].map(searched);
}

function searched(text) {
  const rest = text.replace(unsorted, "");
  const bare = text.replace(article, "");
  const isShort = rest !== text && [...bare].length <= 3;
  const isExact = isSpaceless(text);
  const isOpen = [...rest].length > 1 && !isShort && !unsorted.test(rest + "..") && !isExact;
  return { text, rest, bare: [...bare].length > 2 ? bare : text, isOpen, isExact };
}

function shards(word, count) {
  const [a, b = 0, c = 0] = [...word.rest].slice(0, 3).map((letter) => letter.codePointAt(0));
  const thirds = word.isOpen && [...word.rest].length === 2 ? [0, 1, 2, 3] : [c % 4];
  return new Set(thirds.map((third) => (((a * 8191 + b * 131) % 65521) + third) % count));
}

// 0 for the whole word, 1 for one that begins with it; nothing for another word.
function compare(text, word) {
  if (text === word.text) {
    return 0;
  }
  if (word.isExact) {
    return undefined;
  }
  const bare = text.replace(article, "");
  if (bare === word.bare) {
    return 0;
  }
  if (word.isOpen && (text.startsWith(word.text) || bare.startsWith(word.bare))) {
    return 1;
  }
  const isAfter = [...word.bare].length > 2 && text.endsWith(word.bare) &&
    before.test(text.slice(0, -word.bare.length));
  return isAfter ? 1 : undefined;
}

function matches(block, word) {
  const found = new Map();
  for (const shard of shards(word, block.shards.length)) {
    const lists = load(block.shards[shard].script);
    ["headline", "points", "text"].forEach((name, where) => {
      for (const [text, numbers] of Object.entries(lists[name])) {
        const begun = compare(text, word);
        for (const number of begun === undefined ? [] : numbers) {
          const known = found.get(number);
          const best = [where, begun];
          found.set(number, known && known[0] * 2 + known[1] <= where * 2 + begun ? known : best);
        }
      }
    });
  }
  return found;
}

function search(query) {
  const words = wordsOf(query);
  const results = [];
  blocks.forEach((block, place) => {
    const [first, ...others] = words.map((word) => matches(block, word));
    for (const number of first ? first.keys() : []) {
      if (others.every((found) => found.has(number))) {
        const ranks = [first, ...others].map((found) => found.get(number));
        const places = ranks.map(([where]) => where);
        const where = Math.max(...places) + (Math.min(...places) === 2 ? 1 : 0);
        results.push([where, Math.max(...ranks.map(([, begun]) => begun)), place, -number]);
      }
    }
  });
  results.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  return results.map(([, , place, number]) => {
    const file = Math.floor(-number / 256);
    return load(blocks[place].stories[file].script)[-number % 256].id;
  });
}

for (const query of queries) {
  console.log(JSON.stringify(search(query)));
}
