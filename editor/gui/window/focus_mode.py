"""Focus mode: the page that is written, and nothing around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from editor.gui.window.columns import Columns

_EDGE = 4
"""How near the pointer comes to the upper edge for the bars to be shown, in pixels."""
_NO_LIMIT = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""


class FocusMode(QObject):
    """Hides what is around the centre, and shows it again. The window keeps its size.

    While it is on, the bars above come back as long as the pointer is there.
    """

    changed = Signal()
    """It began or ended."""

    def __init__(
        self, window: QMainWindow, columns: Columns, above: QWidget, below: QWidget, parent: QWidget
    ) -> None:
        """`above` and `below` are the lines over and under the columns, inside the parent."""
        super().__init__(parent)
        self._window, self._columns = window, columns
        self._inside, self._above, self._below = parent, above, below
        self.is_on = False
        self._edge = QWidget(parent)
        self._edge.hide()
        columns.asked.connect(self.leave)

    def toggle(self) -> None:
        """Begin or end it."""
        if not self.leave():
            self._enter()

    def leave(self) -> bool:
        """Show again what is around the centre; False where that is shown already."""
        if not self.is_on:
            return False
        self.is_on = False
        self._show_bars(True)
        self._edge.hide()
        self._below.show()
        self._columns.set_alone(False)
        for widget in self._watched():
            widget.removeEventFilter(self)
        self.changed.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer between the upper edge and the page, and the size of the window."""
        if event.type() is QEvent.Type.Enter:
            self._show_bars(watched is self._edge)
        elif event.type() is QEvent.Type.Resize and watched is self._inside:
            self._fit_edge()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        self.is_on = True
        self._columns.set_alone(True)
        self._below.hide()
        for widget in self._watched():
            widget.installEventFilter(self)
        self._show_bars(False)
        self.changed.emit()

    def _watched(self) -> Sequence[QWidget]:
        return self._edge, self._inside, self._columns.centre()

    def _show_bars(self, shown: bool) -> None:
        # Not hidden: the keys of all actions would go with the menu bar.
        self._window.menuBar().setMaximumHeight(_NO_LIMIT if shown else 0)
        self._above.setVisible(shown)
        self._edge.setVisible(not shown)
        self._fit_edge()

    def _fit_edge(self) -> None:
        self._edge.setGeometry(0, 0, self._inside.width(), _EDGE)
        self._edge.raise_()
