"""Where a body has footnotes, and the marks that lead to them."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.block_places import moved, place_of
from editor.core.findings import TextPlace
from editor.text import nodes
from editor.text.document import Document


def footnote_marks(document: Document) -> dict[str, TextPlace]:
    """Return where each footnote's first mark is written, by its label, in order."""
    marks: dict[str, TextPlace] = {}
    for part, _section, at in document.placed:
        if part.labels:
            for leaf in nodes.footnote_marks(part.block):
                marks.setdefault(leaf.label, moved(place_of(part.block, leaf), at))
    return dict(sorted(marks.items(), key=lambda mark: mark[1].start))


def footnote_texts(document: Document) -> Iterator[tuple[str, TextPlace]]:
    """Yield each footnote's label and where it is written, in order."""
    for part, _section, at in document.placed:
        if isinstance(part.block, nodes.Footnote):
            yield part.block.label, moved(part.block.source, at)
