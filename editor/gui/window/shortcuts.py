"""The keys of the window's commands: the usual ones, and those that a person chose instead."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from editor.errors import EditorError, NotAllowed
from editor.gui.window.shortcut_file import read_shortcuts, write_changed_shortcuts
from editor.gui.window.system_keys import is_system_key
from editor.i18n import _

_NATIVE = QKeySequence.SequenceFormat.NativeText
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_SHIFT, _META = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.MetaModifier
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)
_LETTERS = range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)
_MOVES_FOCUS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}
_Standard = QKeySequence.StandardKey
_OF_TEXT = (
    *(_Standard.Undo, _Standard.Redo, _Standard.Cut, _Standard.Copy, _Standard.Paste),
    *(_Standard.SelectAll, _Standard.DeleteStartOfWord, _Standard.DeleteEndOfWord),
    *(key for key in _Standard if key.name.startswith(("MoveTo", "Select"))),
)
"""What every field of text does by itself, whatever the window's commands are."""


class Shortcuts(QObject):
    """Gives each action its key. A person's choices are written at once."""

    changed = Signal()
    """An action has another key."""

    def __init__(self, actions: Mapping[str, QAction], parent: QObject) -> None:
        """Each of the actions has its usual key already."""
        super().__init__(parent)
        self._actions = actions
        self._usual = {name: action.shortcut() for name, action in actions.items()}
        self._own, self.problem = read_shortcuts()
        self._saved = self._own
        self._apply()

    def keys(self, name: str) -> QKeySequence:
        """Return the key of an action; an empty one for none."""
        return self._actions[name].shortcut()

    def usual(self, name: str) -> QKeySequence:
        """Return the key that an action has unless a person chose another."""
        return self._usual[name]

    def is_changed(self, name: str) -> bool:
        """Return whether an action has another key than usual."""
        return self.keys(name) != self.usual(name)

    def replaced(self) -> dict[str, str]:
        """Return what to press now, by the usual keys that are others now, in portable text.

        The value is as this computer writes it, and empty where there is no key any more.
        """
        return {
            usual.toString(): self.keys(name).toString(_NATIVE)
            for name, usual in self._usual.items()
            if self.is_changed(name) and not usual.isEmpty()
        }

    def owner(self, keys: QKeySequence, other_than: str) -> str:
        """Return the name of another action that has a key, or an empty text."""
        found = (name for name, action in self._actions.items() if action.shortcut() == keys)
        return "" if keys.isEmpty() else next((name for name in found if name != other_than), "")

    def require_free(self, name: str, keys: QKeySequence) -> None:
        """Raise NotAllowed for a key that can be no action's, or only its usual one's."""
        if keys.isEmpty() or keys == self.usual(name):
            return
        pressed: QKeyCombination = keys[0]  # type: ignore[index]  # the stubs forget it
        text = keys.toString(_NATIVE)
        key, held = pressed.key(), pressed.keyboardModifiers()
        if is_system_key(pressed):
            raise NotAllowed(
                _("{key} belongs to the system, which may not pass it on.").format(key=text),
                _("Press another key."),
            )
        if not held & (_CTRL | _ALT | _META) and key.value not in _FUNCTION_KEYS:
            raise NotAllowed(
                _("{key} is needed to type.").format(key=text),
                _("Hold Ctrl or Alt with it, or press a function key."),
            )
        if key in _MOVES_FOCUS or any(keys in QKeySequence.keyBindings(key) for key in _OF_TEXT):
            raise NotAllowed(
                _("{key} has a meaning in every field.").format(key=text),
                _("Press another key."),
            )
        if held == _ALT and key.value in _LETTERS:
            raise NotAllowed(
                _("{key} may open a menu or press a button.").format(key=text),
                _("Hold Ctrl or Shift with it."),
            )

    def assign(self, name: str, keys: QKeySequence) -> bool:
        """Give an action a key, and take that from whichever had it; an empty one for none.

        Returns False where it could not be written, and lasts only as long as the window.
        Raises NotAllowed for a key that can be no action's.
        """
        self.require_free(name, keys)
        other = self.owner(keys, name)
        own = {**self._own, name: keys.toString()}
        return self.restore({**own, other: ""} if other else own)

    def reset(self, name: str) -> bool:
        """Give an action its usual key again, and take that from whichever has it now."""
        return self.assign(name, self.usual(name))

    def own(self) -> dict[str, str]:
        """Return the keys that a person chose, by the names of their actions."""
        return dict(self._own)

    def restore(self, own: Mapping[str, str]) -> bool:
        """Have these as the keys that a person chose, all others as usual; False as `assign`."""
        usual = {name: keys.toString() for name, keys in self._usual.items()}
        self._own = {name: keys for name, keys in own.items() if usual.get(name) != keys}
        self.problem = None
        self._apply()
        if not write_changed_shortcuts(self._saved, self._own):
            return False
        self._saved = self._own
        return True

    def _apply(self) -> None:
        """Give every action its key: first what a person chose, then what is usual and free."""
        given: dict[str, QKeySequence] = {}
        refused: dict[str, str] = {}
        for name, text in self._own.items():
            if name not in self._actions:
                continue  # of another version of the program
            keys = QKeySequence(text)
            if self._is_usable(name, text, keys) and keys not in _taken(given):
                given[name] = keys
            else:
                refused[name] = text
        for name, keys in self._usual.items():
            if name not in given:
                given[name] = QKeySequence() if keys in _taken(given) else keys
        for name, action in self._actions.items():
            if action.shortcut() != given[name]:
                action.setShortcut(given[name])
        self._own = {name: text for name, text in self._own.items() if name not in refused}
        if refused and self.problem is None:
            sentence = _("A shortcut of yours can’t be used: {key}.")
            sentence = sentence.format(key=next(iter(refused.values())))
            self.problem = EditorError(sentence, _("Choose it again in Help › Keyboard shortcuts."))
        self.changed.emit()

    def _is_usable(self, name: str, text: str, keys: QKeySequence) -> bool:
        if not text:
            return True
        if keys.count() != 1 or not keys.toString():
            return False
        try:
            self.require_free(name, keys)
        except NotAllowed:
            return False
        return True


def _taken(given: Mapping[str, QKeySequence]) -> list[QKeySequence]:
    return [keys for keys in given.values() if not keys.isEmpty()]
