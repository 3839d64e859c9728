"""Which block of the page a place in the body's text is in, and which place a block is at."""

from __future__ import annotations

from editor.checks.base import TextPlace

Lines = tuple[tuple[int, int], ...]
"""Each block's first source line and the one after its last, from 0."""


def block_at(place: TextPlace, body: str, lines: Lines) -> int:
    """Return the block that holds a place, else the last one before it; -1 outside the body."""
    if place.path != "body":
        return -1
    line = body.count("\n", 0, place.start)
    before = [index for index, (first, _) in enumerate(lines) if first <= line]
    return before[-1] if before else -1


def block_place(index: int, body: str, lines: Lines) -> TextPlace:
    """Return where a block starts in the body; the body's start for no such block."""
    if not 0 <= index < len(lines):
        return TextPlace("body", 0, 0)
    start = 0
    for _ in range(lines[index][0]):
        start = body.find("\n", start) + 1
    return TextPlace("body", start, start)
