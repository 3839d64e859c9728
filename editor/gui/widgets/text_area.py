"""A text field for several paragraphs."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from editor.core.canonical import normal, with_plain_breaks
from editor.gui.widgets.text_field import TextField


class TextArea(TextField):
    """Plain text in paragraphs: Enter breaks the line. Tab leaves the field, as in every field."""

    def on_enter(self, event: QKeyEvent) -> None:
        """Break the line."""
        self.textCursor().insertText("\n")
        self.ensureCursorVisible()

    def clean_pasted(self, pasted: str) -> str:
        """Return pasted text with its paragraphs; only the ends of lines are made one kind."""
        return with_plain_breaks(normal(pasted), in_paragraphs=True)
