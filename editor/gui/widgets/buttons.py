"""Buttons that Return presses as Space does; Qt leaves Return to a dialog's main button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton


class Button(QPushButton):
    """A push button: Return presses the one that has the focus, never another."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_return(self, event):
            super().keyPressEvent(event)


class SmallButton(QToolButton):
    """A tool button; Return also opens its menu."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_return(self, event):
            super().keyPressEvent(event)


def _pressed_by_return(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Click a button for Return alone; a key that is held clicks once."""
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not is_return or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
