"""What is typed to return, correct or kill a story is there again until that was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.workflow import Stage
from editor.gui.review import note_sheet
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.reading import reading

OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]


@pytest.fixture
def window(open_window: OpenWindow, write: Callable[..., str], settle: Settle) -> MainWindow:
    """The window on a story in review; another one waits, too."""
    write("market", stage=Stage.REVIEW)
    story = write("ferry", stage=Stage.REVIEW)
    opened = open_window()
    opened.parts.open_story(story)
    settle()
    return opened


def go_to(window: MainWindow, slug: str, settle: Settle) -> str:
    window.parts.open_slug(slug)
    settle()
    return window.draft.key


def test_a_return_note_is_on_disk_and_comes_back(
    window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    story, box = window.draft.key, window.centre.return_note.field()
    window.centre.return_note.open_sheet()
    box.insertPlainText("Name the source.")
    qtbot.waitUntil(lambda: desk.journal.get(f"return:{story}") is not None, timeout=2000)
    go_to(window, "market", settle)
    assert box.toPlainText() == ""
    go_to(window, "ferry", settle)
    assert box.toPlainText() == "Name the source."
    window.centre.return_note.send()
    settle()
    assert [note.text for note in reading(desk).notes(story)] == ["Name the source."]
    assert desk.journal.get(f"return:{story}") is None
    go_to(window, "ferry", settle)
    assert box.toPlainText() == ""


def test_a_correction_is_not_a_kill(window: MainWindow, desk: Desk, settle: Settle) -> None:
    sheet, given = window.centre.sheet, list[str]()
    sheet.ask(note_sheet.correction(), given.append)
    sheet.text.insertPlainText("It was 2022.")
    sheet.close_sheet()
    sheet.ask(note_sheet.kill(), given.append)
    settle()
    assert sheet.text.toPlainText() == ""
    sheet.close_sheet()
    sheet.ask(note_sheet.correction(), given.append)
    settle()
    assert sheet.text.toPlainText() == "It was 2022."
    entry = desk.journal.get(f"correct:{window.draft.key}")
    assert entry is not None
    assert entry["text"] == "It was 2022."


def test_a_note_whose_step_was_refused_is_still_there(
    window: MainWindow, desk: Desk, settle: Settle
) -> None:
    story = window.draft.key
    base = reading(desk).stored(story)
    window.centre.return_note.open_sheet()
    window.centre.return_note.field().insertPlainText("Name the source.")
    # Somebody else saves meanwhile, so that the version at hand is no longer the newest.
    desk.do(SaveStory(base.story.__class__(id=story, headline="Other"), 1), "Mara Quill")
    window.centre.return_note.send()
    settle()
    assert reading(desk).notes(story) == []
    assert window.centre.problem.text()
    assert window.centre.return_note.note() == "Name the source."
