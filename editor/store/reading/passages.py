"""Finding the passage that a note is about again, in a text that was edited since."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_AROUND = 48
"""How many letters on each side of a passage are stored, to tell it from others alike."""

_AGREEING = 6
"""How many letters around a short passage must agree for it to be the same."""

_LONG = 24
"""From this length on a passage is recognised by itself, wherever it moved."""

_ALIKE = 0.5
"""The share of letters from which an edited passage is still the same one."""

_LETTERS_AT_MOST = 60_000
"""Longer texts are not searched for an edited passage: it would take seconds."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def context_of(text: str, start: int, end: int) -> str:
    """The text around a passage as `find_passage` takes it: `LENGTH:before`, then what is after.

    A length, since any separator might be in the text as well.
    """
    before = text[max(0, start - _AROUND) : start]
    return f"{len(before)}:{before}{text[end : end + _AROUND]}"


def find_passage(quote: str, context: str, text: str, start: int) -> tuple[int, int] | None:
    """The place of a passage in a text now, as (start, end); None when it is gone.

    `start` is where it was. A passage that moved is recognised by its letters and
    by what is around it; one that was edited, by what is left of it in its place.
    """
    if not quote:
        return None
    length, _, around = context.partition(":")
    cut = min(int(length), len(around)) if length.isdecimal() else 0
    before, after = around[:cut], around[cut:]
    return _unchanged(quote, before, after, text, start) or _edited(quote, before, after, text)


def _unchanged(
    quote: str, before: str, after: str, text: str, start: int
) -> tuple[int, int] | None:
    """The passage letter by letter: of several, the one whose surroundings agree most."""
    best, key = -1, (-1, 0)
    at = text.find(quote)
    while at >= 0:
        agreeing = _count_agreeing(before, after, text[:at][-_AROUND:], text[at + len(quote) :])
        best, key = max((best, key), (at, (agreeing, -abs(at - start))), key=lambda pair: pair[1])
        at = text.find(quote, at + 1)
    needed = 0 if len(quote) >= _LONG else min(_AGREEING, len(before) + len(after))
    return (best, best + len(quote)) if key[0] >= needed else None


def _count_agreeing(before: str, after: str, now_before: str, now_after: str) -> int:
    """How many letters beside a passage are as they were."""
    return _shared(before[::-1], now_before[::-1]) + _shared(after, now_after)


def _shared(first: str, second: str) -> int:
    """How many letters two texts have in common at their start."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(first), len(second)))


def _edited(quote: str, before: str, after: str, text: str) -> tuple[int, int] | None:
    """The passage as it was edited, by comparing its old surroundings word by word."""
    if len(text) > _LETTERS_AT_MOST:
        return None
    old, new = _TOKEN.findall(before + quote + after), list(_TOKEN.finditer(text))
    first, last = len(_TOKEN.findall(before)), len(_TOKEN.findall(before + quote))
    matcher = SequenceMatcher(None, old, [word[0] for word in new], autojunk=False)
    same = [
        block.b + i
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
        if first <= block.a + i < last and not old[block.a + i].isspace()
    ]
    if not same:
        return None
    start, end = new[same[0]].start(), new[same[-1]].end()
    alike = len(text[start:end]) < 3 * len(quote) and (
        SequenceMatcher(None, quote, text[start:end], autojunk=False).ratio() >= _ALIKE
    )
    return (start, end) if alike else None
