"""After a crash the text is simply there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner
from editor.core.story import Story
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.session_restore import to_open, what_waits
from editor.gui.window.window_state import Memory
from editor.store.desk import Desk
from tests.reading import reading

Write = Callable[..., str]
OpenWindow = Callable[..., MainWindow]


def typed(desk: Desk, key: str, story: Story, base: int = 0) -> None:
    """Leave what a window leaves that was killed while somebody typed."""
    desk.journal.write(f"story:{key}", {"story": story.to_json(), "base": base})


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
        typed(desk, id, replace(reading(desk).stored(id).story, headline=f"Typed in {id}"), 1)
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


def test_forgotten_new_stories_are_offered_in_one_line(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, write: Write, settle: Callable[[], None]
) -> None:
    known = write("one")
    typed(desk, known, replace(reading(desk).stored(known).story, headline="Typed last"), 1)
    typed(desk, "new-1", Story(headline="Begun and forgotten"))
    saved = write("two")
    typed(
        desk, saved, reading(desk).stored(saved).story, 1
    )  # killed between the save and its tidying
    there = {str(desk.path): {"place": "drafts", "story": known}}
    window = open_window(memory=Memory(tab="checks", desks=there))
    qtbot.waitUntil(lambda: window.centre.unsaved.text() == "1 story was never saved.")
    buttons = window.centre.unsaved.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Open it").click()
    settle()
    assert window.draft.text.headline == "Begun and forgotten"


def test_the_banners_text_is_offered_too(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, banner: Banner, settle: Callable[[], None]
) -> None:
    later = Banner((replace(banner.briefs[0], title="Ferry back on Tuesday"), *banner.briefs[1:]))
    desk.journal.write("banner", {"banner": later.to_json(), "base": banner.to_json()})
    window = open_window()
    offer = "The trends banner has text that was not saved."
    qtbot.waitUntil(lambda: window.centre.unsaved.text() == offer)
    buttons = window.centre.unsaved.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Open it").click()
    settle()
    assert window.centre.banner is not None
    assert window.centre.banner.cards.cards()[0].title.text() == "Ferry back on Tuesday"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["banner"], "The trends banner has text that was not saved."),
        (["new-1", "new-2"], "2 stories were never saved."),
        (["a"], "Another story has text that was not saved."),
        (["a", "new-1", "banner"], "3 other places have text that was not saved."),
    ],
)
def test_what_waits_is_said_in_one_line(keys: list[str], line: str) -> None:
    assert what_waits(keys) == line
