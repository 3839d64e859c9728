"""The list of stories: looking around in it opens nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui.library.rows import ROW
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import WRITER

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

ESC, F6, DOWN, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_F6, Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture
def two(write: Write) -> list[str]:
    """Two drafts of the journalist, the newest first as they are listed."""
    return [write("second"), write("first")][::-1]


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def marked(window: MainWindow) -> list[str]:
    """Return the stories whose rows are marked as open."""
    return [index.data(ROW).id for index in window.list.view.selectedIndexes()]


@pytest.mark.parametrize("place", ["mine", "spiked", "section:world"])
def test_focus_that_comes_to_the_list_opens_nothing(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, two: list[str], place: str
) -> None:
    window = open_window(person=WRITER)
    for key in (ESC, F6):
        window.parts.show_story(two[1])
        settle()
        window.places.go(place)
        settle()
        if key == F6:
            window.places.setFocus()
        press(qtbot, key)
        settle()
        assert window.list.isAncestorOf(QApplication.focusWidget()), key
        assert window.draft.open_story.key == two[1], key
        assert marked(window) == ([] if place == "spiked" else [two[1]]), key


def test_focus_in_a_list_without_the_open_story_opens_nothing(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, two: list[str]
) -> None:
    window = open_window(person=WRITER)
    window.menu_actions["new"].trigger()
    settle()
    new = window.draft.open_story.key
    press(qtbot, ESC, DOWN)
    qtbot.wait(100)
    settle()
    assert window.list.view.hasFocus()
    assert window.draft.open_story.key == new
    assert marked(window) == []


def test_arrow_keys_look_and_enter_opens(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, two: list[str]
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(two[0])
    settle()
    press(qtbot, ESC, DOWN)
    settle()
    assert window.list.current_id() == two[1]
    assert window.draft.open_story.key == two[0]
    assert marked(window) == [two[0]]
    press(qtbot, ENTER)
    settle()
    assert window.draft.open_story.key == two[1]
    assert marked(window) == [two[1]]
    assert window.centre.isAncestorOf(QApplication.focusWidget())


def test_click_opens_a_story(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, two: list[str]
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(two[0])
    settle()
    view = window.list.view
    row = view.visualRect(view.model().index(1, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    settle()
    assert window.draft.open_story.key == two[1]
    assert marked(window) == [two[1]]


def test_first_save_marks_the_row_of_the_new_story(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, two: list[str]
) -> None:
    window = open_window(person=WRITER)
    window.menu_actions["new"].trigger()
    qtbot.keyClicks(window.centre.form.headline, "Ferries stay in port")
    window.menu_actions["save"].trigger()
    settle()
    assert not window.draft.open_story.key.startswith("new-")
    assert marked(window) == [window.draft.open_story.key]


def test_arrow_keys_stay_at_their_row_when_the_list_is_read_again(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, two: list[str], write: Write
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(two[0])
    settle()
    press(qtbot, ESC, DOWN)
    write("third")
    window.session.check_for_changes()
    settle()
    assert window.list.current_id() == two[1]
    assert marked(window) == [two[0]]


def test_an_empty_place_leads_to_the_one_that_its_stories_come_from(
    open_window: OpenWindow, settle: Settle, two: list[str]
) -> None:
    window = open_window(person=WRITER)
    window.places.go("approved")
    settle()
    for title, leads_to in (("Show “In review”", "review"), ("Show “My drafts”", "mine")):
        buttons = [
            button
            for button in window.list.findChildren(QPushButton)
            if button.isVisible() and button.text() == title
        ]
        assert len(buttons) == 1, title
        buttons[0].click()
        settle()
        place = window.places.current()
        assert place is not None
        assert place.key == leads_to
    assert window.list.view.isVisible()
