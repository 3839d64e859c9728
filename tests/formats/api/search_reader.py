"""A program that searches an export of the API: it knows resources/help/9-search.md and no more."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

MANIFEST = "v1/search/manifest.json"
HEADLINE, POINTS, TEXT = range(3)


class Reader:
    """Searches what `read` gives by path."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        search = self._document(MANIFEST, "")["data"]
        self.folding = Folding(search["folding"])
        self.blocks = search["blocks"]
        self.asked: list[str] = []

    def search(self, query: str) -> list[dict[str, Any]]:
        """The stories in all languages that have every word, the best first."""
        words = [SearchedWord(word, self.folding) for word in self.folding.words(query)]
        ranked = []
        for place, block in enumerate(self.blocks):
            found = [self._matches(block, word) for word in words]
            for number in set.intersection(*map(set, found)) if found else set():
                ranks = [matches[number] for matches in found]
                ranked.append((*rank(ranks), place, -number))
        ranked.sort()
        return [self._story(self.blocks[place], -number) for *_rank, place, number in ranked]

    def _matches(self, block: Any, word: SearchedWord) -> dict[int, tuple[int, bool]]:
        """The numbers of the stories that have a word: where, and whether it is only begun."""
        found: dict[int, tuple[int, bool]] = {}
        for shard in word.shards(len(block["shards"])):
            lists = self._document(block["shards"][shard]["url"])["data"]
            for where, name in enumerate(("headline", "points", "text")):
                for text, numbers in lists[name].items():
                    if (is_begun := word.compare(text)) is not None:
                        for number in numbers:
                            found[number] = min(found.get(number, (9, True)), (where, is_begun))
        return found

    def _story(self, block: Any, number: int) -> dict[str, Any]:
        file, place = divmod(number, 256)
        story: dict[str, Any] = self._document(block["stories"][file]["url"])["data"][place]
        return story

    def _document(self, address: str, base: str = MANIFEST) -> Any:
        path = normpath(join(dirname(base), address))
        if base:
            self.asked.append(path)
        return json.loads(self._read(path))


def rank(matches: list[tuple[int, bool]]) -> tuple[int, bool]:
    """The rank of a story by where its words are, and whether one is only begun."""
    places = [where for where, _is_begun in matches]
    best = max(places)
    if best == TEXT and min(places) == TEXT:
        best += 1
    return best, any(is_begun for _where, is_begun in matches)


class Folding:
    """The rules for words, as the manifest has them."""

    def __init__(self, rules: Any) -> None:
        self._rules = rules
        self.article = re.compile(f"(?:{rules['article']})(?=..)")
        self.before = re.compile(rules["before"])
        self.unsorted = re.compile(f"(?:{rules['unsorted']})+(?=..)")

    def words(self, text: str) -> list[str]:
        """The folded words that a text asks for."""
        words = list(self._words("".join(map(self._fold, text))))
        alone = [self.is_spaceless(word) for word in words]
        found = []
        for at, word in enumerate(words):
            follows = at > 0 and alone[at - 1]
            leads = at + 1 < len(words) and alone[at + 1]
            if alone[at] and follows:
                found.append(words[at - 1] + word)
            elif not (alone[at] and leads):
                found.append(word)
        return list(dict.fromkeys(found))

    def is_spaceless(self, text: str) -> bool:
        """Whether a text begins with a letter that is a word by itself."""
        return bool(text) and in_ranges(text[0], self._rules["spaceless"])

    def _fold(self, letter: str) -> str:
        rules, apart = self._rules, unicodedata.normalize("NFKD", letter)
        lower = "".join(part for part in apart if not in_ranges(part, rules["removed"])).lower()
        whole = unicodedata.normalize("NFC", "".join(rules["letters"].get(c, c) for c in lower))
        return "".join(map(self._digit, whole))

    def _digit(self, letter: str) -> str:
        for zero in self._rules["zeros"]:
            if 0 <= ord(letter) - ord(zero) < 10:
                return str(ord(letter) - ord(zero))
        return letter

    def _words(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            end = at
            while end < len(text) and self._is_joined(text, at, end):
                end += 1
            if end > at:
                sign = self._sign(text, end)
                yield from self._parts(text[at:end], self._rules["signs"].get(sign, ""))
                at = end + len(sign)
            else:
                if is_letter(text[at]):
                    yield text[at]
                at += 1

    def _is_joined(self, text: str, start: int, at: int) -> bool:
        if is_letter(text[at]) and not self.is_spaceless(text[at]):
            return True
        following = text[at + 1 : at + 2]
        if at == start or not is_letter(following) or self.is_spaceless(following):
            return False
        is_hebrew = "\u05d0" <= following <= "\u05ea"
        return text[at] in self._rules["apostrophes"] or (
            text[at] in self._rules["gershayim"] and is_hebrew
        )

    def _sign(self, text: str, at: int) -> str:
        for sign in self._rules["signs"]:
            if text.startswith(sign, at) and not is_letter(text[at + len(sign) :]):
                return str(sign)
        return ""

    def _parts(self, word: str, sign: str) -> Iterator[str]:
        joiners = self._rules["apostrophes"] + self._rules["gershayim"]
        first, *pieces = re.split(f"[{re.escape(joiners)}]", word)
        for number, piece in enumerate(pieces, start=1):
            if first in self._rules["elisions"]:
                yield first
                first = ""
            is_possessive = first and piece == "s" and number == len(pieces)
            first += "" if is_possessive else piece
        if first + sign:
            yield first + sign


@dataclass(frozen=True)
class SearchedWord:
    """A word that is searched for."""

    text: str
    folding: Folding

    @property
    def is_open(self) -> bool:
        """Whether it may be the beginning of a word."""
        rest = self.folding.unsorted.sub("", self.text, count=1) if self._drops else self.text
        is_short = self._drops and len(self._without_article(self.text)) <= 3
        more = self.folding.unsorted.match(rest + "..")
        return len(rest) > 1 and not is_short and not more and not self._is_exact

    def shards(self, count: int) -> set[int]:
        """The numbers of the shards that may have it."""
        dropped = self.folding.unsorted.match(self.text)
        letters = self.text[dropped.end() if dropped else 0 :][:3]
        a, b, c = (*map(ord, letters), 0, 0)[:3]
        thirds = range(4) if self.is_open and len(letters) == 2 else [c % 4]
        return {((a * 8191 + b * 131) % 65521 + third) % count for third in thirds}

    def compare(self, text: str) -> bool | None:
        """Whether a word of a list is only begun by this one; None where it is another word."""
        if text == self.text:
            return False
        if self._is_exact:
            return None
        own = self._without_article(self.text)
        own = own if len(own) > 2 else self.text
        bare = self._without_article(text)
        if bare == own:
            return False
        if self.is_open and (text.startswith(self.text) or bare.startswith(own)):
            return True
        before = text.removesuffix(own)
        is_after = len(own) > 2 and text.endswith(own) and self.folding.before.fullmatch(before)
        return True if is_after else None

    @property
    def _is_exact(self) -> bool:
        return self.folding.is_spaceless(self.text)

    @property
    def _drops(self) -> bool:
        return self.folding.unsorted.match(self.text) is not None

    def _without_article(self, text: str) -> str:
        found = self.folding.article.match(text)
        return text[found.end() :] if found else text


def in_ranges(letter: str, ranges: list[list[int]]) -> bool:
    return any(first <= ord(letter) <= last for first, last in ranges)


def is_letter(text: str) -> bool:
    return bool(text) and unicodedata.category(text[0])[0] in "LMN"
