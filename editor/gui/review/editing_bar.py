"""The line above the form while a story in review is edited by who may approve it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.action_button import ActionButton
from editor.i18n import _


class EditingStrip(QFrame):
    """Says that the text is in review, and leads back to its changes."""

    def __init__(self, changes: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        words = QLabel(_("In review: what you change is part of what you approve."))
        words.setWordWrap(True)
        set_kind(words, "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(words, 1)
        row.addWidget(ActionButton(changes))
        self.hide()
