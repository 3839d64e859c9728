"""How the window shows an approval, and the actions after one, in the real window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import Publish, SetPolicy, Submit
from editor.core.policy import FourEyes, Policy
from editor.core.workflow import Publication, Stage
from editor.gui.library.places import REVIEW
from editor.gui.window.main_window import MainWindow
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
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


def test_text_changed_outside_the_desk_invalidates_the_approval_on_screen(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story_id = write("ferry", stage=Stage.APPROVED)
    base = sqlite3.connect(desk.path / DATABASE)
    for (trigger,) in base.execute(
        "select name from sqlite_master where type='trigger'"
    ).fetchall():
        base.execute(f'drop trigger "{trigger}"')
    base.execute("update versions set content = replace(content, 'Monday', 'Sunday')")
    base.commit()
    base.close()
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


def test_locked_key_asks_for_its_passphrase_above_the_story(
    open_window: OpenWindow,
    write: Write,
    settle: Settle,
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("STONEHAND_KEYS", str(tmp_path / "others"))
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    story_id = write("ferry", stage=Stage.REVIEW)
    window = open_window(EDITOR)
    window.places.go(REVIEW)
    settle()
    opened(window, story_id, settle)
    window.menu_actions["primary"].trigger()
    settle()
    bar = window.centre.passphrase
    qtbot.waitUntil(bar.isVisible)
    assert window.centre.isAncestorOf(bar)
    assert "key" in bar.text()
    bar.first.setText("harbour lights")
    bar.again.setText("harbour light")
    bar.unlock()
    assert bar.text() == "The two are not the same."
    bar.again.setText("harbour lights")
    qtbot.keyClick(bar.again, Qt.Key.Key_Return)
    settle()
    assert reading(desk).stored(story_id).state.stage is Stage.APPROVED
    assert not bar.isVisible()


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
