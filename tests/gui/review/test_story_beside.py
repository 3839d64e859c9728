"""A story is read beside another that is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from editor.core.commands import SaveStory
from editor.gui.review.story_beside import StoryBeside
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import WRITER
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


def test_it_stays_while_another_is_written_can_be_copied_and_follows_its_versions(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story, other = write("harbour", "Harbour opens"), write("market")
    window = open_window(person=WRITER)
    window.parts.open_story(story)
    settle()
    for _time in range(2):
        window.menu_actions["read_beside"].trigger()
    settle()
    [beside] = window.findChildren(StoryBeside)
    assert beside.windowTitle() == "Harbour opens"
    assert not beside.isModal()
    window.parts.open_story(other)
    settle()
    assert window.draft.typed.slug == "market"
    assert "Boats came in." in beside.text.toPlainText()
    assert beside.text.isReadOnly()
    beside.text.selectAll()
    beside.text.copy()
    assert "The harbour opened on Monday." in QGuiApplication.clipboard().text()
    stored = reading(desk).stored(story).story
    desk.do(SaveStory(replace(stored, body="The harbour closed again."), 1), WRITER)
    window.session.check_for_changes()
    settle()
    assert "closed again" in beside.text.toPlainText()
    assert beside.version.text() == "Version 2"


def test_a_story_that_is_not_there_is_said(
    show_dialog: Callable[..., StoryBeside], session: object
) -> None:
    beside = show_dialog(StoryBeside(session, "nowhere"))  # type: ignore[arg-type]
    assert "no story" in beside.text.toPlainText().lower()
