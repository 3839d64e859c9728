"""Cells side by side in as many equal columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.gui.theme import USUAL_POINTS


class FlowGrid(QWidget):
    """Places its visible cells row by row, in the order they were added."""

    def __init__(self, narrowest: int, columns: int = 3, parent: QWidget | None = None) -> None:
        """`narrowest` is how narrow a cell may get, in pixels at letters of the usual size;
        `columns` how many there may be.
        """
        super().__init__(parent)
        self._narrowest, self._columns = narrowest, columns
        self._cells: list[QWidget] = []
        self._placed: tuple[int, tuple[QWidget, ...]] = (0, ())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(10)

    def add(self, *cells: QWidget) -> None:
        """Add cells after the others."""
        for cell in cells:
            cell.setParent(self)
            cell.installEventFilter(self)
        self._cells += cells
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Ask for one cell's width: with less room there are fewer columns."""
        return QSize(self._narrowest, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the gap that a hidden cell leaves."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._place()

    def _place(self) -> None:
        cells = tuple(cell for cell in self._cells if not cell.isHidden())
        larger = max(1.0, self.font().pointSizeF() / USUAL_POINTS)
        room = max(1, int((self.width() + 10) / (self._narrowest * larger + 10)))
        columns = max(1, min(self._columns, room, len(cells) or 1))
        if (columns, cells) == self._placed:
            return
        self._placed = columns, cells
        for cell in self._cells:
            self._grid.removeWidget(cell)
        for index, cell in enumerate(cells):
            self._grid.addWidget(cell, index // columns, index % columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
