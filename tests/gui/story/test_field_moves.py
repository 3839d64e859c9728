"""Keys that go to the headline, the body, a caption, and from field to field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.story import Picture
from editor.core.workflow import Stage
from editor.gui.story.form import StoryForm
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import EDITOR, WRITER

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

PICTURES = (Picture(caption="The ferry."), Picture(caption="The quay."))


@pytest.fixture
def window(open_window: OpenWindow, write: Write, settle: Settle) -> MainWindow:
    made = open_window(person=WRITER)
    made.parts.show_story(write("quay", pictures=PICTURES))
    settle()
    return made


def path_of_focus(form: StoryForm) -> str:
    [path] = [path for path, field in form.text_fields() if field is QApplication.focusWidget()]
    return path


def test_each_key_goes_to_its_field_and_the_caret_is_where_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    form = window.centre.form
    form.body.select(9, 9)
    keys = {
        Qt.Key.Key_1: "headline",
        Qt.Key.Key_2: "standfirst",
        Qt.Key.Key_3: "key_points/0",
        Qt.Key.Key_4: "dateline/city",
        Qt.Key.Key_5: "body",
        Qt.Key.Key_6: "pictures/0/caption",
    }
    for key, path in keys.items():
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert path_of_focus(form) == path
    window.menu_actions["go_to_caption"].trigger()
    assert path_of_focus(form) == "pictures/1/caption"
    window.menu_actions["go_to_caption"].trigger()
    assert path_of_focus(form) == "pictures/0/caption"
    window.menu_actions["go_to_body"].trigger()
    assert form.body.caret() == 9


def test_a_story_without_pictures_leads_to_the_button_that_adds_one(
    window: MainWindow, write: Write, settle: Settle
) -> None:
    window.parts.show_story(write("plain"))
    settle()
    window.menu_actions["go_to_caption"].trigger()
    assert QApplication.focusWidget() is window.centre.form.pictures.add


def test_next_field_leaves_a_list_and_goes_round_without_a_button(
    qtbot: QtBot, window: MainWindow
) -> None:
    form = window.centre.form
    window.menu_actions["go_to_headline"].trigger()
    seen: list[QWidget] = []
    while QApplication.focusWidget() is not form.headline or not seen:
        assert len(seen) < 60
        window.menu_actions["next_field"].trigger()
        focused = QApplication.focusWidget()
        assert not isinstance(focused, QAbstractButton)
        assert focused not in seen
        seen.append(focused)
    assert form.body in seen
    window.menu_actions["previous_field"].trigger()
    assert QApplication.focusWidget() is seen[-2]


def test_fields_of_a_story_in_review_are_those_of_its_text(
    open_window: OpenWindow, write: Write, settle: Settle
) -> None:
    window = open_window(person=EDITOR)
    window.parts.show_story(write("waits", stage=Stage.REVIEW))
    settle()
    assert window.centre.shows_review()
    window.menu_actions["go_to_body"].trigger()
    assert QApplication.focusWidget() is window.centre.form.body


def test_the_search_calls_them_by_their_whole_name(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    window.menu_actions["search"].trigger()
    qtbot.keyClicks(window.top.search, "go to")
    settle()
    assert {"Go to headline", "Go to body"} <= set(window.top.search.answers())
    for name in ("headline", "body", "caption"):
        assert window.menu_actions[f"go_to_{name}"].isEnabled()
    window.places.go("banner")
    assert not window.menu_actions["go_to_body"].isEnabled()
