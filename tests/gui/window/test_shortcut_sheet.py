"""The list of keys: every command is in it, it is searched, and keys are chosen in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui.window.main_window import MainWindow
from editor.gui.window.shortcut_sheet import ShortcutSheet
from editor.places import shortcuts_file

OpenWindow = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def sheet(window: MainWindow) -> ShortcutSheet:
    window.menu_actions["shortcuts"].trigger()
    [opened] = window.findChildren(ShortcutSheet)
    return opened


def shown(sheet: ShortcutSheet, name: str) -> str:
    row = list(sheet._actions).index(name)
    return sheet.table.item(row, 1).text()


def test_it_lists_every_command_by_its_whole_name(window: MainWindow, sheet: ShortcutSheet) -> None:
    assert sheet.listed() == list(window.menu_actions.by_name)
    assert shown(sheet, "search") == "Ctrl+K"
    assert shown(sheet, "theme") == ""
    names = {sheet.table.item(row, 0).text() for row in range(sheet.table.rowCount())}
    assert {"Next step: submit, approve, export", "Go to headline"} <= names


def test_it_is_searched_by_words_and_by_key(sheet: ShortcutSheet) -> None:
    sheet.search.setText("version sav")
    assert sheet.listed() == ["save"]
    assert sheet.name.text() == "Save version"
    sheet.search.setText("ctrl+shift+i")
    assert sheet.listed() == ["import"]


def test_search_is_left_for_the_commands_and_their_key_without_a_mouse(
    qtbot: QtBot, window: MainWindow, sheet: ShortcutSheet
) -> None:
    sheet.search.setText("delete")
    assert sheet.listed() == ["kill", "spike", "unspike"]
    assert sheet.name.text() == "Kill…"
    sheet.search.setFocus()
    qtbot.keyClick(sheet.search, Qt.Key.Key_Down)
    assert sheet.name.text() == "Spike"
    qtbot.keyClick(sheet.search, Qt.Key.Key_Up)
    qtbot.keyClick(sheet.search, Qt.Key.Key_Up)
    assert sheet.name.text() == "Kill…", "the first stays the first"
    qtbot.keyClick(sheet.search, Qt.Key.Key_Return)
    assert sheet.focusWidget() is sheet.key


def test_a_new_key_is_in_menu_tooltip_palette_and_help_at_once(
    qtbot: QtBot, window: MainWindow, sheet: ShortcutSheet
) -> None:
    sheet.choose("new")
    sheet.key.setFocus()
    qtbot.keyClick(sheet.key, Qt.Key.Key_J, CTRL)
    assert window.menu_actions["new"].shortcut().toString() == "Ctrl+J"
    assert shown(sheet, "new") == "Ctrl+J"
    assert "Ctrl+J" in window.top.new.toolTip()
    sheet.choose("search")
    qtbot.keyClick(sheet.key, Qt.Key.Key_F2)
    assert window.top.search._keys.text() == "F2"
    assert window.parts.shortcuts.replaced() == {"Ctrl+N": "Ctrl+J", "Ctrl+K": "F2"}
    assert "Ctrl+J" in shortcuts_file().read_text(encoding="utf-8")
    sheet.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL)
    assert window.draft.open_story.key.startswith("new-")


def test_a_key_of_another_command_is_said_and_can_be_taken(
    qtbot: QtBot, window: MainWindow, sheet: ShortcutSheet
) -> None:
    sheet.choose("theme")
    qtbot.keyClick(sheet.key, Qt.Key.Key_E, CTRL)
    assert "Export" in sheet.bar.text()
    assert window.menu_actions["export"].shortcut().toString() == "Ctrl+E"
    [take] = [part for part in sheet.bar.findChildren(QPushButton) if "theme" in part.text()]
    take.click()
    assert shown(sheet, "theme") == "Ctrl+E"
    assert shown(sheet, "export") == ""
    assert not sheet.bar.isVisible()
    sheet.choose("export")
    sheet.reset.click()
    [take] = [part for part in sheet.bar.findChildren(QPushButton) if "Export" in part.text()]
    take.click()
    assert shown(sheet, "export") == "Ctrl+E"
    assert shown(sheet, "theme") == ""


def test_keys_for_typing_are_refused_and_tab_is_no_key(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    sheet.choose("save")
    sheet.key.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Left):
        qtbot.keyClick(sheet.key, key)
        assert "needed to type" in sheet.bar.text()
    qtbot.keyClick(sheet.key, Qt.Key.Key_Shift)
    qtbot.keyClick(sheet.key, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not sheet.key
    assert shown(sheet, "save") == "Ctrl+S"


def test_keys_are_removed_and_all_reset_and_that_undone(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    assert not sheet.reset_all.isEnabled()
    sheet.choose("save")
    qtbot.keyClick(sheet.key, Qt.Key.Key_Delete)
    assert shown(sheet, "save") == ""
    assert not sheet.remove.isEnabled()
    sheet.reset_all.click()
    assert shown(sheet, "save") == "Ctrl+S"
    buttons = sheet.bar.findChildren(QPushButton)
    [undo] = [part for part in buttons if part.text().replace("&", "") == "Undo"]
    undo.click()
    assert shown(sheet, "save") == ""
    sheet.reset.click()
    assert shown(sheet, "save") == "Ctrl+S"


def test_a_file_that_can_not_be_read_is_said_in_the_window(open_window: OpenWindow) -> None:
    shortcuts_file().parent.mkdir(parents=True, exist_ok=True)
    shortcuts_file().write_text('{"format": 9}', encoding="utf-8")
    window = open_window()
    window.parts.new_story()
    assert "newer Stonehand" in window.centre.shortcuts.text(), "also once a story was opened"
    assert window.menu_actions["save"].shortcut().toString() == "Ctrl+S"
