"""A button that says which of some things is chosen, and opens a menu of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget


class Choice(QToolButton):
    """Things with a number and a title, of which one holds."""

    chosen = Signal(int)
    """The number of the thing a person picked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "button")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name = name
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self._group.triggered.connect(self._picked)
        self.setMenu(self._menu)
        self.setAccessibleName(name)

    def fill(self, things: dict[int, str], current: int) -> None:
        """Offer things in order, one of them chosen."""
        self._menu.clear()
        for number, title in things.items():
            action = QAction(title.replace("&", "&&"), self._group, checkable=True)
            action.setData(number)
            action.setChecked(number == current)
            self._menu.addAction(action)
        self._say(things.get(current, ""))

    def title(self) -> str:
        """What is chosen, as it is called."""
        return self.text().removesuffix(" ▾")

    def pick(self, number: int) -> None:
        """Choose as if by the menu; nothing happens for an unknown number."""
        for action in self._menu.actions():
            if action.data() == number:
                action.trigger()

    def _picked(self, action: QAction) -> None:
        self._say(action.text().replace("&&", "&"))
        self.chosen.emit(action.data())

    def _say(self, title: str) -> None:
        self.setText(f"{title} ▾")
        self.setAccessibleName(f"{self._name}: {title}")
