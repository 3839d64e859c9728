"""Which keys a person may choose, and what has a key then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from editor.errors import NotAllowed
from editor.gui.window.shortcut_file import read_shortcuts, write_shortcuts
from editor.gui.window.shortcuts import Shortcuts


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def make(owner: QObject) -> Shortcuts:
    usual = {"save": "Ctrl+S", "export": "Ctrl+E", "copy": "Ctrl+C", "theme": ""}
    actions = {name: QAction(name, owner) for name in usual}
    for name, keys in usual.items():
        actions[name].setShortcut(keys)
    return Shortcuts(actions, owner)


def keys(shortcuts: Shortcuts) -> dict[str, str]:
    return {name: shortcuts.keys(name).toString() for name in ("save", "export", "copy", "theme")}


USUAL = {"save": "Ctrl+S", "export": "Ctrl+E", "copy": "Ctrl+C", "theme": ""}


def test_a_chosen_key_is_there_in_the_next_window(owner: QObject) -> None:
    shortcuts = make(owner)
    assert shortcuts.assign("theme", QKeySequence("Ctrl+J"))
    assert shortcuts.assign("save", QKeySequence())
    expected = {**USUAL, "theme": "Ctrl+J", "save": ""}
    assert keys(shortcuts) == keys(make(owner)) == expected
    assert shortcuts.replaced() == {"Ctrl+S": ""}
    shortcuts.reset("save")
    assert read_shortcuts() == ({"theme": "Ctrl+J"}, None)


def test_a_key_has_one_owner_and_gets_back(owner: QObject) -> None:
    shortcuts = make(owner)
    assert shortcuts.owner(QKeySequence("Ctrl+E"), "theme") == "export"
    shortcuts.assign("theme", QKeySequence("Ctrl+E"))
    assert keys(shortcuts) == {**USUAL, "theme": "Ctrl+E", "export": ""}
    shortcuts.reset("export")
    assert keys(shortcuts) == USUAL
    shortcuts.assign("save", QKeySequence("F2"))
    shortcuts.restore({})
    assert keys(make(owner)) == USUAL


NEEDED = """A, Shift+A, 7, Space, Return, Enter, Shift+Return, Backspace, Delete, Tab, Shift+Tab,
    Ctrl+Tab, Esc, Left, Shift+End, Ctrl+Left, Ctrl+Shift+Right, Ctrl+Home, Ctrl+Backspace,
    Ctrl+C, Ctrl+Z, Ctrl+V, Alt+F, Ctrl+Alt+Del, Ctrl+Alt+F3, Meta+E, Alt+F4"""


@pytest.mark.parametrize("key", [key.strip() for key in NEEDED.split(",")])
def test_keys_that_are_needed_elsewhere_are_refused_with_a_sentence(
    owner: QObject, key: str
) -> None:
    shortcuts = make(owner)
    with pytest.raises(NotAllowed) as refused:
        shortcuts.assign("save", QKeySequence(key))
    assert refused.value.sentence
    assert refused.value.hint
    assert keys(shortcuts) == USUAL


@pytest.mark.parametrize(
    "key", ["F2", "Shift+F2", "Ctrl+J", "Ctrl+Alt+J", "Alt+Up", "Ctrl+Shift+1"]
)
def test_other_keys_are_free(owner: QObject, key: str) -> None:
    shortcuts = make(owner)
    shortcuts.assign("save", QKeySequence(key))
    assert keys(shortcuts)["save"] == key


def test_an_action_may_keep_a_usual_key_that_no_other_may_have(owner: QObject) -> None:
    shortcuts = make(owner)
    shortcuts.assign("copy", QKeySequence("F2"))
    shortcuts.assign("copy", QKeySequence("Ctrl+C"))
    assert keys(shortcuts) == USUAL


def test_a_file_by_hand_gives_what_it_can_and_says_the_rest(owner: QObject) -> None:
    own = {"save": "Ctrl+E", "theme": "B", "copy": "Ctrl+E", "of another version": "F2"}
    write_shortcuts(own)
    shortcuts = make(owner)
    assert keys(shortcuts) == {**USUAL, "copy": "Ctrl+E", "export": ""}
    assert shortcuts.problem is not None
    assert "Ctrl+E" in shortcuts.problem.sentence, "it is given to one, in the order of names"
    shortcuts.assign("theme", QKeySequence("Ctrl+J"))
    assert shortcuts.problem is None
    assert shortcuts.own()["of another version"] == "F2", "for when that version is back"


def test_what_another_window_chose_meanwhile_stays(owner: QObject) -> None:
    first, second = make(owner), make(owner)
    first.assign("theme", QKeySequence("Ctrl+J"))
    first.assign("copy", QKeySequence("F2"))
    second.assign("save", QKeySequence("F3"))
    assert read_shortcuts()[0] == {"theme": "Ctrl+J", "copy": "F2", "save": "F3"}
    second.assign("export", QKeySequence("F2"))
    first.reset("theme")
    assert read_shortcuts()[0] == {"copy": "", "save": "F3", "export": "F2"}
