"""Which stories of a block have a word: cut into shards, written as a script can hold it.

A shard is a string: words, with `|` between them. A word is how many letters it shares with
the one before (a character of `_ALPHABET`), its other letters, a space, and its stories: for
each piece that has it a `~`, the number of the piece, and its stories there, in order. Each
of those is a number: how far it is from the one before, plus one for the first. A number has
one digit of 64, after digits of 26 where it needs them. `search.js` reads this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from editor.core.listing import Listing
from editor.formats.search.terms import Terms
from editor.text.folding import sorting_part

SECTION = "#"
"""Before the slug of a section, which is searched for as a word of headlines."""
PLACES = 16
"""A word of a headline is at one of so many places; the last but one is any further place.

The last one says that the word is not in the headline, but in the key points."""

_ALPHABET = "".join(
    letter for code in range(ord("!"), ord("~")) if (letter := chr(code)) not in '"\\|'
)
_LAST, _FURTHER = 64, 26
_VALUES = bytes(max(_ALPHABET.find(chr(code)), 0) for code in range(256))
_SHARED_AT_MOST = len(_ALPHABET) - 1


class Shards(NamedTuple):
    """The shards of some stories: words with their stories, before they are joined.

    In `head` a story's number is its place among them times `PLACES`, plus the word's place
    in the headline. In `text` it is its place.
    """

    head: tuple[str, ...]
    text: tuple[str, ...]


def make_shards(stories: Iterable[Listing], entries: Iterable[Terms], shards: int) -> Shards:
    """Cut the words of the stories of one piece."""
    head: dict[str, list[int]] = defaultdict(list)
    text: dict[str, list[int]] = defaultdict(list)
    for place, (story, terms) in enumerate(zip(stories, entries, strict=True)):
        first = place * PLACES
        for word, at in terms.title:
            head[word].append(first + min(at, PLACES - 2))
        head[SECTION + story.section].append(first)
        for word in terms.points:
            head[word].append(first + PLACES - 1)
        for word in terms.text:
            text[word].append(place)
    return Shards(_cut(head, shards), _cut(text, shards))


def join_shards(pieces: Iterable[str]) -> str:
    """Join what each piece of a block has in one shard, as the script reads it."""
    joined: dict[str, list[str]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        start = "~" + _number(number)
        for row in filter(None, piece.split("|")):
            word, _, numbers = row.partition(" ")
            joined[word].append(start + numbers)
    rows = []
    before = ""
    for word in sorted(joined):
        shared = _shared(before, word)
        rows.append(f"{_ALPHABET[shared]}{word[shared:]} {''.join(joined[word])}")
        before = word
    return "|".join(rows)


def read_row(row: str) -> Iterator[tuple[str, list[int]]]:
    """Yield the words that one piece has in a shard (`Shards`), each with its numbers."""
    for entry in filter(None, row.split("|")):
        word, _, digits = entry.partition(" ")
        yield word, list(accumulate(_steps(digits), initial=-1))[1:]


def shard_of(word: str, shards: int) -> int:
    """Return the number of a word's shard.

    Its first two letters decide, and the third one, so that a beginning is in one shard, or
    in four neighbours while it has two letters only. An Arabic article, and what else may be
    written together with a word, is passed over: a word is in one shard with and without it.
    """
    first, second, third = (*map(ord, sorting_part(word)[:3]), 0, 0)[:3]
    return ((first * 8191 + second * 131) % 65521 + third % 4) % shards


def _cut(index: Mapping[str, Sequence[int]], shards: int) -> tuple[str, ...]:
    rows: list[list[str]] = [[] for _ in range(shards)]
    for word in sorted(index):
        rows[shard_of(word, shards)].append(f"{word} {_numbers(index[word])}")
    return tuple(map("|".join, rows))


def _shared(before: str, word: str) -> int:
    """How many letters two words share; none beyond the BMP, where a script counts otherwise."""
    count = 0
    for left, right in zip(before, word, strict=False):
        if left != right or left > "\uffff" or count == _SHARED_AT_MOST:
            break
        count += 1
    return count


def _numbers(places: Sequence[int]) -> str:
    return "".join(map(_number, map(sub, places, (-1, *places[:-1]))))


def _steps(digits: str) -> Iterator[int]:
    """Yield the numbers that `_numbers` wrote, each as it is there: from the one before."""
    step = 0
    for digit in digits.encode("ascii").translate(_VALUES):
        if digit < _LAST:
            yield step * _LAST + digit
            step = 0
        else:
            step = step * _FURTHER + digit - _LAST


@cache
def _number(value: int) -> str:
    digits = _ALPHABET[value % _LAST]
    value //= _LAST
    while value:
        digits = _ALPHABET[_LAST + value % _FURTHER] + digits
        value //= _FURTHER
    return digits
