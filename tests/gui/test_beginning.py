"""After a crash the text is simply there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.story import Story
from editor.gui.beginning import to_open
from editor.gui.memory import Memory
from editor.gui.session import Session
from editor.gui.window import MainWindow
from editor.store.desk import Desk

Write = Callable[..., str]
OpenWindow = Callable[..., MainWindow]


def typed(desk: Desk, key: str, story: Story, base: int = 0) -> None:
    """Leave what a window leaves that was killed while somebody typed."""
    desk.journal.put(f"story:{key}", {"story": story.to_json(), "base": base})


@pytest.mark.parametrize(
    ("remembered", "unsaved", "first", "others"),
    [
        ("", (), "", ()),
        ("a", (), "a", ()),
        ("gone", (), "", ()),
        ("new-gone", (), "", ()),
        ("a", ("b",), "b", ()),
        ("a", ("b", "a"), "a", ("b",)),
        ("new-1", ("a", "new-1"), "new-1", ("a",)),
        ("", ("gone", "new-1"), "new-1", ()),
    ],
)
def test_unsaved_text_comes_first(
    remembered: str, unsaved: tuple[str, ...], first: str, others: tuple[str, ...]
) -> None:
    assert to_open(remembered, unsaved, {"a": "", "b": ""}) == (first, others)


def test_a_story_nobody_had_saved_is_back(
    open_window: OpenWindow, desk: Desk, write: Write
) -> None:
    write("other")
    typed(desk, "new-1", Story(headline="Typed before the power went"))
    window = open_window()
    assert window.draft.text.headline == "Typed before the power went"


def test_unsaved_text_of_two_stories_is_offered_one_after_the_other(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, write: Write, settle: Callable[[], None]
) -> None:
    ids = [write(slug) for slug in ("one", "two")]
    for id in ids:
        typed(desk, id, replace(desk.stored(id).story, headline=f"Typed in {id}"), 1)
    there = {str(desk.path): {"place": "drafts", "story": ids[0]}}
    window = open_window(memory=Memory(tab="checks", desks=there))
    assert window.draft.text.headline == f"Typed in {ids[0]}"
    qtbot.waitUntil(lambda: "Another story" in window.centre.unsaved.text())
    buttons = window.centre.unsaved.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Open it").click()
    settle()
    assert window.draft.text.headline == f"Typed in {ids[1]}"
    assert window.centre.unsaved.text() == ""


def test_a_story_begun_and_closed_is_found_under_its_new_name(
    qtbot: QtBot, open_window: OpenWindow, session: Session, settle: Callable[[], None]
) -> None:
    window = open_window()
    window.commands["new"].trigger()
    qtbot.keyClicks(window.centre.form.headline, "Begun today")
    memory = window.remember()
    window.close()
    settle()
    again = open_window(memory=memory)
    assert again.centre.problem.text() == ""
    assert again.draft.text.headline == "Begun today"
