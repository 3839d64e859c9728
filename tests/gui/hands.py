"""A person at the keyboard, for tests: QTest aborts on what is not ASCII."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.draft.draft import Draft


class Hands:
    """Types as a person does. QTest aborts on what is not ASCII, so keys are sent one by one."""

    def __init__(self, qtbot: QtBot, draft: Draft, settle: Callable[[], None]) -> None:
        self._qtbot, self._draft, self._settle = qtbot, draft, settle

    def open(self, story: str) -> None:
        """Open a story and wait until it is there."""
        self._draft.open(story)
        self._qtbot.waitUntil(lambda: self._draft.open_story.key == story)
        self._settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Type any text, one character a key."""
        widget.setFocus()
        for character in text:
            key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_unknown
            self.press(widget, key, character)

    def press(
        self,
        widget: QWidget,
        key: Qt.Key,
        text: str = "",
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press and release one key."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))

    def undo(self, widget: QWidget) -> None:
        """Press Ctrl+Z."""
        self.press(widget, Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier)

    def redo(self, widget: QWidget) -> None:
        """Press Ctrl+Shift+Z."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.press(widget, Qt.Key.Key_Z, "", both)

    def compose(self, widget: QWidget, preedit: str, commit: str) -> None:
        """Type by an input method: show a text, then put another in its place."""
        widget.setFocus()
        QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
        done = QInputMethodEvent()
        done.setCommitString(commit)
        QApplication.sendEvent(widget, done)
