"""The dialog that backs a desk up: where to, how much, and that saves go on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.gui.backups.backup_dialog import BackupDialog
from editor.gui.session import Session
from editor.progress import Progress
from editor.settings import load_settings
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.test_pictures import JPEG

Settle = Callable[[], None]
Open = Callable[[], BackupDialog]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def open_dialog(session: Session, qtbot: QtBot, settle: Settle, folder: Path) -> Open:
    def open_one() -> BackupDialog:
        dialog = BackupDialog(session)
        # Deleted with the test, not by being closed in it.
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.folder.set_path(folder)
        dialog.show()
        settle()
        return dialog

    return open_one


def test_first_backup_is_whole_and_the_next_has_the_changes(
    open_dialog: Open, session: Session, folder: Path, settle: Settle
) -> None:
    dialog = open_dialog()
    assert "the first one has everything" in dialog.latest.text()
    assert not dialog.changes.isVisible()
    dialog.start()
    settle()
    [whole] = folder.glob("Harbour *.zip")
    assert whole.name in dialog.outcome.message.text()
    assert "a whole one of" in dialog.latest.text()
    assert dialog.changes.isVisible()
    assert not dialog.open_folder.isHidden()
    assert load_settings()[0].backup_folders == {str(session.desk.path): str(folder)}
    dialog.start()
    settle()
    assert len([*folder.glob("Harbour *changes.zip")]) == 1
    assert whole.name in dialog.outcome.notices.text()
    assert "what had changed" in dialog.latest.text()
    dialog.whole.setChecked(True)
    dialog.start()
    settle()
    assert len([*folder.iterdir()]) == 3
    assert "a whole one of" in dialog.latest.text()


def test_folder_of_the_last_backup_is_offered_for_this_desk(
    session: Session, folder: Path, qtbot: QtBot, settle: Settle
) -> None:
    session.change_settings(backup_folders={str(session.desk.path): str(folder), "/other": "/o"})
    dialog = BackupDialog(session)
    qtbot.addWidget(dialog)
    settle()
    assert dialog.folder.path == folder


def test_place_that_cannot_be_is_refused_beside_the_path(
    open_dialog: Open, session: Session, tmp_path: Path, settle: Settle
) -> None:
    dialog = open_dialog()
    (tmp_path / "letter.txt").write_text("private", encoding="utf-8")
    for path, words in (
        (session.desk.path / "backups", "inside the desk"),
        (Path("relative"), "whole path"),
        (tmp_path / "letter.txt", "no folder"),
        (tmp_path / "no" / "such", "no folder"),
    ):
        dialog.folder.set_path(path)
        settle()
        assert words in dialog.folder.problem()
        assert words in dialog.folder.edit.accessibleDescription()
        assert not dialog.start_button.isEnabled()
        dialog.start()
        assert dialog.job is None


def test_pictures_that_are_left_out_are_named(
    open_dialog: Open, write: Callable[..., str], session: Session, settle: Settle
) -> None:
    picture = session.desk.pictures.add(JPEG)
    write("ferry", pictures=(picture,))
    (session.desk.path / "pictures" / picture.file).write_bytes(b"damaged")
    dialog = open_dialog()
    dialog.start()
    settle()
    assert dialog.bar.text() == "1 picture is not in the backup."
    assert "ferry" in dialog.bar.accessibleName()


def test_saves_go_on_while_a_backup_is_made(
    open_dialog: Open, session: Session, qtbot: QtBot, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    hold = hold_packing(monkeypatch)
    dialog = open_dialog()
    dialog.start()
    saved: list[object] = []
    session.run(SaveStory(Story(headline="Meanwhile")), owner=dialog, done=saved.append)
    qtbot.waitUntil(lambda: bool(saved), timeout=10_000)
    assert dialog.job is not None
    hold.set()
    settle()
    assert "✓" in dialog.outcome.message.text()
    assert reading(session.desk).count() == 1


def hold_packing(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let no backup be packed until the event is set."""
    hold, report = threading.Event(), Progress.report

    def wait(progress: Progress, done: int, total: int, step: str = "") -> None:
        report(progress, done, total, step)
        if step == "Packing":
            hold.wait(20)
        report(progress, done, total, step)

    monkeypatch.setattr(Progress, "report", wait)
    return hold


@pytest.mark.parametrize("how", ["button", "escape"])
def test_cancelled_backup_leaves_nothing(
    open_dialog: Open, folder: Path, qtbot: QtBot, settle: Settle,
    monkeypatch: pytest.MonkeyPatch, how: str,
) -> None:  # fmt: skip
    hold = hold_packing(monkeypatch)
    dialog = open_dialog()
    dialog.start()
    qtbot.waitUntil(lambda: "Packing" in dialog.outcome.message.text(), timeout=10_000)
    if how == "button":
        dialog.cancel.click()
    else:
        dialog.reject()
    assert dialog.outcome.message.text() == "Cancelling…"
    assert dialog.isVisible()
    hold.set()
    settle()
    assert [*folder.iterdir()] == []
    assert dialog.isVisible() == (how == "button")
    if how == "button":
        assert "Nothing was written" in dialog.outcome.message.text()
        assert dialog.start_button.isEnabled()


def test_bug_in_a_backup_is_said(
    open_dialog: Open, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_dialog()

    def fail(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk, "backup", fail)
    dialog.jobs.crashed.disconnect()  # where the fixture would hear of it
    dialog.start()
    settle()
    assert "Stonehand had an error" in dialog.outcome.message.text()
