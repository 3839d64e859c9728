"""Dialogs closed and deleted while their job runs: nothing is delivered, nothing crashes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.core.people import Role
from editor.core.workflow import Stage
from editor.gui.banner.editor import BannerEditor
from editor.gui.exporting.check_dialog import CheckDialog
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.jobs import Jobs, Lane
from editor.gui.preferences.log import LogDialog
from editor.gui.preferences.masthead import MastheadDialog
from editor.gui.preferences.paper import PaperDialog
from editor.gui.session import Session
from editor.progress import Progress
from tests.people import joining

Settle = Callable[[], None]


class Gate:
    """Holds every lane, so that what is asked for now runs only after `open`."""

    def __init__(self, jobs: Jobs, session: Session) -> None:
        self._opened = threading.Event()
        lanes: dict[Lane, int] = {"store": 1, "journal": 1, "render": 1, "work": 2}
        for lane, threads in lanes.items():
            for _number in range(threads):
                jobs.run(self._wait, owner=session, lane=lane)

    def open(self) -> None:
        self._opened.set()

    def _wait(self, _progress: Progress) -> None:
        self._opened.wait(20)


@pytest.fixture
def hold(jobs: Jobs, session: Session) -> Iterator[Callable[[], Gate]]:
    gates: list[Gate] = []

    def close_gate() -> Gate:
        gates.append(Gate(jobs, session))
        return gates[-1]

    yield close_gate
    for gate in gates:
        gate.open()


def delete_now(dialog: QDialog | BannerEditor) -> None:
    """Let a closed dialog be deleted, as the event loop does soon after."""
    dialog.close()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(dialog)


def export(session: Session, folder: Path) -> QDialog:
    dialog = ExportDialog(session)
    dialog.target.set_path(folder / "site")
    dialog.start()
    return dialog


def check(session: Session, folder: Path) -> QDialog:
    dialog = CheckDialog(session.jobs)
    dialog.check(folder)
    return dialog


def paste(session: Session, folder: Path) -> QDialog:
    file = folder / "wire.txt"
    file.write_text("Ferry back on Monday\n\nThe line said so.", encoding="utf-8")
    dialog = PasteDialog(session)
    dialog.open_file(file)
    return dialog


def paper(session: Session, _folder: Path) -> QDialog:
    dialog = PaperDialog(session)
    dialog.fields["name"].set_text("The Tide")
    dialog.save.click()
    return dialog


def masthead(session: Session, _folder: Path) -> QDialog:
    dialog = MastheadDialog(session)
    dialog.new.added.emit(joining("Noor Hale", Role.EDITOR))
    return dialog


def log(session: Session, _folder: Path) -> QDialog:
    dialog = LogDialog(session)
    dialog.verify.click()
    return dialog


@pytest.mark.parametrize("make", [export, check, paste, paper, masthead, log])
def test_dialog_deleted_during_its_job_gets_no_answer(
    make: Callable[[Session, Path], QDialog], session: Session, write: Callable[..., str],
    hold: Callable[[], Gate], tmp_path: Path, settle: Settle,
) -> None:  # fmt: skip
    write("ferry", stage=Stage.APPROVED)
    gate = hold()
    dialog = make(session, tmp_path)
    dialog.show()
    QDialog.reject(dialog)  # whatever the dialog itself waits for before it closes
    delete_now(dialog)
    gate.open()
    settle()


def test_banner_editor_deleted_during_its_jobs_gets_no_answer(
    session: Session, hold: Callable[[], Gate], settle: Settle, qtbot: QtBot
) -> None:
    gate = hold()
    editor = BannerEditor(session)
    editor.add()
    editor.draft.set_field(0, "title", "Ferry back on Monday")
    editor.draft.save()
    editor._checks.ask(0)
    delete_now(editor)
    gate.open()
    settle()
    assert session.banner.briefs[0].title == "Ferry back on Monday", "the save itself is not lost"
