"""Six dots by which a row or a card is dragged to another place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from editor.gui.theme import color
from editor.i18n import _

WIDTH = 20


class DragHandle(QWidget):
    """For the mouse only: whoever owns the row also moves it by Alt+Up and Alt+Down."""

    dragged = Signal(QPoint)
    """Where the pointer is on the screen while the button is held."""
    dropped = Signal(QPoint)
    """Where the pointer was on the screen when the button was released after a drag."""

    def __init__(self, tip: str, parent: QWidget | None = None, *, center: int = 15) -> None:
        """`center` is how many pixels below its top the dots are: the middle of the first line."""
        super().__init__(parent)
        self._center = center
        self.setFixedWidth(WIDTH)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(_("Drag handle"))
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self._pressed_at: QPoint | None = None
        self._is_dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag once the pointer is far enough from where it was pressed to mean it."""
        if self._pressed_at is None:
            return
        at = event.globalPosition().toPoint()
        distance = (at - self._pressed_at).manhattanLength()
        self._is_dragging = self._is_dragging or distance >= QApplication.startDragDistance()
        if self._is_dragging:
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragging = self._is_dragging
        self._pressed_at, self._is_dragging = None, False
        if was_dragging:
            self.dropped.emit(event.globalPosition().toPoint())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint two columns of three dots beside the first line."""
        middle = self._center
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("edge"))
        for x in (9, 14):
            for y in (middle - 4, middle, middle + 4):
                painter.drawEllipse(QPoint(x, y), 1, 1)
