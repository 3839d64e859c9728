"""The bar above the form while somebody who may approve a story in review edits it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.action_button import ActionButton
from editor.gui.widgets.layout import label, row
from editor.i18n import _


class EditingBar(QFrame):
    """Says that the text is in review, and leads back to its changes."""

    def __init__(self, changes: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        sentence = label(
            _("In review: what you change is part of what you approve."), "hint", wrap=True
        )
        row((sentence, 1), ActionButton(changes), inside=self, spacing=6, margins=(16, 6))
        self.hide()
