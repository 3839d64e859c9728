"""The window that is shown while there is no desk: why not, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from editor.errors import EditorError
from editor.gui.widgets.empty import EmptyState
from editor.i18n import _


class StartWindow(QMainWindow):
    """A page, never a dialog: what is wrong with a desk, and what can be opened instead."""

    chosen = Signal(str)
    """`again`, `open`, `new` or `sample`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Stonehand"))
        self.resize(960, 640)
        self._actions = [
            self._action("again", _("Try again")),
            self._action("open", _("Open another desk…")),
            self._action("new", _("New desk…")),
            self._action("sample", _("Open the sample desk")),
        ]
        self.page = EmptyState()
        self.setCentralWidget(self.page)

    def show_opening(self, name: str) -> None:
        """Say that a desk is being opened; only shown where that takes a while."""
        self.page.show_text(_("Opening {desk}…").format(desk=name), "", [])
        self.show()

    def show_problem(self, error: EditorError) -> None:
        """Say why a desk can't be opened, and offer what can be done."""
        self.page.show_text(error.sentence, error.hint, self._actions)
        self.show()

    def _action(self, name: str, text: str) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: self.chosen.emit(name))
        return action
