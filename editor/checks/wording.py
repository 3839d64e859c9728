"""Compares what was said with what is quoted: by words and brackets, not by typography."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from editor.checks.prose import HIDDEN

# Scripts without spaces are compared character by character.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003fffd"
)
# Vowel signs, accents, tatweel and invisible characters: the word is the same without them.
_SILENT = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u2060\ufeff"
_TOKEN = re.compile(
    f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}]|[{_SILENT}]|(?<=\\w)['’](?=\\w))+|[()\\[\\]]"
)
_NOT_SPOKEN = re.compile(f"[{_SILENT}]")
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|…|\.\s?\.\s?\.")
_UNQUOTABLE = re.compile(rf"[\n\"“”„«»{HIDDEN}]|(?<!\w)['‘’]|['‘’](?!\w)")
_BRACKETS = "()[]"


@dataclass(frozen=True, slots=True)
class BodyWords:
    """What the body has where a quotation should come from.

    `difference` is the part that is not the same; `is_quotable` says that `text`
    can be put in a quotation as it is, without further marks.
    """

    text: str
    difference: str
    is_quotable: bool


class Wording:
    """A text as the sequence of its words and brackets, case folded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._matches = list(_TOKEN.finditer(text))
        self.tokens = [_plain(match[0]) for match in self._matches]

    @property
    def words(self) -> list[str]:
        """The tokens that are not brackets."""
        return [token for token in self.tokens if token not in _BRACKETS]

    @cached_property
    def line(self) -> str:
        """All tokens with a space before and after each."""
        return _line(self.tokens)

    def find_without_brackets(self, quotation: str) -> BodyWords | None:
        """Find a quotation's words when only brackets differ."""
        wanted = Wording(quotation)
        spoken = [i for i, token in enumerate(self.tokens) if token not in _BRACKETS]
        line, part = _line([self.tokens[i] for i in spoken]), _line(wanted.words)
        at = line.find(part)
        if at < 0:
            return None
        first = line.count(" ", 0, at)
        last = first + len(wanted.words) - 1
        return self._found(wanted, spoken[first], spoken[last])

    def _found(self, wanted: Wording, first: int, last: int) -> BodyWords:
        while self._misses("()", first, last) and self._is(last + 1, ")"):
            last += 1
        while self._misses(")(", first, last) and self._is(first - 1, "("):
            first -= 1
        tokens, end = self.tokens[first : last + 1], self._matches[last].end()
        same = 0
        while same < min(len(tokens), len(wanted.tokens)) and tokens[same] == wanted.tokens[same]:
            same += 1
        differs = self._matches[min(first + same, last)].start()
        text = self.text[self._matches[first].start() : end]
        return BodyWords(text, _short(self.text[differs:end]), not _UNQUOTABLE.search(text))

    def _misses(self, pair: str, first: int, last: int) -> bool:
        tokens = self.tokens[first : last + 1]
        return tokens.count(pair[0]) > tokens.count(pair[1])

    def _is(self, index: int, token: str) -> bool:
        return 0 <= index < len(self.tokens) and self.tokens[index] == token


def has_pieces_in_order(quotation: str, wording: Wording) -> bool:
    """Whether a text has every piece of a quotation, word for word and in this order.

    A quotation falls into pieces where it says that words were left out or put in.
    """
    at = 0
    for piece in _LEFT_OUT.split(quotation):
        tokens = Wording(piece).tokens
        if not tokens:
            continue
        part = _line(tokens)
        found = wording.line.find(part, at)
        if found < 0:
            return False
        at = found + len(part) - 1
    return True


def _line(tokens: list[str]) -> str:
    return f" {' '.join(tokens)} "


def _plain(token: str) -> str:
    return token.casefold() if token.isascii() else _folded(token)


def _folded(token: str) -> str:
    return _NOT_SPOKEN.sub("", token).replace("’", "'").casefold()


def _short(text: str, limit: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
