"""Which keys a system takes for itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from editor.gui.window.system_keys import is_system_key

_OF_THE_SYSTEM = """Ctrl+Alt+Del Ctrl+Alt+F1 Ctrl+Alt+F12 Alt+F4 Alt+Tab Alt+Space Meta+L Meta+F5
    Meta+Shift+S Ctrl+Esc Ctrl+Alt+Backspace Shift+Print"""


def pressed(name: str) -> QKeyCombination:
    keys = QKeySequence(name)
    assert keys.count() == 1
    combination: QKeyCombination = keys[0]  # type: ignore[index]  # the stubs forget it
    assert combination.key() is not Qt.Key.Key_unknown
    return combination


@pytest.mark.parametrize("platform", ["linux", "win32"])
@pytest.mark.parametrize(
    "name",
    _OF_THE_SYSTEM.split(),
)
def test_keys_of_the_system(name: str, platform: str) -> None:
    assert is_system_key(pressed(name), platform)


@pytest.mark.parametrize(
    "name", ["F4", "Ctrl+F4", "Alt+F5", "Ctrl+Alt+J", "Ctrl+Shift+F1", "Ctrl+Del"]
)
@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_keys_that_come_to_programs(name: str, platform: str) -> None:
    assert not is_system_key(pressed(name), platform)


@pytest.mark.parametrize(
    ("name", "taken"), [("Ctrl+H", True), ("Ctrl+Q", True), ("Meta+J", False), ("Alt+F4", False)]
)
def test_a_mac_has_its_own(name: str, taken: bool) -> None:
    assert is_system_key(pressed(name), "darwin") is taken


def test_delete_of_the_keypad_is_the_same_key() -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    keypad = QKeyCombination(held | Qt.KeyboardModifier.KeypadModifier, Qt.Key.Key_Delete)
    assert is_system_key(keypad, "linux")
