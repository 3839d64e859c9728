"""Where the parts of a block are written, in the body's Markdown."""

from __future__ import annotations

from editor.core.findings import TextPlace
from editor.text import nodes


def moved(span: nodes.Span, by: int) -> TextPlace:
    """Return the place in the body of a span in a section that begins at `by`."""
    return TextPlace("body", span.start + by, span.end + by)


def place_of(block: nodes.Block, leaf: nodes.Text | nodes.Code | nodes.FootnoteMark) -> nodes.Span:
    """Return where a leaf is written, from the start of the section, or else its whole block."""
    if not leaf.pieces:
        return block.source
    start = block.source.start
    return nodes.Span(start + leaf.pieces[0].start, start + leaf.pieces[-1].end)
