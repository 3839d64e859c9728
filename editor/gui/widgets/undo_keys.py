"""The keys of undo and redo, which fields leave to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


def is_undo(event: QEvent) -> bool:
    """Return whether a key that is pressed asks for undo."""
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)


def is_redo(event: QEvent) -> bool:
    """Return whether a key that is pressed asks for redo."""
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Redo)
