"""A box keeps its text: while another is shown, through a crash and a disk that refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from editor.errors import EditorError
from editor.gui.kept.kept_text import KeptText
from editor.gui.session import Session
from editor.store.desk import Desk

Settle = Callable[[], None]


@pytest.fixture
def box(qtbot: QtBot) -> QPlainTextEdit:
    box = QPlainTextEdit()
    qtbot.addWidget(box)
    return box


@pytest.fixture
def kept(session: Session, box: QPlainTextEdit, settle: Settle) -> KeptText:
    kept = KeptText(session, box)
    kept.show("kill:1")
    settle()
    return kept


def after_a_crash(session: Session, key: str, qtbot: QtBot, settle: Settle) -> QPlainTextEdit:
    box = QPlainTextEdit()
    qtbot.addWidget(box)
    KeptText(session, box).show(key)
    settle()
    return box


def test_text_comes_back_with_the_caret_within_two_seconds(
    kept: KeptText, box: QPlainTextEdit, session: Session, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    box.insertPlainText("The source took it back.")
    box.moveCursor(box.textCursor().MoveOperation.PreviousWord)
    at = box.textCursor().position()
    qtbot.waitUntil(lambda: desk.journal.read("kill:1") is not None, timeout=2000)
    again = after_a_crash(session, "kill:1", qtbot, settle)
    assert again.toPlainText() == "The source took it back."
    assert 0 < again.textCursor().position() == at


def test_each_key_has_its_own_text(
    kept: KeptText, box: QPlainTextEdit, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    box.insertPlainText("About one")
    kept.show("kill:2")
    settle()
    assert box.toPlainText() == ""
    box.insertPlainText("About two")
    kept.show("")
    assert box.toPlainText() == ""
    box.insertPlainText("About nothing")
    kept.show("kill:1")
    assert box.toPlainText() == "About one"
    settle()
    assert after_a_crash(session, "kill:2", qtbot, settle).toPlainText() == "About two"


def test_sent_text_is_removed_from_the_journal(
    kept: KeptText, box: QPlainTextEdit, desk: Desk, settle: Settle
) -> None:
    box.insertPlainText("Sent")
    kept.flush()
    settle()
    assert desk.journal.read("kill:1") is not None
    kept.forget("kill:1")
    settle()
    assert (box.toPlainText(), desk.journal.entries()) == ("", {})
    kept.show("kill:2")
    kept.show("kill:1")
    settle()
    assert box.toPlainText() == ""


def test_deleted_text_is_removed_from_the_journal(
    kept: KeptText, box: QPlainTextEdit, desk: Desk, settle: Settle
) -> None:
    box.insertPlainText("Never mind")
    kept.flush()
    box.clear()
    kept.show("kill:2")
    settle()
    assert desk.journal.entries() == {}


def test_disk_that_refuses_is_reported_and_the_text_stays(
    kept: KeptText, box: QPlainTextEdit, desk: Desk, settle: Settle
) -> None:
    problems: list[EditorError] = []
    kept.refused.connect(problems.append)
    drafts = desk.path / "drafts"
    drafts.rmdir()
    drafts.touch()  # where a file is, no folder can be
    box.insertPlainText("Not for this disk")
    kept.flush()
    settle()
    assert len(problems) == 1
    assert box.toPlainText() == "Not for this disk"
    kept.show("kill:2")
    settle()
    assert len(problems) == 2
    kept.show("kill:1")
    assert box.toPlainText() == "Not for this disk"
    drafts.unlink()
    box.insertPlainText(", but for this one")
    kept.flush()
    settle()
    entry = desk.journal.read("kill:1")
    assert entry is not None
    assert entry["text"] == "Not for this disk, but for this one"


def test_box_deleted_while_its_text_is_read(session: Session, desk: Desk, settle: Settle) -> None:
    desk.journal.write("kill:1", {"text": "Too late", "caret": 0})
    box = QPlainTextEdit()
    KeptText(session, box).show("kill:1")
    shiboken6.delete(box)
    settle()
    assert desk.journal.read("kill:1") is not None
