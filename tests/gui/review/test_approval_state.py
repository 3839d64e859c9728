"""How the window shows an approval, and the actions after one, in the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import Kill, Publish, SetPolicy, Submit
from editor.core.policy import FourEyes, Policy
from editor.core.workflow import Publication, Stage
from editor.gui.library.places import REVIEW
from editor.gui.window.main_window import MainWindow
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from tests.databases import open_database
from tests.people import approving
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"
OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]
Write = Callable[..., str]


@pytest.fixture
def live(desk: Desk, write: Write) -> str:
    story_id = write("ferry", stage=Stage.APPROVED)
    desk.do(Publish(story_id, 1), CHIEF)
    return story_id


def opened(window: MainWindow, story_id: str, settle: Settle) -> None:
    window.parts.open_story(story_id)
    settle()


def test_stage_chip_names_who_approved(
    open_window: OpenWindow, write: Write, settle: Settle
) -> None:
    window = open_window(EDITOR)
    opened(window, write("ferry", stage=Stage.APPROVED), settle)
    assert window.top.stage.text() == "Approved"
    assert window.top.stage.toolTip() == "Approved by Mara Quill · signature verified."


def change(desk: Desk, statement: str) -> None:
    """Change the database as somebody with the folder could."""
    base = open_database(desk.path / DATABASE)
    for (trigger,) in base.execute(
        "select name from sqlite_master where type='trigger'"
    ).fetchall():
        base.execute(f'drop trigger "{trigger}"')
    base.execute(statement)
    base.commit()
    base.close()


def test_altered_text_is_never_shown_and_other_stories_still_open(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    other = write("market")
    story_id = write("ferry", stage=Stage.APPROVED)
    change(
        desk,
        "update versions set content = packed(replace(unpacked(content), 'Monday', 'Sunday')) "
        f"where story = '{story_id}'",
    )
    window = open_window(EDITOR)
    opened(window, other, settle)
    opened(window, story_id, settle)
    assert window.centre.page() is window.centre.unreadable
    assert "ferry" in window.draft.open_error.sentence
    assert not window.draft.open_story.is_open, "nor the story that was open before"
    opened(window, other, settle)
    assert window.draft.typed.slug == "market"
    assert window.centre.page() is not window.centre.unreadable


def test_altered_approval_is_named_on_screen(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story_id = write("ferry", stage=Stage.APPROVED)
    change(desk, "update approvals set token = replace(token, '.', '.A')")
    window = open_window(EDITOR)
    opened(window, story_id, settle)
    assert window.top.stage.text() == "Approval not valid"
    assert window.centre.refusal.text().startswith("Not valid: ")
    assert window.centre.isAncestorOf(window.centre.refusal)


def test_only_allowed_actions_are_enabled(
    open_window: OpenWindow, live: str, write: Write, settle: Settle
) -> None:
    window = open_window(EDITOR)
    opened(window, live, settle)
    able = {name: window.menu_actions[name].isEnabled() for name in ("correct", "update", "kill")}
    assert able == {"correct": True, "update": True, "kill": True}
    assert window.top.stage.text() == "Approved · live"
    opened(window, write("draft", by=EDITOR), settle)
    names = ("publish", "correct", "update", "kill")
    assert not any(window.menu_actions[name].isEnabled() for name in names)


def test_publish_action_publishes_the_story(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story_id = write("ferry", stage=Stage.APPROVED)
    window = open_window(EDITOR)
    opened(window, story_id, settle)
    window.menu_actions["publish"].trigger()
    settle()
    assert reading(desk).stored(story_id).state.publication is Publication.LIVE


def test_correction_needs_the_note_that_readers_see(
    open_window: OpenWindow, live: str, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    window = open_window(EDITOR)
    opened(window, live, settle)
    window.menu_actions["correct"].trigger()
    sheet = window.centre.sheet
    assert sheet.isVisible()
    assert window.centre.isAncestorOf(sheet)
    assert not sheet.send_button.isEnabled()
    qtbot.keyClicks(sheet.text, "The day was wrong.")
    qtbot.keyClick(sheet.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    stored = reading(desk).stored(live)
    assert [correction.text for correction in stored.story.corrections] == ["The day was wrong."]
    assert stored.state.stage is Stage.REVIEW
    assert window.draft.typed.corrections


def test_kill_needs_a_note(
    open_window: OpenWindow, live: str, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    window = open_window(EDITOR)
    opened(window, live, settle)
    window.menu_actions["kill"].trigger()
    qtbot.keyClick(window.centre.sheet.text, Qt.Key.Key_Escape)
    assert not window.centre.sheet.isVisible()
    window.menu_actions["kill"].trigger()
    qtbot.keyClicks(window.centre.sheet.text, "The source took it back.")
    window.centre.sheet.send()
    settle()
    assert reading(desk).stored(live).state.publication is Publication.KILLED


def test_passphrase_is_asked_once_above_the_story_and_signs_what_waited(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    story_id, other = write("ferry", stage=Stage.REVIEW), write("market", stage=Stage.REVIEW)
    desk.lock_keys()
    window = open_window(EDITOR)
    window.places.go(REVIEW)
    settle()
    opened(window, story_id, settle)
    bar = window.centre.passphrase
    window.centre.switch()
    qtbot.keyClicks(window.centre.form.headline, "Late: ")
    window.draft.save()
    settle()
    assert not bar.isVisible(), "a save waits unsigned, and nobody is asked"
    assert reading(desk).verify_audit().unsigned == ((EDITOR, 2),)
    window.menu_actions["return"].trigger()
    window.centre.sheet.text.setPlainText("Which pier?")
    window.centre.sheet.send()
    settle()
    assert bar.isVisible()
    assert window.centre.isAncestorOf(bar)
    assert bar.field.first.hasFocus()
    qtbot.keyClicks(bar.field.first, "harbour lights")
    qtbot.keyClick(bar.field.first, Qt.Key.Key_Return)
    settle()
    assert "does not open this key" in bar.field.problem()
    assert bar.isVisible()
    assert reading(desk).stored(story_id).state.stage is Stage.REVIEW
    qtbot.keyClicks(bar.field.first, "test")
    qtbot.keyClick(bar.field.first, Qt.Key.Key_Return)
    settle()
    assert not bar.isVisible()
    assert reading(desk).stored(story_id).state.stage is Stage.DRAFT
    assert reading(desk).verify_audit().unsigned == ()
    opened(window, other, settle)
    window.menu_actions["primary"].trigger()
    settle()
    assert not bar.isVisible(), "once a session"
    assert reading(desk).stored(other).state.stage is Stage.APPROVED


def test_whoever_does_not_sign_now_loses_nothing(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    story_id = write("ferry", stage=Stage.REVIEW)
    desk.lock_keys()
    window = open_window(EDITOR)
    opened(window, story_id, settle)
    window.menu_actions["primary"].trigger()
    settle()
    bar = window.centre.passphrase
    qtbot.keyClick(bar.field.first, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.centre.problem.text() == ""
    window.menu_actions["primary"].trigger()
    settle()
    assert bar.isVisible(), "it can be tried again"
    bar.close_bar()


def test_self_approval_is_named_on_the_stage_chip(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    desk.do(SetPolicy(Policy(FourEyes.NEVER)), CHIEF)
    story_id = write("ferry", by=EDITOR)
    desk.do(Submit(story_id, 1), EDITOR)
    desk.do(approving(desk, story_id, 1), EDITOR)
    window = open_window(EDITOR)
    opened(window, story_id, settle)
    assert window.top.stage.text() == "Self-approved"
    assert "Self-approved: Theo Marsh" in window.top.stage.toolTip()


def test_a_killed_story_is_killed_and_not_doubted(
    open_window: OpenWindow, live: str, desk: Desk, settle: Settle
) -> None:
    desk.do(Kill(live, 1, "It was never true."), CHIEF)
    window = open_window(EDITOR)
    opened(window, live, settle)
    assert window.top.stage.text() == "Killed"
    assert window.centre.refusal.text() == ""
