"""Somebody whose key is not on this computer reads, and loses nothing of what they type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.people import Role
from editor.core.workflow import Stage
from editor.gui.preferences.join import JoinDialog
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from editor.store.log import pins
from editor.trust.keyring import KeyFolder, choose_key_store, ensure_key
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.people import joining
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


def test_line_at_the_top_says_so_and_leads_to_join(
    open_window: OpenWindow, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    lina = "لينا الأولى"
    desk.do(joining(lina, Role.EDITOR, KeyFolder(tmp_path / "elsewhere", "x", cost=1)), CHIEF)
    window = open_window(EDITOR)
    assert not window.reading_line.isVisible()
    window.session.set_person(lina)
    assert window.reading_line.text() == f"Reading only: {lina}’s key is not on this computer"
    window.reading_line.join.click()
    dialog = window.findChild(JoinDialog)
    assert dialog is not None
    assert dialog.name.text() == lina
    dialog.make.setEnabled(True)
    dialog.make.click()
    settle()
    assert "not on the masthead yet" in window.reading_line.text()
    dialog.reject()
    key = choose_key_store().public_key(lina)
    desk.do(replace(joining(lina, Role.EDITOR), key=key.line(lina)), CHIEF)
    window.session.check_for_changes()
    settle()
    settle()
    assert window.reading_line.text() == ""


def test_typed_text_is_kept_and_becomes_a_version_when_the_key_is_there(
    lina: str, open_window: OpenWindow, write: Write, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    story, other = write("ferry"), write("market")
    window = open_window(lina)
    window.parts.show_story(story)
    settle()
    qtbot.keyClicks(window.centre.form.headline, "Late: ")
    window.draft.save()
    settle()
    assert window.status.saved.text().startswith("Kept on this computer")
    assert window.centre.problem.text() == ""
    window.parts.show_story(other)
    settle()
    assert window.centre.problem.text() == "", "leaving it is no problem either"
    assert reading(desk).stored(story).version == 1
    window.parts.show_story(story)
    settle()
    assert window.draft.typed.headline.startswith("Late: ")
    window.session.set_person(EDITOR)
    window.draft.save()
    settle()
    assert reading(desk).stored(story).story.headline.startswith("Late: ")


def test_nothing_is_offered_that_needs_the_key(
    lina: str, open_window: OpenWindow, write: Write, settle: Settle
) -> None:
    story = write("ferry", stage=Stage.REVIEW)
    window = open_window(lina)
    window.parts.show_story(story)
    settle()
    assert window.top.primary.text() == "Export…"
    assert not any(window.menu_actions[name].isEnabled() for name in ("return", "spike"))
    window.session.set_person(EDITOR)
    assert window.top.primary.text() == "Approve this version"


def test_people_whose_key_is_here_come_first(lina: str, open_window: OpenWindow) -> None:
    window = open_window(EDITOR)
    menu = window.menu_actions.submenu("people")
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert set(texts[:-1]) == {CHIEF, EDITOR, WRITER}
    assert texts[-1] == f"{lina} (reading only)"


def test_desk_that_was_turned_back_is_named_at_the_top(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story = write("ferry", stage=Stage.REVIEW)
    chain = reading(desk).masthead()
    newer = replace(chain.latest, number=chain.latest.number + 1)
    later = replace(chain, mastheads=(*chain.mastheads, newer), hashes=(*chain.hashes, "0" * 64))
    pins.remember(desk.path, later, {})
    window = open_window(EDITOR)
    window.parts.show_story(story)
    settle()
    assert "an older one was put in its place" in window.reading_line.text()
    assert window.top.primary.text() == "Export…", "nothing is approved on such a desk"
    assert window.reading_line.masthead.isVisible()
    assert not window.reading_line.join.isVisible()


def test_keys_are_locked_by_the_menu_and_after_a_time_without_use(
    open_window: OpenWindow,
    session: Session,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from editor.gui.window.idle_lock import IdleLock

    window = open_window(EDITOR)
    idle = window.findChild(IdleLock)
    assert idle.timer.interval() == 60 * 60_000
    window.menu_actions["lock_keys"].trigger()
    settle()
    assert session.keys.is_locked(EDITOR)
    assert window.centre.toast.text() == "Keys locked."
    assert not window.menu_actions["lock_keys"].isEnabled()
    assert not idle.timer.isActive(), "there is nothing to lock"
    session.keys.unlock(EDITOR, "test", owner=window, done=lambda: None, failed=lambda _e: None)
    settle()
    session.change_settings(lock_keys_after=15)
    assert idle.timer.interval() == 15 * 60_000
    idle.timer.start()
    handle = window.windowHandle()
    QApplication.focusWindow()
    idle._watch(handle)
    begun: list[bool] = []
    with monkeypatch.context() as watched:
        timer = SimpleNamespace(isActive=idle.timer.isActive, start=lambda: begun.append(True))
        watched.setattr(idle, "timer", timer)
        QTest.keyClick(handle, Qt.Key.Key_X)  # as the system gives it: to the window, not a field
    assert begun, "the time begins again with every key"
    idle.timer.start(1)
    qtbot.waitUntil(lambda: session.keys.is_locked(EDITOR), timeout=5_000)
    session.change_settings(lock_keys_after=0)
    assert not idle.timer.isActive()


def test_nothing_is_locked_on_a_desk_whose_keys_need_no_passphrase(
    open_window: OpenWindow, session: Session
) -> None:
    window = open_window(EDITOR)
    session.keys.known = replace(session.keys.known, has_passphrase=False)
    session.keys.changed.emit()
    assert not window.menu_actions["lock_keys"].isEnabled()
    assert [button.text() for button in window.reading_line.findChildren(QPushButton)]


def test_key_of_another_is_no_key_of_theirs(
    desk: Desk, tmp_path: Path, open_window: OpenWindow, settle: Settle
) -> None:
    lina = "لينا الثانية"
    ensure_key(choose_key_store(), lina)
    desk.do(joining(lina, Role.EDITOR, KeyFolder(tmp_path / "elsewhere", "x", cost=1)), CHIEF)
    window = open_window(CHIEF)
    window.session.set_person(lina)
    window.session.keys.read()
    settle()
    assert "not on the masthead yet" in window.reading_line.text()
