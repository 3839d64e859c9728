"""The ground a page stands on: as wide as there is room, or as wide as a phone."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.gui.page.page_view import PageView
from editor.gui.preview.width_switch import Width

PHONE = 390
"""The width of a phone's window in CSS pixels: that of the most sold ones."""
DESK = 760
"""The least width that a page on a desk is laid out for; shown smaller where there is less."""
_SMALLEST = 0.55


class PageFrame(QWidget):
    """Places a PageView. A page that is wider than the room is shown smaller, never cut."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "ground")
        self._view = view
        self._width: Width = "desktop"
        view.setParent(self)

    def set_width(self, name: Width) -> None:
        """Lay the page out for a desk or for a phone."""
        self._width = name
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in its place."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width()
        if self._width == "desktop":
            self._view.setGeometry(self.rect())
            self._view.set_zoom(min(1.0, max(_SMALLEST, room / DESK)))
        else:
            width = min(PHONE, room)
            self._view.setGeometry(QRect((room - width) // 2, 0, width, self.height()))
            self._view.set_zoom(width / PHONE)
