"""What stands on screen while there is no desk: why not, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from editor.errors import EditorError
from editor.gui.widgets.empty import EmptyState
from editor.i18n import _


class StartWindow(QMainWindow):
    """A page, never a dialog: the desk that can't be opened, and the ways on."""

    chosen = Signal(str)
    """`again`, `open`, `new` or `sample`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Stonehand"))
        self.resize(960, 640)
        self._actions = {
            "again": QAction(_("Try again"), self),
            "open": QAction(_("Open another desk…"), self),
            "new": QAction(_("New desk…"), self),
            "sample": QAction(_("Open the sample desk"), self),
        }
        for name, action in self._actions.items():
            action.triggered.connect(lambda _on=False, name=name: self.chosen.emit(name))
        self.page = EmptyState()
        self.setCentralWidget(self.page)

    def show_opening(self, name: str) -> None:
        """Say that a desk is being opened; only seen when that takes a while."""
        self.page.show_text(_("Opening {desk}…").format(desk=name), "", [])

    def show_problem(self, error: EditorError) -> None:
        """Say why there is no desk, and offer the ways on."""
        self.page.show_text(error.sentence, error.hint, list(self._actions.values()))
        self.show()
