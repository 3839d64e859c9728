"""Words as search compares them: every way to write a word comes to one.

The rules are in `resources/site/folding.json`, which the site's search.js reads as well;
`tests/text/folding_cases.json` has cases that both are tested with. In this order:

1. A letter is taken apart (NFKD); accents, points, vowel marks, tatweel, soft hyphens and
   invisible marks go, and what is left is in lower case and put together again.
2. `letters` are written in another way; decimal digits of any script are 0 to 9.
3. A word is letters, marks and digits. Where a script has no spaces, each letter is one.
4. An apostrophe joins (O’Brien), but what is elided before it is a word (l’art), and an
   `s` after it at the end goes. `C++` and `C#` are words of their own.

What Arabic writes together with the word after it stays in the word. The site's search finds
a word with and without it: `article` is a pattern of an article with what is before it,
`before` one of what is before a word without an article, `unsorted` one of whatever could be
either. The sorting part of a word, without that, says where the index has it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import regex

from editor.resources import resource

_CHUNK = regex.compile(r"\S+")
_CACHED_LENGTH = 40


class Word(NamedTuple):
    """A word as it is compared, and where it is in its text."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the words of a text as they are compared, with single spaces between them."""
    return " ".join(filter(None, map(_folded, text.split())))


def fold_words(text: str) -> Iterator[Word]:
    """Yield the words of a text with their places in it."""
    yield from WordFinder(lambda _word: True).find(text)


def is_spaceless(word: str) -> bool:
    """Return whether a folded word is a letter of a script without spaces, as `渡` is."""
    return _rules().is_spaceless(word)


def sorting_part(word: str) -> str:
    """Return a folded word without what Arabic writes together with the word after it.

    That is an article, `and`, `in` or `to`, and any letters that could be one; at least two
    letters are left. So a word has the same part whatever is written together with it.
    """
    part: str = _rules().unsorted.sub("", word)
    return part


def bare_letters(text: str) -> list[str]:
    """Return what each character of a text is without its marks, in its case.

    That is nothing for a mark, and two letters for one such as `æ`. Rules 1 and 2, but for
    compatible characters, digits and cases, which are no diacritics.
    """
    rules = _rules()
    return list(map(rules.bare, text))


def word_signs() -> WordSigns:
    """Return what words are made of besides letters, as the table has it."""
    return _rules().word_signs


class WordSigns(NamedTuple):
    """What rules 3 and 4 are about, each as the inside of a pattern.

    `spaceless` and `apostrophes` are for square brackets, `elided` are alternatives.
    """

    spaceless: str
    apostrophes: str
    elided: str


