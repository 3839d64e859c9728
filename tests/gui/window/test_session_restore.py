"""A window opens what was open and what was never saved, also after a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner
from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.gui.library.places import BANNER, MINE
from editor.gui.window.main_window import MainWindow
from editor.gui.window.session_restore import to_open, unsaved_message
from editor.gui.window.window_state import WindowState
from editor.store.desk import Desk
from tests.reading import reading

CHIEF = "Mara Quill"
Write = Callable[..., str]
OpenWindow = Callable[..., MainWindow]


def typed(desk: Desk, key: str, story: Story, base: int = 0) -> None:
    """Write to the journal what a window had written when it was killed."""
    desk.journal.write(f"story:{key}", {"story": story.to_json(), "base": base})


def click(window: MainWindow, text: str) -> None:
    """Click a button of the offer to open unsaved text."""
    buttons = window.centre.unsaved.findChildren(QPushButton)
    next(button for button in buttons if button.text() == text).click()


@pytest.mark.parametrize(
    ("last", "unsaved", "first", "others"),
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
def test_unsaved_text_is_opened_first(
    last: str, unsaved: tuple[str, ...], first: str, others: tuple[str, ...]
) -> None:
    assert to_open(last, unsaved, {"a": "", "b": ""}) == (first, others)


def test_story_that_was_never_saved_is_opened(
    open_window: OpenWindow, desk: Desk, write: Write
) -> None:
    write("other")
    typed(desk, "new-1", Story(headline="Typed before the power went"))
    window = open_window()
    assert window.draft.typed.headline == "Typed before the power went"


def test_unsaved_texts_are_offered_one_after_the_other(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, write: Write, settle: Callable[[], None]
) -> None:
    ids = [write(slug) for slug in ("one", "two")]
    for id in ids:
        typed(desk, id, replace(reading(desk).stored(id).story, headline=f"Typed in {id}"), 1)
    desks = {str(desk.path): {"place": "drafts", "story": ids[0]}}
    window = open_window(state=WindowState(tab="checks", desks=desks))
    assert window.draft.typed.headline == f"Typed in {ids[0]}"
    qtbot.waitUntil(lambda: "Another story" in window.centre.unsaved.text())
    click(window, "Open it")
    settle()
    assert window.draft.typed.headline == f"Typed in {ids[1]}"
    assert window.centre.unsaved.text() == ""


@pytest.mark.parametrize("typed_since", ["", " And on."])
def test_first_save_that_a_kill_cut_off_leaves_one_story(
    open_window: OpenWindow, desk: Desk, settle: Callable[[], None], typed_since: str
) -> None:
    sent, id = Story(headline="Ferry back on Monday", body="It sails."), "5e" * 16
    desk.do(SaveStory(sent, new_id=id), CHIEF)
    # Killed before its entry was removed; perhaps more had been typed.
    typed(desk, f"new-{id}", replace(sent, body=sent.body + typed_since))
    window = open_window()
    assert window.draft.open_story.key == id
    assert window.draft.typed.body == sent.body + typed_since
    assert window.draft.open_story.is_unsaved == bool(typed_since)
    window.menu_actions["save"].trigger()
    settle()
    [row] = reading(desk).rows()
    assert row.version == (2 if typed_since else 1)
    assert desk.journal.entries() == {}


def test_new_story_is_restored_under_its_id(
    qtbot: QtBot, open_window: OpenWindow, write: Write, settle: Callable[[], None]
) -> None:
    write("other")
    window = open_window()
    window.menu_actions["new"].trigger()
    qtbot.keyClicks(window.centre.form.headline, "Begun today")
    state = window.current_state()
    window.close()
    settle()
    again = open_window(state=state)
    assert again.centre.problem.text() == ""
    assert again.draft.typed.headline == "Begun today"


def test_new_stories_left_unsaved_are_offered_in_one_line(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, write: Write, settle: Callable[[], None]
) -> None:
    known = write("one")
    typed(desk, known, replace(reading(desk).stored(known).story, headline="Typed last"), 1)
    typed(desk, "new-1", Story(headline="Begun and forgotten"))
    saved = write("two")
    # Killed after the save and before its entry was removed.
    typed(desk, saved, reading(desk).stored(saved).story, 1)
    desks = {str(desk.path): {"place": "drafts", "story": known}}
    window = open_window(state=WindowState(tab="checks", desks=desks))
    qtbot.waitUntil(lambda: window.centre.unsaved.text() == "1 story was never saved.")
    click(window, "Open it")
    settle()
    assert window.draft.typed.headline == "Begun and forgotten"


def test_unsaved_text_of_the_banner_is_offered(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, banner: Banner, settle: Callable[[], None]
) -> None:
    later = Banner((replace(banner.briefs[0], title="Ferry back on Tuesday"), *banner.briefs[1:]))
    desk.journal.write("banner", {"banner": later.to_json(), "base": banner.to_json()})
    window = open_window()
    offer = "The trends banner has text that was not saved."
    qtbot.waitUntil(lambda: window.centre.unsaved.text() == offer)
    click(window, "Open it")
    settle()
    assert window.centre.banner is not None
    assert window.centre.banner.cards.cards()[0].title.text() == "Ferry back on Tuesday"


def test_desk_that_was_left_on_the_banner_has_a_way_back(
    open_window: OpenWindow, desk: Desk, banner: Banner, write: Write
) -> None:
    """In a narrow window the places are a menu of the list, which names the present one."""
    write("quay")
    known = {str(desk.path): {"place": BANNER}}
    window = open_window(state=WindowState(tab="checks", desks=known))
    assert window.centre.shows_banner()
    assert window.windowTitle().startswith("Trends banner – ")
    assert window.list.place is not None
    assert window.list.places_button.text() == "My drafts ▾"
    window.places.go(MINE)
    assert not window.centre.shows_banner()
    assert not window.windowTitle().startswith("Trends banner")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (["banner"], "The trends banner has text that was not saved."),
        (["new-1", "new-2"], "2 stories were never saved."),
        (["a"], "Another story has text that was not saved."),
        (["a", "new-1", "banner"], "3 other places have text that was not saved."),
    ],
)
def test_unsaved_message_is_one_sentence(keys: list[str], message: str) -> None:
    assert unsaved_message(keys) == message
