"""Which block of the page a place in the body's text is in, and which place a block is at."""

from __future__ import annotations

from collections.abc import Sequence

from editor.core.findings import TextPlace
from editor.text.nodes import Span


def block_at(place: TextPlace, blocks: Sequence[Span]) -> int:
    """Return the block that holds a place, else the last one before it; -1 outside the body.

    Before the first one, and where there is none yet, it is the first.
    """
    if place.path != "body":
        return -1
    return max(0, sum(block.start <= place.start for block in blocks) - 1)


def block_place(index: int, blocks: Sequence[Span]) -> TextPlace:
    """Return where a block starts in the body; the body's start for no such block."""
    start = blocks[index].start if 0 <= index < len(blocks) else 0
    return TextPlace("body", start, start)
