"""The box that wire text is pasted into."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit

from editor.core.limits import require_words
from editor.errors import BadValue, EditorError


class WireText(QPlainTextEdit):
    """Takes any text, but no word so long that each key after it would be slow."""

    paste_refused = Signal(EditorError)

    def insertFromMimeData(self, source: QMimeData) -> None:
        try:
            require_words(source.text())
        except BadValue as error:
            self.paste_refused.emit(error)
        else:
            super().insertFromMimeData(source)
