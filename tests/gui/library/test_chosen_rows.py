"""Several stories chosen in the list: by mouse and keyboard, and what stays open meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from editor.core.commands import SaveStory, Spike
from editor.core.workflow import Stage
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.library import rows
from editor.gui.library.find_stories_dialog import FindStoriesDialog
from editor.gui.library.rows import ROW
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import WRITER
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
Key: TypeAlias = Qt.Key
Modifier: TypeAlias = Qt.KeyboardModifier
CTRL, SHIFT, NONE = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.NoModifier
SLUGS = ("alpha", "bravo", "charlie", "delta", "echo")


@pytest.fixture
def ids(write: Write) -> dict[str, str]:
    """Five drafts of the journalist, listed in the order of the alphabet."""
    return {slug: write(slug) for slug in reversed(SLUGS)}


@pytest.fixture
def window(
    open_window: Callable[..., MainWindow], ids: dict[str, str], settle: Settle
) -> MainWindow:
    """The window of the journalist, with the first story open and the focus in the list."""
    made = open_window(person=WRITER)
    made.parts.show_story(ids["alpha"])
    settle()
    made.list.view.setFocus()
    return made


def click(window: MainWindow, row: int, modifiers: Modifier = NONE) -> None:
    view = window.list.view
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, place)


def press(window: MainWindow, *keys: Key, modifiers: Modifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(window.list.view, key, modifiers)


def chosen(window: MainWindow) -> list[str]:
    return [row.slug for row in window.list.chosen.rows()]


def marked(window: MainWindow) -> list[str]:
    return [index.data(ROW).slug for index in window.list.view.selectedIndexes()]


def said(window: MainWindow) -> str:
    bar = window.list.chosen_bar
    return "" if bar.isHidden() else bar.accessibleName()


def open_menu(
    window: MainWindow, row: int, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse
) -> None:
    view = window.list.view
    place = view.visualRect(view.model().index(row, 0)).center()
    if reason is QContextMenuEvent.Reason.Keyboard:
        place = QPoint(1, 1)  # where the pointer is does not matter
    event = QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)


def titles(window: MainWindow) -> list[str]:
    """What the menu of the chosen stories offers."""
    actions = window.menu_actions.submenu("chosen").actions()
    return [action.text().replace("&", "") for action in actions if action.isEnabled()]


def test_ctrl_click_chooses_beside_the_open_story_and_opens_nothing(
    window: MainWindow, ids: dict[str, str], settle: Settle
) -> None:
    click(window, 2, CTRL)
    click(window, 4, CTRL)
    settle()
    assert chosen(window) == marked(window) == ["alpha", "charlie", "echo"]
    assert said(window) == window.list.chosen_bar.count.text() == "3 stories chosen"
    assert window.draft.open_story.key == ids["alpha"]
    click(window, 0, CTRL)
    assert chosen(window) == ["charlie", "echo"]
    click(window, 2, CTRL)
    click(window, 4, CTRL)
    settle()
    assert said(window) == ""
    assert marked(window) == ["alpha"], "the open story is the one that is marked again"
    assert window.draft.open_story.key == ids["alpha"]


def test_shift_click_chooses_a_range_and_gives_it_another_end(window: MainWindow) -> None:
    click(window, 3, SHIFT)
    assert chosen(window) == ["alpha", "bravo", "charlie", "delta"]
    click(window, 1, SHIFT)
    assert chosen(window) == ["alpha", "bravo"]
    click(window, 4, CTRL)
    click(window, 3, SHIFT)
    assert chosen(window) == ["alpha", "bravo", "delta", "echo"]


def test_choosing_reads_nothing_of_the_desk(window: MainWindow, settle: Settle) -> None:
    statements = list[str]()

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    engine = window.session.desk._database._engine
    event.listen(engine, "before_cursor_execute", note)
    click(window, 3, SHIFT)
    press(window, Key.Key_A, modifiers=CTRL)
    open_menu(window, 2)
    window.menu_actions.submenu("chosen").close()
    settle()
    event.remove(engine, "before_cursor_execute", note)
    assert len(chosen(window)) == 5
    assert statements == []


def test_a_click_opens_and_chooses_none(
    window: MainWindow, ids: dict[str, str], settle: Settle
) -> None:
    click(window, 2, SHIFT)
    click(window, 1)
    settle()
    assert window.draft.open_story.key == ids["bravo"]
    assert chosen(window) == []
    assert marked(window) == ["bravo"]
    click(window, 3, CTRL)
    click(window, 1)
    settle()
    assert chosen(window) == [], "also the one that is open already"


def test_a_ctrl_double_click_opens_nothing(
    window: MainWindow, ids: dict[str, str], settle: Settle
) -> None:
    view = window.list.view
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, place)
    settle()
    assert window.draft.open_story.key == ids["alpha"]
    assert chosen(window) == ["alpha"]


def test_shift_with_the_arrow_keys_chooses_rows(
    window: MainWindow, ids: dict[str, str], settle: Settle
) -> None:
    press(window, Key.Key_Down)
    press(window, Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    assert chosen(window) == ["bravo", "charlie", "delta"]
    press(window, Key.Key_Up, modifiers=SHIFT)
    assert chosen(window) == ["bravo", "charlie"]
    press(window, Key.Key_Down, Key.Key_Down)
    assert chosen(window) == ["bravo", "charlie"], "the arrow keys alone only look around"
    press(window, Key.Key_Space)
    assert chosen(window) == ["bravo", "charlie", "echo"]
    press(window, Key.Key_Up, modifiers=SHIFT)
    assert chosen(window) == ["bravo", "charlie", "delta", "echo"]
    press(window, Key.Key_Home, modifiers=SHIFT)
    assert len(chosen(window)) == 5
    settle()
    assert window.draft.open_story.key == ids["alpha"]
    press(window, Key.Key_Return)
    settle()
    assert chosen(window) == []


def test_ctrl_a_chooses_all_that_are_listed_and_esc_none(
    window: MainWindow, ids: dict[str, str], settle: Settle
) -> None:
    press(window, Key.Key_A, modifiers=CTRL)
    assert said(window) == "5 stories chosen"
    press(window, Key.Key_Escape)
    assert said(window) == ""
    assert window.list.view.hasFocus()
    window.centre.form.headline.setFocus()
    window.menu_actions["select_all"].trigger()
    settle()
    assert chosen(window) == [], "Ctrl+A in a field is about its text"
    assert window.draft.open_story.key == ids["alpha"]


def test_what_is_chosen_keeps_to_what_is_listed(
    window: MainWindow, desk: Desk, ids: dict[str, str], write: Write, settle: Settle
) -> None:
    press(window, Key.Key_A, modifiers=CTRL)
    desk.do(Spike(ids["charlie"], 1), WRITER)
    write("foxtrot")
    window.session.check_for_changes()
    settle()
    assert chosen(window) == marked(window) == ["alpha", "bravo", "delta", "echo"]
    assert said(window) == "4 stories chosen"
    window.list._oldest.trigger()
    settle()
    assert chosen(window) == ["echo", "delta", "bravo", "alpha"], "another order is the same place"
    window.places.go("spiked")
    settle()
    assert said(window) == ""
    assert marked(window) == []


def test_all_that_were_chosen_can_leave_the_place(
    window: MainWindow, desk: Desk, ids: dict[str, str], settle: Settle
) -> None:
    press(window, Key.Key_A, modifiers=CTRL)
    for story in ids.values():
        desk.do(Spike(story, 1), WRITER)
    window.session.check_for_changes()
    settle()
    assert said(window) == ""
    assert chosen(window) == []
    press(window, Key.Key_A, modifiers=CTRL)
    assert chosen(window) == []


def test_only_what_was_read_of_a_long_list_is_chosen_and_that_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, write: Write, settle: Settle
) -> None:
    for number in range(30):
        write(f"story-{number}")
    monkeypatch.setattr(rows, "PAGE", 20)
    window.places.go("section:world")
    settle()
    view = window.list.view
    assert view.model().rowCount() == 20
    press(window, Key.Key_A, modifiers=CTRL)
    assert said(window) == "20 of 35 stories chosen"
    view.model().fetchMore(QModelIndex())
    settle()
    assert said(window) == "20 stories chosen"
    press(window, Key.Key_A, modifiers=CTRL)
    assert said(window) == "35 stories chosen"


def test_the_chosen_stories_are_those_that_are_ticked_for_an_export(
    window: MainWindow, write: Write, settle: Settle
) -> None:
    ready, other = (write(slug, stage=Stage.APPROVED) for slug in ("ready", "other"))
    window.session.check_for_changes()
    window.places.go("section:world")
    settle()
    assert not window.menu_actions["chosen_export"].isEnabled()
    click(window, 1)
    settle()
    assert window.draft.open_story.key == ready
    click(window, 3, CTRL)
    export = window.menu_actions["chosen_export"]
    assert export.text().replace("&", "") == "Export 1 story…"
    export.trigger()
    settle()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.chosen.model.choice().ids == [ready]
    assert dialog.chosen.model.ticked == 1
    dialog.chosen.model.tick_all(True)
    assert dialog.chosen.model.choice().ids is None
    assert other
    dialog.reject()


def test_going_to_the_next_story_chooses_none(
    window: MainWindow, ids: dict[str, str], settle: Settle
) -> None:
    click(window, 3, CTRL)
    window.menu_actions["next"].trigger()
    settle()
    assert window.draft.open_story.key == ids["bravo"]
    assert chosen(window) == []


def test_typing_in_the_form_leaves_the_choice_alone(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    click(window, 2, CTRL)
    qtbot.keyClicks(window.centre.form.headline, " now")
    window.menu_actions["save"].trigger()
    settle()
    assert chosen(window) == marked(window) == ["alpha", "charlie"]


@pytest.mark.parametrize("reason", [*QContextMenuEvent.Reason][:2])
def test_the_menu_of_a_row_is_about_it_alone(
    window: MainWindow, ids: dict[str, str], qtbot: QtBot, reason: QContextMenuEvent.Reason
) -> None:
    press(window, Key.Key_Down)
    open_menu(window, 1, reason)
    menu = window.menu_actions.submenu("chosen")
    assert menu.isVisible()
    assert chosen(window) == ["bravo"]
    assert titles(window) == [
        "Submit 1 story for approval",
        "Put into section",
        "Spike 1 story",
        "Open in a new tab",
        "Find in 1 story…",
        "Choose none",
    ]
    menu.close()
    qtbot.waitUntil(lambda: chosen(window) == [])  # it was chosen for its menu
    assert marked(window) == ["alpha"]
    assert window.draft.open_story.key == ids["alpha"]


def test_the_menu_of_a_chosen_row_is_about_all_that_are_chosen(window: MainWindow) -> None:
    click(window, 3, SHIFT)
    open_menu(window, 2)
    assert titles(window)[0] == "Submit 4 stories for approval"
    window.menu_actions.submenu("chosen").close()
    QApplication.processEvents()
    assert len(chosen(window)) == 4
    open_menu(window, 4)
    assert chosen(window) == ["echo"]


def test_the_menu_is_the_same_in_the_story_menu_and_below_the_list(window: MainWindow) -> None:
    assert window.list.chosen_bar.actions_button.menu() is window.menu_actions.submenu("chosen")
    menu = window.menu_actions.submenu("chosen").menuAction()
    assert titles(window) == []
    assert not menu.isEnabled()
    click(window, 1, CTRL)
    assert menu.isEnabled()
    bar = window.list.chosen_bar
    assert bar.actions_button.accessibleName() == "Actions: 2 stories chosen"
    assert titles(window)[0] == "Submit 2 stories for approval"
    bar.clear.setFocus()
    bar.clear.click()
    assert chosen(window) == []
    assert window.list.view.hasFocus(), "the button that had it is gone"


def test_a_screen_reader_is_told_which_rows_are_chosen(window: MainWindow) -> None:
    click(window, 2, CTRL)
    view = QAccessible.queryAccessibleInterface(window.list.view)
    states = [view.child(row).state() for row in range(view.childCount())]
    assert [bool(state.selected) for state in states] == [True, False, True, False, False]


def test_find_in_stories_begins_with_those_that_are_chosen(
    window: MainWindow, settle: Settle
) -> None:
    click(window, 2, CTRL)
    window.menu_actions["find_in_stories"].trigger()
    dialog = window.findChild(FindStoriesDialog)
    assert dialog is not None
    assert dialog.where.currentText() == "2 chosen stories"
    dialog.words.setText("harbour")
    dialog.look.click()
    settle()
    assert [story.found.row.slug for story in dialog.stories.stories] == ["charlie", "alpha"]
    dialog.where.setCurrentText("All stories")
    dialog.look.click()
    settle()
    assert len(dialog.stories.stories) == 5
    dialog.reject()
    window.menu_actions["chosen_none"].trigger()
    window.menu_actions["find_in_stories"].trigger()
    other = window.findChildren(FindStoriesDialog)[-1]
    assert other.where.currentText() == "My drafts"
    other.reject()


def test_a_version_saved_meanwhile_is_the_one_that_is_listed(
    window: MainWindow, desk: Desk, ids: dict[str, str], settle: Settle
) -> None:
    click(window, 2, CTRL)
    story = reading(desk).stored(ids["charlie"]).story
    desk.do(SaveStory(replace(story, kicker="Late"), 1), WRITER)
    window.session.check_for_changes()
    settle()
    assert {row.slug: row.version for row in window.list.chosen.rows()} == {
        "alpha": 1,
        "charlie": 2,
    }
