"""Names in English running text: capitalised words that do not only begin a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from editor.checks.prose import BlockProse
from editor.checks.reading import sentences_of
from editor.checks.word_lists import word_set

_NAME = re.compile(
    r"(?<![\w'’@#/.-])[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
    r"(?:[ \u00a0\n](?:(?:van|von|de|der|den|da|del|di|la|le|al|bin|ibn|ben|ter|ten)[ \u00a0]){0,3}"
    r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-](?=[^\W\d_])|(?<=[ \u00a0\n].)\.(?= [^\W\d_a-z]))*){0,5}"
)
_POSSESSIVE = re.compile(r"['’]s?$")


_BEGINNINGS = word_set(
    "A After All Although An And As At Before But By Earlier Even For From He Her Here His How "
    "However If In Instead It Its Last Later Like Meanwhile Next Nor Not Now On Once One Only Or "
    "Our Since She So Some Still That The Their Then There These They This Though Three Today Two "
    "Under Until We What When Where While Who With Yesterday Yet"
)
"""Words that begin a sentence and are no part of the name after them."""


class Name(NamedTuple):
    """Capitalised words in a row, without a possessive; `begins`: they begin a sentence."""

    start: int
    end: int
    words: tuple[str, ...]
    begins: bool


def names_of(block: BlockProse) -> tuple[Name, ...]:
    """Return the capitalised words of a block, those in a row together."""
    starts = {_first_letter(block.text, start, end) for start, end in block.made(sentences_of)}
    return tuple(
        _name(match.start(), _POSSESSIVE.sub("", match[0]), match.start() in starts)
        for match in _NAME.finditer(block.text)
    )


def _name(start: int, text: str, begins: bool) -> Name:
    first, *others = text.split()
    if begins and others and first in _BEGINNINGS:
        # “But Ragnhild Aas” is Ragnhild Aas.
        return Name(start + len(first) + 1, start + len(text), tuple(others), False)
    return Name(start, start + len(text), (first, *others), begins)


def _first_letter(text: str, start: int, end: int) -> int:
    while start < end and not text[start].isalnum():
        start += 1
    return start
