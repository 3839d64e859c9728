"""Ctrl+Return in a box of text sends it, although the window uses that key, too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SendKey(QObject):
    """Takes Ctrl+Return, and Esc where `leave` is given, before the window's commands do.

    Two shortcuts on one key would be ambiguous, and Qt would run neither.
    """

    def __init__(
        self, box: QWidget, send: Callable[[], None], leave: Callable[[], None] | None = None
    ) -> None:
        super().__init__(box)
        self._send, self._leave = send, leave
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the key when it is offered, act when it is pressed."""
        if not isinstance(event, QKeyEvent):
            return False
        act = self._wanted(event)
        if act is None or event.type() is QEvent.Type.KeyRelease:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            act()
        return True

    def _wanted(self, event: QKeyEvent) -> Callable[[], None] | None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _RETURN and control and not shift:
            return self._send
        return self._leave if event.key() == Qt.Key.Key_Escape else None
