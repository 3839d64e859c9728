"""The note of a return, a correction or a kill is kept until that was carried out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.core.workflow import Action, Stage
from editor.gui.review.note_sheet import NoteSheet, questions
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.reading import reading

OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]


@pytest.fixture
def window(open_window: OpenWindow, write: Callable[..., str], settle: Settle) -> MainWindow:
    """The window on a story in review; another story waits as well."""
    write("market", stage=Stage.REVIEW)
    story = write("ferry", stage=Stage.REVIEW)
    opened = open_window()
    opened.parts.open_story(story)
    settle()
    return opened


@pytest.fixture
def sheet(window: MainWindow) -> NoteSheet:
    return window.centre.sheet


def open_slug(window: MainWindow, slug: str, settle: Settle) -> None:
    window.parts.open_slug(slug)
    settle()


def test_return_note_is_on_disk_and_is_restored(
    window: MainWindow, sheet: NoteSheet, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    story = window.draft.open_story.key
    sheet.ask(Action.RETURN)
    sheet.text.insertPlainText("Name the source.")
    qtbot.waitUntil(lambda: desk.journal.read(f"return:{story}") is not None, timeout=2000)
    open_slug(window, "market", settle)
    sheet.ask(Action.RETURN)
    settle()
    assert sheet.text.toPlainText() == ""
    open_slug(window, "ferry", settle)
    sheet.ask(Action.RETURN)
    settle()
    assert sheet.text.toPlainText() == "Name the source."
    sheet.send()
    settle()
    assert [note.text for note in reading(desk).notes(story)] == ["Name the source."]
    assert desk.journal.read(f"return:{story}") is None
    sheet.ask(Action.RETURN)
    settle()
    assert sheet.text.toPlainText() == ""


def test_each_action_has_a_note_of_its_own(
    window: MainWindow, sheet: NoteSheet, desk: Desk, settle: Settle
) -> None:
    sheet.ask(Action.CORRECT)
    sheet.text.insertPlainText("It was 2022.")
    sheet.close_sheet()
    sheet.ask(Action.KILL)
    settle()
    assert sheet.text.toPlainText() == ""
    sheet.close_sheet()
    sheet.ask(Action.CORRECT)
    settle()
    assert sheet.text.toPlainText() == "It was 2022."
    entry = desk.journal.read(f"correct:{window.draft.open_story.key}")
    assert entry is not None
    assert entry["text"] == "It was 2022."


def test_note_of_a_refused_action_is_kept(
    window: MainWindow, sheet: NoteSheet, desk: Desk, settle: Settle
) -> None:
    story = window.draft.open_story.key
    sheet.ask(Action.RETURN)
    sheet.text.insertPlainText("Name the source.")
    # Somebody else saves meanwhile: the version at hand is no longer the latest.
    desk.do(SaveStory(Story(id=story, headline="Other"), 1), "Mara Quill")
    sheet.send()
    settle()
    assert reading(desk).notes(story) == []
    assert window.centre.problem.text()
    assert sheet.text.toPlainText() == "Name the source."


@pytest.mark.parametrize("action", questions(), ids=str)
def test_sheet_says_what_is_asked_and_who_reads_it(sheet: NoteSheet, action: Action) -> None:
    question = questions()[action]
    sheet.ask(action)
    assert sheet.accessibleName() == sheet.text.accessibleName() == question.title
    assert sheet.text.accessibleDescription() == question.reader
    assert sheet.send_button.text() == question.send
    assert not sheet.send_button.isEnabled()
