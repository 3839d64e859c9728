"""Paints the small line below a headline: what is said in words, then the marks at its end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from editor.gui.library.row_details import RowDetails
from editor.gui.theme import color
from editor.i18n import _, in_digits

_GAP, _DOT, _TICK, _PAD = 10, 7, 14, 4


class DetailsLine:
    """One line in a box, from the side that its story's language starts at.

    What is always said and the marks get their room first; the other parts are shortened,
    or left out from the last one on.
    """

    def __init__(self, painter: QPainter, box: QRect, *, is_mirrored: bool) -> None:
        self._painter, self._box, self._is_mirrored = painter, box, is_mirrored
        self._metrics = painter.fontMetrics()
        self._start, self._end = 0, box.width()

    def paint(self, details: RowDetails) -> None:
        """Paint all of it, the marks at the end first."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if details.is_chosen:
            self._paint_tick()
        if details.is_live:
            self._paint_mark(_("Live"), "ok", is_bold=True)
        if details.notes:
            self._paint_mark(in_digits(str(details.notes)), "accent", is_note=True)
        if details.language:
            self._paint_mark(details.language.upper(), "mute")
        if details.dot:
            self._paint_dot(details.dot)
        painter.setPen(color("mute"))
        kept = sum(self._width(text) + _GAP for text in details.always)
        for part in details.parts:
            self._paint_text(part, self._end - self._start - kept)
        for text in details.always:
            self._paint_text(text, self._end - self._start)

    def _paint_text(self, text: str, room: int) -> None:
        if room < self._metrics.averageCharWidth() * 3:
            return
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = min(room, self._width(shown))
        self._painter.drawText(self._at(self._start, width), Qt.AlignmentFlag.AlignCenter, shown)
        self._start += width + _GAP

    def _paint_dot(self, role: str) -> None:
        place = self._at(self._start, _DOT)
        self._painter.setBrush(color(role))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.drawEllipse(place.left(), place.center().y() - _DOT // 2 + 1, _DOT, _DOT)
        self._start += _DOT + 5

    def _paint_mark(
        self, text: str, role: str, *, is_bold: bool = False, is_note: bool = False
    ) -> None:
        """Paint a word or a number in a frame; that of a note is a speech bubble."""
        width = max(self._width(text) + 2 * _PAD, self._metrics.height())
        place = QRectF(self._take_end(width)).adjusted(0.5, 1.5, -0.5, -1.5)
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(role), 1.5 if is_bold else 1))
        painter.drawRoundedRect(place, 3, 3)
        if is_note:
            tail = QPointF(place.left() + 4, place.bottom())
            painter.drawPolyline([tail, tail + QPointF(0, 3), tail + QPointF(3, 0)])
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_tick(self) -> None:
        """Paint a tick: colour alone is not seen by all."""
        line = self._take_end(_TICK)
        disc = QRectF(line.left(), line.top() + (line.height() - _TICK) / 2, _TICK, _TICK)
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_fill"))
        painter.drawEllipse(disc)
        painter.setPen(QPen(color("on_accent"), 1.6))
        at, corners = disc.topLeft(), ((3.8, 7.2), (6.2, 9.6), (10.2, 4.8))
        painter.drawPolyline([at + QPointF(x, y) for x, y in corners])

    def _take_end(self, width: int) -> QRect:
        """Take room at the end of what is left."""
        self._end -= width
        place = self._at(self._end, width)
        self._end -= 6
        return place

    def _at(self, start: int, width: int) -> QRect:
        box = self._box
        left = box.right() - start - width + 1 if self._is_mirrored else box.left() + start
        return QRect(left, box.top(), width, self._metrics.height())

    def _width(self, text: str) -> int:
        return self._metrics.horizontalAdvance(text) + 1
