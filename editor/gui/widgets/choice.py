"""A button that shows which of several options is chosen, and opens a menu of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.layout import caption


class Choice(SmallButton):
    """Offers options, each with a number and a title; exactly one is chosen."""

    chosen = Signal(int)
    """The number of the option that a person chose."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "button")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name = name
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self._group.triggered.connect(self._choose)
        self.setMenu(self._menu)
        self.setAccessibleName(name)

    def fill(self, options: dict[int, str], current: int) -> None:
        """Offer options in order, one of them chosen."""
        self._menu.clear()
        for number, title in options.items():
            action = QAction(caption(title), self._group, checkable=True)
            action.setData(number)
            action.setChecked(number == current)
            self._menu.addAction(action)
        self._show_title(options.get(current, ""))

    def _choose(self, action: QAction) -> None:
        self._show_title(action.text().replace("&&", "&"))
        self.chosen.emit(action.data())

    def _show_title(self, title: str) -> None:
        self.setText(f"{caption(title)} ▾")
        self.setAccessibleName(f"{self._name}: {title}")
