"""The window that is shown while there is no desk: why not, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.layout import caption
from editor.i18n import _


class StartWindow(QMainWindow):
    """A page, never a dialog: what is wrong with a desk, and what can be opened instead."""

    chosen = Signal(str)
    """A word for what to do, as `new` or `restore`, or the path of a desk to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Stonehand"))
        self.resize(960, 640)
        self._again = self._action("again", _("Try again"))
        self._locate = self._action("locate", _("Locate…"))
        self._remove = self._action("remove", _("Remove from the list"))
        self._others = [
            self._action("open", _("Open another desk…")),
            self._action("new", _("New desk…")),
            self._action("restore", _("Restore a backup…")),
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
        self.page.show_text(error.sentence, error.hint, [self._again, *self._others])
        self.show()

    def show_missing(self, error: EditorError) -> None:
        """Say that a desk of the list is not where it was; nothing opens in its place."""
        actions = [self._locate, self._again, self._remove, *self._others]
        self.page.show_text(error.sentence, error.hint, actions)
        self.show()

    def offer_text(self, stories: Sequence[Story]) -> None:
        """Offer to copy what was typed into stories before their desk could not be opened."""
        parts = [(story.headline, story.standfirst, story.body) for story in stories]
        text = "\n\n".join(part for part in chain(*parts) if part)
        copy = QAction(_("Copy what you typed"), self)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.page.add_action(copy)

    def show_removed(self, name: str, desks: Sequence[str]) -> None:
        """Say that a desk is no longer on the list, and offer the `desks` that are, by path."""
        self.page.show_text(
            _("{desk} is no longer on the list.").format(desk=name),
            _("The desk itself was not touched: open it when it is there again."),
            [self._open_action(path) for path in desks] + self._others,
        )
        self.show()

    def _open_action(self, path: str) -> QAction:
        return self._action(path, _("Open {desk}").format(desk=caption(Path(path).stem)))

    def _action(self, name: str, text: str) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: self.chosen.emit(name))
        return action
