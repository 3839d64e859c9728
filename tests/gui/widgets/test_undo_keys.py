"""Undo and redo are told from other keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from editor.gui.widgets.undo_keys import is_redo, is_undo

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def key(letter: Qt.Key, modifiers: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, letter, modifiers)


def test_undo_and_redo_are_known_by_their_keys() -> None:
    undo, redo = key(Qt.Key.Key_Z, CTRL), key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert (is_undo(undo), is_redo(undo)) == (True, False)
    assert (is_undo(redo), is_redo(redo)) == (False, True)
    for other in (key(Qt.Key.Key_X, CTRL), QEvent(QEvent.Type.Enter)):
        assert not is_undo(other)
        assert not is_redo(other)
