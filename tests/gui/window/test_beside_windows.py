"""Stories that are read beside another come back where they were; what is gone stays away."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.review.story_beside import StoryBeside
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import WRITER, OpenWindow, Settle

Write = Callable[..., str]
LONG = "\n\n".join(f"Boats came in at {hour} on Monday." for hour in range(200))


def shown(window: MainWindow) -> list[StoryBeside]:
    return [beside for beside in window.findChildren(StoryBeside) if beside.isVisible()]


def with_beside(open_window: OpenWindow, desk: Desk, text: str) -> MainWindow:
    return open_window(person=WRITER, desks={str(desk.path): {"beside": text}})


def test_they_come_back_where_they_were_as_far_as_they_were_read(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    first, second = write("harbour", body=LONG), write("market", body=LONG)
    window = open_window(person=WRITER)
    changes: list[str] = []
    window.view_changed.connect(lambda: changes.append("change"))
    for story in (first, second):
        window.parts.beside.show(story)
    settle()
    assert changes
    one, two = shown(window)
    one.setGeometry(20, 30, 400, 300)
    two.setGeometry(60, 90, 500, 320)
    changes.clear()
    one.text.verticalScrollBar().setValue(900)
    assert changes
    text = window.current_state().on_desk(desk.path)["beside"]
    assert json.loads(text) == [
        [first, [20, 30, 400, 300], 900],
        [second, [60, 90, 500, 320], 0],
    ]
    again = with_beside(open_window, desk, text)
    # What is read again before all is there is still what was remembered.
    assert again.current_state().on_desk(desk.path)["beside"] == text
    qtbot.waitUntil(lambda: len(shown(again)) == 2)
    settle()
    qtbot.waitUntil(again.isActiveWindow)
    assert again.current_state().on_desk(desk.path)["beside"] == text
    for beside in shown(again):
        beside.close()
    assert again.current_state().on_desk(desk.path)["beside"] == ""


def test_story_that_is_gone_is_left_out_and_one_is_shown_once(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    story = write("harbour")
    box = [20, 30, 400, 300]
    text = json.dumps([["gone", box, 0], [story, box, 0], [story, box, 0]])
    window = with_beside(open_window, desk, text)
    qtbot.waitUntil(lambda: bool(shown(window)))
    settle()
    assert [beside.story for beside in shown(window)] == [story]


@pytest.mark.parametrize(
    "value",
    [
        7,
        "story",
        [
            *(1, "story"),
            ["{story}", [20, 30, 400], 0],
            ["{story}", [20, 30, 400, 1e9], 0],
            ["{story}", [20, 30, 400, 10**12], 0],
            ["{story}", [20, 30, 4, 3], 0],
            ["{story}", "box", 0],
            ["{story}", [20, 30, 400, 300], "down"],
            [3, [20, 30, 400, 300], 0],
        ],
    ],
    ids=["number", "text", "list"],
)
def test_unusable_windows_are_none(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle, value: Any
) -> None:
    text = json.dumps(value).replace("{story}", write("harbour"))
    window = with_beside(open_window, desk, text)
    settle()
    assert shown(window) == []


@pytest.mark.parametrize("text", ["[", "[" * 100_000, "nonsense"])
def test_text_that_is_no_json_is_no_window(
    open_window: OpenWindow, desk: Desk, settle: Settle, text: str
) -> None:
    window = with_beside(open_window, desk, text)
    settle()
    assert shown(window) == []


def test_window_on_a_screen_that_is_gone_is_moved_and_hostile_scroll_does_nothing(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    text = json.dumps([[write("harbour"), [90_000, -90_000, 400, 300], 10**15]])
    window = with_beside(open_window, desk, text)
    qtbot.waitUntil(lambda: bool(shown(window)))
    settle()
    [beside] = shown(window)
    assert beside.screen().availableGeometry().contains(beside.geometry())
    assert beside.scrolled() == 0


def test_no_more_windows_than_anybody_reads_in(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    places = [[write(f"s{number}"), [20, 30, 400, 300], 0] for number in range(14)]
    window = with_beside(open_window, desk, json.dumps(places))
    qtbot.waitUntil(lambda: len(shown(window)) == 12)
    settle()
    assert len(shown(window)) == 12
