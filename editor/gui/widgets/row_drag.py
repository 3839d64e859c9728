"""Rows of a widget that are dragged by their handles to another place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFrame, QWidget

from editor.gui.theme import color
from editor.gui.widgets.drag_handle import DragHandle


class RowDrag(QObject):
    """Shows a line where a row would be dropped. Whoever owns the rows moves them."""

    moved = Signal(int, int)
    """The place of a row, and the place it is to have."""

    def __init__(self, ground: QWidget, rows: Callable[[], Sequence[QWidget]]) -> None:
        """`rows` are the widgets in `ground` in their order, which may have others below them."""
        super().__init__(ground)
        self._ground, self._rows = ground, rows
        self._line = QFrame(ground)
        self._line.setFixedHeight(2)
        self._line.hide()

    def add(self, row: QWidget, handle: DragHandle) -> None:
        """Let a row be dragged by a handle."""
        handle.dragged.connect(self._show_line)
        handle.dropped.connect(lambda at: self._drop(row, at))

    def _gap(self, at: QPoint) -> int:
        """Return the place of the row before which a row dropped there is put."""
        y = self._ground.mapFromGlobal(at).y()
        return sum(1 for row in self._rows() if y > row.geometry().center().y())

    def _show_line(self, at: QPoint) -> None:
        gap, rows = self._gap(at), self._rows()
        y = rows[gap].y() if gap < len(rows) else rows[-1].geometry().bottom()
        self._line.setStyleSheet(f"background: {color('accent').name()};")
        self._line.setGeometry(0, max(0, y - 1), self._ground.width(), 2)
        self._line.raise_()
        self._line.show()

    def _drop(self, row: QWidget, at: QPoint) -> None:
        self._line.hide()
        place, gap = list(self._rows()).index(row), self._gap(at)
        to = gap - 1 if gap > place else gap
        if to != place:
            self.moved.emit(place, to)
