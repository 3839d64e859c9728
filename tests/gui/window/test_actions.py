"""The rows of the window's actions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton

from editor.core.workflow import Action
from editor.gui.window.actions import other_words
from editor.gui.window.actions.row import ActionRow, Key, Submenu
from editor.gui.window.actions.story import with_access_key
from editor.gui.window.actions.table import menus, rows
from editor.gui.window.main_window import MainWindow
from editor.resources import resource
from tests.gui.hands import Hands

OpenWindow = Callable[..., MainWindow]

HELP = "\n".join(path.read_text(encoding="utf-8") for path in resource("help").glob("*.md"))
ROWS = {row.name: row for row in rows()}


def text(row: ActionRow) -> str:
    return row.text.replace("&", "")


def test_names_are_unique() -> None:
    names = [row.name for row in rows()]
    assert len(names) == len(set(names)) > 50


def test_other_words_are_for_commands_that_there_are() -> None:
    assert set(other_words._OTHER_WORDS) <= set(ROWS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_has_all_it_needs(name: str) -> None:
    row = ROWS[name]
    assert text(row).strip()
    assert callable(row.do)
    assert callable(row.when)


def test_every_row_can_be_asked_on_an_empty_desk(open_window: OpenWindow) -> None:
    window = open_window()
    assert not window.draft.open_story.is_open
    for row in ROWS.values():
        action = window.menu_actions[row.name]
        assert action.isEnabled() == row.when(window.parts)
        assert action.isCheckable() == (row.checked is not None)
        assert action.isChecked() == (row.checked is not None and row.checked(window.parts))


def test_submenus_have_either_rows_or_choices() -> None:
    entries = [entry for groups in menus().values() for group in groups for entry in group]
    submenus = [entry for entry in entries if isinstance(entry, Submenu)]
    names = {submenu.name for submenu in submenus}
    assert names == {
        "recent",
        "people",
        "key",
        "appearance",
        "delivery",
        "chosen",
        "go_to",
        "proof",
        "tabs",
    }
    assert all(bool(submenu.rows) != bool(submenu.choices) for submenu in submenus)


def test_workflow_actions_have_the_words_of_the_workflow() -> None:
    in_menu = {action for action in Action if action.verb in ROWS} - {Action.SAVE}
    assert len(in_menu) == 8
    for action in in_menu:
        assert text(ROWS[action.verb]) == action.title
        assert f"**{action.title}**" in HELP


def test_a_title_without_the_letter_has_no_access_key() -> None:
    assert with_access_key("Publish", "b") == "Pu&blish"
    assert with_access_key("نشر", "b") == "نشر"


def test_only_what_asks_for_more_has_an_ellipsis() -> None:
    assert {row.name for row in rows() if row.text.endswith("…")} == {
        "chosen_export",
        "chosen_find",
        "correct",
        "find_in_stories",
        "kill",
        "newer_version",
        "paste_wire",
        "import",
        "join",
        "export",
        "deliver",
        "check_edition",
        "backup",
        "restore_backup",
        "new_desk",
        "open_desk",
        "picture",
        "print",
        "return",
        "save_proof",
        "story_link",
        "text_picture",
    }


def test_titles_are_in_sentence_case() -> None:
    for row in rows():
        words = text(row).split()
        names = {"Stonehand", "PDF…"}
        assert not [word for word in words[1:] if word[0].isupper() and word not in names], row


def test_help_names_actions_with_their_keys() -> None:
    named = re.findall(r"\*\*([^*]+)\*\* \(((?:Ctrl|Alt|F\d)[^)]*)\)", HELP)
    keys = {text(row): QKeySequence(row.keys).toString() for row in rows()}
    assert len(named) > 5
    for written, key in named:
        name = written.rpartition(" › ")[2]
        assert keys.get(name) == key, name


def test_help_names_menus_and_entries_that_exist() -> None:
    entries = {
        (title.replace("&", ""), entry.text.replace("&", ""))
        for title, groups in menus().items()
        for group in groups
        for entry in group
    }
    named = re.findall(r"\*\*(\w+) › ([^*]+)\*\*", HELP)
    assert named
    assert set(named) <= entries


def test_finding_is_possible_only_where_a_story_is_shown(
    open_window: OpenWindow, write: Callable[..., str], hands: Hands, settle: Callable[[], None]
) -> None:
    story, window = write("quay", "Boats"), open_window()
    find = window.menu_actions["find"]
    window.parts.places.go("banner")
    assert not find.isEnabled()
    window.parts.open_story(story)
    settle()
    assert find.isEnabled()
    window.menu_actions["replace"].trigger()
    bar = window.centre.search.bar
    assert bar.isVisible()
    assert bar.is_replacing
    keys = [QKeySequence.mnemonic(menu.text()).toString() for menu in window.menuBar().actions()]
    parts = bar.findChildren(QAbstractButton)
    keys += filter(None, (QKeySequence.mnemonic(part.text()).toString() for part in parts))
    assert "Alt+R" in keys
    assert len(keys) == len(set(keys)), "each access key leads to one place"
    find.trigger()
    assert not bar.is_replacing
    bar.words.setText("boats")
    settle()
    window.menu_actions["find_next"].trigger()
    assert bar.count.text() == "2 of 2"
    window.menu_actions["find_previous"].trigger()
    assert bar.count.text() == "1 of 2"
    hands.press(window, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_menus_are_the_usual_ones_in_their_order() -> None:
    titles = [title.replace("&", "") for title in menus()]
    assert titles == ["File", "Edit", "View", "Insert", "Format", "Story", "Help"]


def test_some_commands_have_their_place_on_a_mac() -> None:
    roles = {row.name: row.role for row in rows() if row.role is not QAction.MenuRole.NoRole}
    assert roles == {
        "about": QAction.MenuRole.AboutRole,
        "settings": QAction.MenuRole.PreferencesRole,
        "quit": QAction.MenuRole.QuitRole,
    }


def test_usual_commands_have_the_keys_of_the_system() -> None:
    usual = {
        **{"new": Key.New, "open_desk": Key.Open, "save": Key.Save, "print": Key.Print},
        **{"undo": Key.Undo, "redo": Key.Redo, "cut": Key.Cut, "copy": Key.Copy},
        **{"paste": Key.Paste, "select_all": Key.SelectAll, "find": Key.Find},
        **{"find_next": Key.FindNext, "replace": Key.Replace, "back": Key.Back},
        **{"help": Key.HelpContents, "larger": Key.ZoomIn, "smaller": Key.ZoomOut},
    }
    assert {name: ROWS[name].keys for name in usual} == usual
    assert ROWS["settings"].keys == "Ctrl+,", "Cmd on a Mac, as all that begins with Ctrl"
