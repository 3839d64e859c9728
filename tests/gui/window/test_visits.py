"""Back and forward through stories and places, with caret and scroll as they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import WRITER

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

LONG = "\n\n".join(f"Paragraph {number} of a long story." for number in range(80))


class Walk:
    """A window, and going about in it."""

    def __init__(self, window: MainWindow, settle: Settle) -> None:
        self.window, self.settle = window, settle

    def open(self, story: str) -> None:
        self.window.parts.open_story(story)
        self.settle()
        QApplication.processEvents()

    def do(self, name: str) -> None:
        self.window.menu_actions[name].trigger()
        self.settle()
        for _time in range(3):
            QApplication.processEvents()

    def here(self) -> tuple[str, str]:
        place = self.window.places.current()
        return place.key if place else "", self.window.draft.typed.slug


@pytest.fixture
def walk(open_window: OpenWindow, write: Write, settle: Settle) -> Walk:
    write("harbour", body=LONG)
    return Walk(open_window(person=WRITER), settle)


def test_back_and_forward_go_through_stories_and_places_as_they_were_seen(
    walk: Walk, write: Write
) -> None:
    assert not walk.window.menu_actions["back"].isEnabled()
    first = walk.here()
    assert first == ("mine", "harbour")
    walk.open(write("market"))
    walk.window.places.go("drafts")
    walk.open(write("school"))
    walk.window.places.go("banner")
    seen = [walk.here()]
    while walk.window.menu_actions["back"].isEnabled():
        walk.do("back")
        seen.append(walk.here())
    assert seen == [
        ("banner", "school"),
        ("drafts", "school"),
        ("drafts", "market"),
        ("mine", "market"),
        first,
    ]
    assert not walk.window.centre.shows_banner()
    again = [walk.here()]
    while walk.window.menu_actions["forward"].isEnabled():
        walk.do("forward")
        again.append(walk.here())
    assert again == seen[::-1]
    assert walk.window.centre.shows_banner()


def test_caret_and_scroll_are_where_they_were(qtbot: QtBot, walk: Walk, write: Write) -> None:
    form = walk.window.centre.form
    walk.window.menu_actions["go_to_body"].trigger()
    form.body.select(1200, 1200)
    QApplication.processEvents()
    bar = form.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    scroll = bar.value()
    assert scroll > 400
    walk.open(write("market"))
    assert form.body.caret() == 0
    walk.window.list.view.setFocus()
    walk.do("back")
    assert form.body.caret() == 1200
    assert form.body.hasFocus(), "one goes on writing where one was"
    assert bar.value() == scroll


def test_a_story_that_was_only_looked_at_gets_no_focus(walk: Walk, write: Write) -> None:
    walk.window.list.view.setFocus()
    walk.open(write("market"))
    walk.do("back")
    assert walk.window.list.view.hasFocus()
    assert walk.here() == ("mine", "harbour")


def test_a_new_way_ends_the_one_forward(walk: Walk, write: Write) -> None:
    walk.open(write("market"))
    walk.do("back")
    walk.open(write("school"))
    assert not walk.window.menu_actions["forward"].isEnabled()
    walk.do("back")
    assert walk.here() == ("mine", "harbour")


def test_a_story_that_is_gone_is_passed_over_and_said(walk: Walk, write: Write) -> None:
    walk.do("new")
    gone = walk.window.draft.open_story.key
    assert gone.startswith("new-"), "never saved, and nothing was typed into it"
    walk.open(write("market"))
    walk.do("back")
    assert walk.here() == ("mine", "harbour")
    assert "no longer on this desk" in walk.window.centre.toast.text()
    walk.do("forward")
    assert walk.here() == ("mine", "market")


def test_a_story_saved_meanwhile_is_found_by_its_id(walk: Walk, write: Write) -> None:
    walk.do("new")
    walk.window.draft.set_value("headline", "Bridge reopens")
    walk.open(write("market"))
    walk.do("back")
    assert walk.window.draft.typed.headline == "Bridge reopens"


def test_the_side_buttons_of_a_mouse_go_back_and_forward(walk: Walk, write: Write) -> None:
    walk.open(write("market"))
    handle, spot = walk.window.windowHandle(), QPoint(700, 400)
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, pos=spot)
    walk.settle()
    assert walk.here() == ("mine", "harbour")
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, pos=spot)
    walk.settle()
    assert walk.here() == ("mine", "market")