class WordFinder:
    """Finds the words that are wanted in many texts; each spelling is judged once."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        self._is_wanted = is_wanted
        self._found: dict[str, tuple[Word, ...]] = {}

    def find(self, text: str) -> Iterator[Word]:
        """Yield the wanted words of a text with their places in it, the first one first."""
        chunks = set(_CHUNK.findall(text))
        for chunk in chunks - self._found.keys():
            words = _words(chunk)
            self._found[chunk] = tuple(word for word in words if self._is_wanted(word.text))
        matching = {chunk for chunk in chunks if self._found[chunk]}
        for place in _CHUNK.finditer(text) if matching else ():
            if (chunk := place[0]) in matching:
                at = place.start()
                for word, start, end in self._found[chunk]:
                    yield Word(word, at + start, at + end)


def _words(chunk: str) -> tuple[Word, ...]:
    return _short(chunk) if len(chunk) <= _CACHED_LENGTH else tuple(_rules().words(chunk))


def _folded(chunk: str) -> str:
    return _short_folded(chunk) if len(chunk) <= _CACHED_LENGTH else _joined(chunk)


def _joined(chunk: str) -> str:
    return " ".join(word.text for word in _rules().words(chunk))


_short_folded = lru_cache(maxsize=50_000)(_joined)


@lru_cache(maxsize=50_000)
def _short(chunk: str) -> tuple[Word, ...]:
    return tuple(_rules().words(chunk))


@cache
def _rules() -> _Rules:
    return _Rules(json.loads(resource("site", "folding.json").read_bytes()))


class _Rules:
    """The rules of folding.json, ready to use."""

    def __init__(self, spec: dict[str, Any]) -> None:
        ranges = (range(first, last + 1) for first, last in spec["removed"])
        self._removed = frozenset(chr(code) for codes in ranges for code in codes)
        self._letters: dict[str, str] = spec["letters"]
        self._digits = {
            chr(ord(zero) + value): str(value) for zero in spec["zeros"] for value in range(10)
        }
        self._elisions = frozenset(spec["elisions"])
        self._longest = max(map(len, self._elisions))
        self._signs: dict[str, str] = spec["signs"]
        self.unsorted = regex.compile(rf"^(?:{spec['unsorted']})+(?=..)")
        self._folded: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        spaceless = "".join(f"{chr(first)}-{chr(last)}" for first, last in spec["spaceless"])
        self.word_signs = WordSigns(spaceless, spec["apostrophes"], "|".join(spec["elisions"]))
        letter = r"[\p{L}\p{M}\p{N}]"
        word = rf"(?:(?![{spaceless}]){letter})+"
        gershayim = rf"[{spec['gershayim']}](?=[\u05d0-\u05ea])"
        self._spaceless = regex.compile(rf"[{spaceless}]")
        self._joiner = regex.compile(rf"[{spec['apostrophes']}{spec['gershayim']}]")
        joined = rf"{word}(?:(?:[{spec['apostrophes']}]|{gershayim}){word})*"
        signs = "|".join(map(regex.escape, self._signs))
        self._word = regex.compile(
            rf"(?={letter})[{spaceless}]|(?P<word>{joined})(?P<sign>(?:{signs})(?!{letter}))?"
        )

    def bare(self, letter: str) -> str:
        """Return a letter without its marks, in its case."""
        if letter not in self._bare:
            parts = unicodedata.normalize("NFD", letter)
            kept = [part for part in parts if part not in self._removed]
            self._bare[letter] = unicodedata.normalize("NFC", "".join(map(self._rewritten, kept)))
        return self._bare[letter]

    def _rewritten(self, letter: str) -> str:
        """Return a letter in the way that the table writes it, in its case."""
        lower = letter.lower()
        written = self._letters.get(lower)
        if written is None:
            return letter
        return written if lower == letter else written.upper()

    def is_spaceless(self, word: str) -> bool:
        """Return whether a word is one letter of a script without spaces."""
        return len(word) == 1 and self._spaceless.match(word) is not None

    def words(self, chunk: str) -> Iterator[Word]:
        """Yield the words of a text without white space."""
        if chunk.isascii():
            # No rule is about one of these letters alone, and each stays in its place.
            yield from self._ascii_words(chunk.lower())
            return
        letters = [self._fold(letter) for letter in chunk]
        origin = [place for place, folded in enumerate(letters) for _letter in folded]
        for found in self._word.finditer("".join(letters)):
            for text, start, end in self._parts(found):
                last = origin[end - 1] + 1
                while last < len(chunk) and not letters[last]:
                    last += 1
                yield Word(text, origin[start], last)

    def _ascii_words(self, lower: str) -> Iterator[Word]:
        if lower.isalnum():
            yield Word(lower, 0, len(lower))
            return
        for found in self._word.finditer(lower):
            yield from self._parts(found)

    def _fold(self, letter: str) -> str:
        if letter not in self._folded:
            bare = "".join(
                part for part in unicodedata.normalize("NFKD", letter) if part not in self._removed
            )
            lower = "".join(self._letters.get(part, part) for part in bare.lower())
            whole = unicodedata.normalize("NFC", lower)
            self._folded[letter] = "".join(self._digits.get(part, part) for part in whole)
        return self._folded[letter]

    def _parts(self, found: regex.Match[str]) -> Iterator[Word]:
        """Cut at what is elided before an apostrophe; join the rest."""
        start, end = found.span()
        if found["word"] is None:
            yield Word(found[0], start, end)
            return
        whole = found["word"]
        parts = self._joiner.split(whole)
        joined, at, place = "", start, start
        for number, part in enumerate(parts):
            if len(joined) <= self._longest and joined in self._elisions:
                yield Word(joined, at, place - 1)
                joined, at = "", place
            is_possessive = number and joined and part == "s" and number == len(parts) - 1
            joined += "" if is_possessive else part
            place += len(part) + 1
        # Some apostrophes are letters as well, so a word may end in one: `dʼ`.
        if last := joined + self._signs.get(found["sign"] or "", ""):
            yield Word(last, at, end)
