"""The ground under what was found in text fields: painted where it is seen, and nowhere else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextBlock, QTextDocument, QTextLine
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from editor.core.text_change import Splice
from editor.gui.theme import color
from editor.gui.widgets.offsets import all_to_qt
from editor.gui.widgets.text_field import TextField

_LEFTWARD = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters that are written from right to left, and marks that make others so."""
_MOST_LETTERS = 400
"""Letters of one match whose places are worked out in one line; a line has fewer."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Ranges of a text in order, as Python indexes: what was found, and where it is looked for."""

    text: str
    ranges: Sequence[tuple[int, int]]
    scope: tuple[int, int] | None = None

    def shifted(self, text: str) -> MarkedText:
        """Return the ranges where they are in a text that was edited in one place since."""
        splice = Splice.between(self.text, text)
        end, by = splice.start + len(splice.removed), len(text) - len(self.text)
        kept = [pair for pair in self.ranges if pair[1] <= splice.start]
        kept += [(start + by, last + by) for start, last in self.ranges if start >= end]
        return MarkedText(text, kept, self.scope)


class MatchMarks(QObject):
    """Paints marks under the letters of text fields, and follows what is typed there.

    Qt's own extra selections cost more with every match, also of those out of sight.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marked: dict[TextField, MarkedText] = {}
        self._in_qt: dict[TextField, tuple[MarkedText, list[int], list[int]]] = {}

    def show_all(self, marked: Mapping[TextField, MarkedText]) -> None:
        """Mark these ranges in these fields, and nothing anywhere else."""
        for field in self._marked.keys() | marked.keys():
            if not isValid(field):
                continue  # its row was removed
            if field not in self._marked:
                field.viewport().installEventFilter(self)
            elif field not in marked:
                field.viewport().removeEventFilter(self)
            if self._marked.get(field) != marked.get(field):
                field.viewport().update()
        self._marked, self._in_qt = dict(marked), {}

    def ranges(self, field: TextField) -> Sequence[tuple[int, int]]:
        """Return the ranges that are marked in a field now, as Python indexes."""
        return self._current(field).ranges if field in self._marked else ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint the marks before the field paints its letters."""
        if event.type() is QEvent.Type.Paint and isinstance(event, QPaintEvent):
            field = cast(QWidget, watched).parentWidget()
            if isinstance(field, TextField) and field in self._marked:
                self._paint(field, event)
        return super().eventFilter(watched, event)

    def _current(self, field: TextField) -> MarkedText:
        marked = self._marked[field]
        if marked.text != field.text():
            marked = self._marked[field] = marked.shifted(field.text())
        return marked

    def _positions(self, field: TextField) -> tuple[MarkedText, list[int], list[int]]:
        """Return the ranges as positions of Qt's."""
        marked, known = self._current(field), self._in_qt.get(field)
        if known is None or known[0] is not marked:
            starts = all_to_qt(marked.text, [start for start, _end in marked.ranges])
            ends = all_to_qt(marked.text, [end for _start, end in marked.ranges])
            known = self._in_qt[field] = (marked, starts, ends)
        return known

    def _paint(self, field: TextField, event: QPaintEvent) -> None:
        marked, starts, ends = self._positions(field)
        painter, document = QPainter(field.viewport()), field.document()
        down = QPointF(0, -field.verticalScrollBar().value())
        top, bottom = event.rect().top() - down.y(), event.rect().bottom() - down.y()
        scope = all_to_qt(marked.text, marked.scope) if marked.scope else []
        ground, scope_ground = color("match"), color("chip")
        for block, box in _seen_blocks(document, top, bottom):
            first, after = _seen_letters(block, top - box.top(), bottom - box.top())
            origin = box.topLeft() + down
            if scope and scope[0] < after and scope[1] > first:
                _fill(painter, block, origin, (scope[0], scope[1]), scope_ground)
            for number in range(bisect_right(ends, first), bisect_left(starts, after)):
                _fill(painter, block, origin, (starts[number], ends[number]), ground)


def _seen_blocks(
    document: QTextDocument, top: float, bottom: float
) -> Iterator[tuple[QTextBlock, QRectF]]:
    """Yield the blocks between two heights, each with its box."""
    layout = document.documentLayout()
    at = layout.hitTest(QPointF(0, max(0.0, top)), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, at))
    while block.isValid():
        box = layout.blockBoundingRect(block)
        if box.top() > bottom:
            return
        yield block, box
        block = block.next()


def _seen_letters(block: QTextBlock, top: float, bottom: float) -> tuple[int, int]:
    """Return where the lines of a block between two heights begin and end, in the document."""
    layout, seen = block.layout(), list[QTextLine]()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if line.y() + line.height() >= top and line.y() <= bottom:
            seen.append(line)
    if not seen:
        return block.position(), block.position()
    end = seen[-1].textStart() + seen[-1].textLength()
    return block.position() + seen[0].textStart(), block.position() + end


def _fill(
    painter: QPainter, block: QTextBlock, origin: QPointF, span: tuple[int, int], ground: QColor
) -> None:
    """Fill the ground under a span of the document, as far as it is in a block."""
    layout, first, is_one_way = block.layout(), block.position(), not _LEFTWARD.search(block.text())
    start, end = max(0, span[0] - first), min(span[1] - first, block.length() - 1)
    while start < end:
        line = layout.lineForTextPosition(start)
        last = min(end, line.textStart() + line.textLength())
        if not line.isValid() or last <= start:
            return
        left, right = _edges(line, start, last, is_one_way)
        box = QRectF(origin.x() + left, origin.y() + line.y(), right - left, line.height())
        painter.fillRect(box, ground)
        start = last


def _edges(line: QTextLine, start: int, end: int, is_one_way: bool) -> tuple[float, float]:
    """Return how far to the left and to the right letters reach, also where directions mix."""
    if is_one_way:
        return _x(line.cursorToX(start)), _x(line.cursorToX(end))
    if end - start > _MOST_LETTERS:
        return line.naturalTextRect().left(), line.naturalTextRect().right()
    edge = QTextLine.Edge
    places = [
        _x(line.cursorToX(at, side))
        for at in range(start, end)
        for side in (edge.Leading, edge.Trailing)
    ]
    return min(places), max(places)


def _x(place: object) -> float:
    """Return the x of what Qt gives for a position; PySide gives the position back as well."""
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]
