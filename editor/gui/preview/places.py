"""Which block of the page a place in the body's text is in, and back."""

from __future__ import annotations

from editor.checks.base import TextPlace

Lines = tuple[tuple[int, int], ...]


def block_at(place: TextPlace, body: str, lines: Lines) -> int:
    """The block that holds a place, else the last one before it; -1 outside the body.

    `lines` are each block's first line and the one after its last, from 0.
    """
    if place.path != "body":
        return -1
    line = body.count("\n", 0, place.start)
    before = [index for index, (first, _) in enumerate(lines) if first <= line]
    return before[-1] if before else -1


def block_place(index: int, body: str, lines: Lines) -> TextPlace:
    """The start of a block in the body's text; the body's start when there is no such block."""
    if not 0 <= index < len(lines):
        return TextPlace("body", 0, 0)
    start = 0
    for _ in range(lines[index][0]):
        start = body.find("\n", start) + 1
    return TextPlace("body", start, start)
