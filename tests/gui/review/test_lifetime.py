"""Panels that are deleted while the desk still answers them: nothing reaches them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from editor.core.commands import SaveStory
from editor.core.workflow import Action, Stage
from editor.gui.draft.draft import Draft
from editor.gui.review.history import HistoryPane
from editor.gui.review.note_sheet import NoteSheet
from editor.gui.review.notes import NotesPane
from editor.gui.review.reconcile_page import ReconcilePage
from editor.gui.review.review_screen import ReviewScreen
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]


@pytest.fixture
def story(desk: Desk, write: Callable[..., str], draft: Draft, settle: Settle) -> str:
    """A story in review with two versions, open in the draft."""
    story = write("ferry", stage=Stage.REVIEW)
    first = reading(desk).stored(story).story
    desk.do(SaveStory(replace(first, headline="Another"), 1), "Ines Vale")
    draft.open(story)
    settle()
    return story


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("panel", [HistoryPane, NotesPane, ReviewScreen])
def test_panel_may_be_deleted_while_it_reads(
    session: Session, draft: Draft, settle: Settle, panel: Callable[..., QWidget]
) -> None:
    made = panel(session, draft)
    made.show()
    assert session.jobs.busy
    delete(made)
    settle()
    draft.edit(replace(draft.typed, kicker="Typed later"), "kicker")
    draft.new()
    settle()


@pytest.mark.usefixtures("story")
def test_history_may_be_deleted_while_it_compares(
    session: Session, draft: Draft, settle: Settle
) -> None:
    pane = HistoryPane(session, draft)
    pane.show()
    settle()
    pane.choose(1)
    pane.reader.restore.click()
    delete(pane)
    settle()


def test_note_sheet_may_be_deleted_while_its_note_is_read(
    session: Session, draft: Draft, settle: Settle, story: str
) -> None:
    sheet = NoteSheet(session, draft)
    sheet.ask(Action.RETURN)
    assert session.jobs.busy
    delete(sheet)
    settle()
    assert draft.open_story.key == story


def test_reconcile_page_may_be_deleted_while_it_merges(
    session: Session, desk: Desk, settle: Settle, story: str, qtbot: QtBot
) -> None:
    first = reading(desk).stored(story, 1).story
    desk.do(SaveStory(replace(first, headline="A third"), 1), "Theo Marsh")
    page = ReconcilePage(session)
    page.start(story)
    qtbot.waitUntil(lambda: page._leaves is not None)  # the versions are read, the merge runs
    delete(page)
    settle()
