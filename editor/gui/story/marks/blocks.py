"""A block of its own, put after the paragraph that the caret is in."""

from __future__ import annotations

from collections.abc import Callable

from editor.gui.story.marks.edits import MarkEdit, gap_after, gap_before
from editor.text.document import Document


def put_block(
    body: str, end: int, block: str, read: Callable[[str], Document], caret: int
) -> MarkEdit:
    """Put a block after what a range ends in; the caret is then at an index of the block."""
    at = end
    for span in read(body).spans:
        if span.start <= end <= span.end:
            at = span.end
    before = gap_before(body[:at])
    caret += at + len(before)
    return MarkEdit(at, at, f"{before}{block}{gap_after(body[at:])}", (caret, caret))
