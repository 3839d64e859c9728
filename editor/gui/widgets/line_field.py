"""A line of text that leaves undo to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit

from editor.gui.widgets.undo_keys import is_redo, is_undo


class LineField(QLineEdit):
    """A QLineEdit whose undo and redo keys go to the window."""

    def event(self, event: QEvent) -> bool:
        """Let the window have the keys for undo and redo."""
        if event.type() is QEvent.Type.ShortcutOverride and (is_undo(event) or is_redo(event)):
            event.ignore()
            return False
        return super().event(event)
