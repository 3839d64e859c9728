"""Ctrl+Return in a text box sends its text, although the window has the key for itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SendKey(QObject):
    """Handles Ctrl+Return, and Esc where `on_escape` is given, before the window's actions do.

    Two shortcuts on one key would be ambiguous, and Qt would run neither.
    """

    def __init__(
        self,
        box: QWidget,
        on_send: Callable[[], None],
        on_escape: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(box)
        self._on_send, self._on_escape = on_send, on_escape
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        # Qt offers the key as a shortcut first: who accepts that gets the press.
        act = self._action(event)
        if act is None or event.type() is QEvent.Type.KeyRelease:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            act()
        return True

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _RETURN and control and not shift:
            return self._on_send
        return self._on_escape if event.key() == Qt.Key.Key_Escape else None
