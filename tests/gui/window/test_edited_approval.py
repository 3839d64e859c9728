"""A key in an approved story is told at once, and costs no approval as long as it can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.commands import Publish
from editor.core.workflow import Publication, Stage
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.gui.hands import Hands
from tests.reading import reading

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "Vulkan", "RHI", "QRhi", "OpenGL", "Sandboxing", "GBM", "GPU"
)

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def ferry(write: Write) -> str:
    return write("ferry", "Ferry sails", stage=Stage.APPROVED)


@pytest.fixture
def window(open_window: OpenWindow, ferry: str, settle: Settle, hands: Hands) -> MainWindow:
    """An editor typed x into the approved story."""
    window = open_window(person=EDITOR)
    window.parts.open_story(ferry)
    settle()
    assert window.centre.form.notice.text() == ""
    hands.type(window.centre.form.headline, "x")
    return window


def notice_button(window: MainWindow, title: str) -> QPushButton:
    buttons = window.centre.form.notice.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == title)


def test_the_first_key_says_what_an_edit_means(window: MainWindow, desk: Desk, ferry: str) -> None:
    assert window.centre.form.notice.text() == (
        f"Approved by {CHIEF}; editing makes a new version that needs approval."
    )
    assert window.top.stage.text() == "Edited"
    assert reading(desk).row(ferry).stage is Stage.APPROVED


def test_undo_brings_the_approved_text_back(
    window: MainWindow, desk: Desk, ferry: str, settle: Settle
) -> None:
    notice_button(window, "Undo").click()
    assert window.draft.typed.headline == "Ferry sails"
    assert window.centre.form.notice.text() == ""
    assert window.top.stage.text() == "Approved"
    window.draft.close()
    settle()
    assert reading(desk).row(ferry).version == 1


def test_leaving_offers_undo_and_the_approval_is_still_there(
    window: MainWindow, desk: Desk, ferry: str, write: Write, settle: Settle
) -> None:
    window.parts.open_story(write("quay"))
    settle()
    assert window.centre.toast.text() == (
        "“xFerry sails” was approved and is edited: it needs approval again."
    )
    assert desk.journal.read(f"story:{ferry}") is not None, "the text is safe meanwhile"
    window.centre.toast.undo()
    settle()
    row = reading(desk).row(ferry)
    assert (row.stage, row.version) == (Stage.APPROVED, 1)
    window.parts.open_story(ferry)
    settle()
    assert window.draft.typed.headline == "Ferry sails"


def test_without_undo_the_edit_becomes_a_version(
    window: MainWindow, desk: Desk, ferry: str, write: Write, settle: Settle
) -> None:
    window.parts.open_story(write("quay"))
    settle()
    window.draft.new()
    settle()
    row = reading(desk).row(ferry)
    assert (row.stage, row.version, row.headline) == (Stage.REVIEW, 2, "xFerry sails")
    assert desk.journal.read(f"story:{ferry}") is None


def test_opened_again_at_once_the_edit_is_still_there(
    window: MainWindow, desk: Desk, ferry: str, write: Write, settle: Settle
) -> None:
    window.parts.open_story(write("quay"))
    settle()
    window.parts.open_story(ferry)
    settle()
    assert window.draft.typed.headline == "xFerry sails"
    assert "Approved by" in window.centre.form.notice.text()
    assert reading(desk).row(ferry).version == 1


def test_closing_the_window_keeps_the_edit_and_the_approval(
    window: MainWindow, desk: Desk, ferry: str, open_window: OpenWindow, settle: Settle
) -> None:
    window.close()
    settle()
    assert reading(desk).row(ferry).stage is Stage.APPROVED
    again = open_window(person=EDITOR)
    assert again.draft.typed.headline == "xFerry sails"
    assert "Approved by" in again.centre.form.notice.text()
    notice_button(again, "Undo").click()
    assert again.top.stage.text() == "Approved"


@pytest.fixture
def live(
    open_window: OpenWindow, desk: Desk, ferry: str, settle: Settle, hands: Hands
) -> MainWindow:
    """An editor typed x into a story that readers have."""
    desk.do(Publish(ferry, 1), CHIEF)
    window = open_window(person=EDITOR)
    window.parts.open_story(ferry)
    settle()
    hands.type(window.centre.form.headline, "x")
    return window


def test_a_live_story_offers_a_correction_or_an_update(
    live: MainWindow, desk: Desk, ferry: str, settle: Settle
) -> None:
    assert live.centre.form.notice.text() == (
        "Readers have this story; editing makes a new version that needs approval."
    )
    assert live.top.stage.text() == "Edited · live"
    notice_button(live, "Update").click()
    settle()
    row = reading(desk).row(ferry)
    assert (row.stage, row.publication, row.version) == (Stage.DRAFT, Publication.LIVE, 1)
    assert live.draft.typed.headline == "xFerry sails", "what was typed belongs to the update"
    live.menu_actions["save"].trigger()
    settle()
    assert reading(desk).row(ferry).stage is Stage.DRAFT


def test_a_correction_of_a_live_story_asks_for_its_note(
    live: MainWindow, desk: Desk, ferry: str, settle: Settle, qtbot: QtBot, hands: Hands
) -> None:
    notice_button(live, "Correct…").click()
    assert live.centre.sheet.isVisible()


def test_a_draft_has_no_such_notice(
    open_window: OpenWindow, write: Write, settle: Settle, hands: Hands, session: Session
) -> None:
    window = open_window(person=WRITER)
    window.parts.open_story(write("quay"))
    settle()
    hands.type(window.centre.form.headline, "x")
    assert window.centre.form.notice.text() == ""
