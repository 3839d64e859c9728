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

  // One form for every way to write a letter: case, width, accents, Arabic
  // vowel marks, tatweel, hamza on its carrier, final ya and ta marbuta.
  function fold(text) {
    return text
      .normalize("NFKD")
      .replace(/[\p{M}\u0640]/gu, "")
      .toLowerCase()
      .replace(/\u0649/g, "\u064a")
      .replace(/\u0629/g, "\u0647")
      .replace(/[\u0671]/g, "\u0627")
      .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
      .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
      .replace(/(\p{L})['’ʼ](?=\p{L})/gu, "$1");
  }

  // Han, kana and Thai have no spaces: there each character is a word.
  const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}]+?(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[^\p{L}\p{N}]|$)/gu;

  function tokens(text) {
    return fold(text).match(WORD) || [];
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

  // Every token must begin some word; a whole word counts double.
  function score(story, wanted) {
    const fields = wordsOf(story);
    let sum = 0;
    for (const token of wanted) {
      let best = 0;
      for (const name in WEIGHTS) {
        for (const word of fields[name]) {
          if (word.startsWith(token)) {
            best = Math.max(best, WEIGHTS[name] * (word === token ? 2 : 1));
          }
        }
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
    const wanted = tokens(query);
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
