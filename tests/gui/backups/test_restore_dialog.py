"""The dialog that makes a desk from a backup: it asks before anything is undone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import Kill, Publish
from editor.core.workflow import Stage
from editor.gui.backups.restore_dialog import RestoreDialog
from editor.gui.session import Session
from editor.progress import Progress
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF
from tests.reading import reading

Settle = Callable[[], None]


@pytest.fixture
def backup(desk: Desk, write: Callable[..., str], tmp_path: Path) -> Path:
    write("ferry")
    return desk.backup(tmp_path / "Paper.zip").file


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, tmp_path: Path, settle: Settle) -> RestoreDialog:
    made = RestoreDialog(session.jobs, tmp_path)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def test_backup_becomes_a_new_desk_that_can_be_opened(
    dialog: RestoreDialog, backup: Path, tmp_path: Path, settle: Settle
) -> None:
    assert not dialog.start_button.isEnabled()
    dialog.file.set_path(backup)
    settle()
    assert dialog.target.path == tmp_path / "Paper.desk"
    dialog.start()
    settle()
    assert "Paper.desk\u2069 is restored" in dialog.outcome.message.text()
    assert not dialog.start_button.isEnabled()
    wanted: list[str] = []
    dialog.desk_wanted.connect(wanted.append)
    dialog.open_desk.click()
    assert wanted == [str(tmp_path / "Paper.desk")]
    with Desk.open(tmp_path / "Paper.desk") as again:
        assert reading(again).count() == 1


def test_place_where_something_is_is_refused(
    dialog: RestoreDialog, backup: Path, desk: Desk, tmp_path: Path, settle: Settle
) -> None:
    dialog.file.set_path(backup)
    for path, words in (
        (desk.path, "inside the desk"),
        (desk.path / "New.desk", "inside the desk"),
        (tmp_path, "already something"),
        (tmp_path / "no" / "such.desk", "no folder"),
    ):
        dialog.target.set_path(path)
        settle()
        assert words in dialog.target.problem()
        assert not dialog.start_button.isEnabled()
    dialog.target.set_path(tmp_path / "New.desk")
    dialog.file.set_path(tmp_path / "no such.zip")
    settle()
    assert dialog.file.problem() == "There is no such file."
    assert not dialog.start_button.isEnabled()


def test_file_that_is_no_backup_is_refused(
    dialog: RestoreDialog, tmp_path: Path, settle: Settle
) -> None:
    (tmp_path / "letter.zip").write_bytes(b"private")
    dialog.file.set_path(tmp_path / "letter.zip")
    settle()
    dialog.start()
    settle()
    assert "letter.zip is not a backup" in dialog.bar.text()
    assert not (tmp_path / "letter.desk").exists()


def test_older_backup_lists_what_it_would_undo_and_waits_for_a_choice(
    dialog: RestoreDialog, desk: Desk, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    ferry = write("ferry", stage=Stage.APPROVED)
    desk.do(Publish(ferry, 1), CHIEF)
    backup = desk.backup(tmp_path / "Paper.zip").file
    desk.do(Kill(ferry, 1, "Wrong."), CHIEF)
    shutil.copy(backup, tmp_path / "Other.zip")
    dialog.file.set_path(backup)
    settle()
    dialog.start()
    settle()
    assert dialog.undone.isVisible()
    shown = [dialog.undone.item(n).text() for n in range(dialog.undone.count())]
    assert any("ferry" in text for text in shown)
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d: ", text) for text in shown)
    assert not dialog.undone.horizontalScrollBar().isVisible()
    height = dialog.height()
    assert dialog.start_button.text() == "&Restore all the same"
    assert not (tmp_path / "Paper.desk").exists()
    dialog.file.set_path(tmp_path / "Other.zip")
    settle()
    assert not dialog.undone.isVisible()
    assert dialog.height() < height - dialog.undone.minimumHeight()
    assert dialog.start_button.text() == "&Restore"
    dialog.start()
    settle()
    assert dialog.undone.isVisible(), "what was answered for one file is no answer for another"
    dialog.start()
    settle()
    assert "Other.desk\u2069 is restored" in dialog.outcome.message.text()


def test_cancelled_restore_leaves_nothing(
    dialog: RestoreDialog, backup: Path, tmp_path: Path, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before, report = sorted(tmp_path.rglob("*")), Progress.report

    def cancel(progress: Progress, done: int, total: int, step: str = "") -> None:
        if step == "Verifying":
            progress.cancel()
        report(progress, done, total, step)

    monkeypatch.setattr(Progress, "report", cancel)
    dialog.file.set_path(backup)
    settle()
    dialog.start()
    settle()
    assert dialog.outcome.message.text() == "Cancelled. Nothing was written."
    assert sorted(tmp_path.rglob("*")) == before
    assert dialog.start_button.isEnabled()
