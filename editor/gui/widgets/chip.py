"""A word in a rounded field, such as a story's stage, with a dot in its colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.gui.theme import color

_DOT = 8


class Chip(QWidget):
    """A word in a rounded field, with a dot whose colour repeats what the word says."""

    def __init__(self, text: str = "", dot: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._dot = text, dot
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, dot: str = "") -> None:
        """Show another word; `dot` is a colour role, or empty for no dot."""
        self._text, self._dot = text, dot
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the word that is shown."""
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        dot = _DOT + 6 if self._dot else 0
        return QSize(metrics.horizontalAdvance(self._text) + dot + 22, metrics.height() + 6)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("chip"))
        radius = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        inner = self.rect().adjusted(11, 0, -11, 0)
        if self._dot:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = inner.right() - _DOT + 1 if mirrored else inner.left()
            painter.setBrush(color(self._dot))
            painter.drawEllipse(QRectF(left, self.height() / 2 - _DOT / 2, _DOT, _DOT))
            room = _DOT + 6
            inner = inner.adjusted(0, 0, -room, 0) if mirrored else inner.adjusted(room, 0, 0, 0)
        painter.setPen(color("ink"))
        painter.setFont(self._font())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), self._text)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(6.0, font.pointSizeF() - 0.75))
        font.setBold(True)
        return font
