"""The log of a story and of the desk, and what verifying it says."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import AddNote, ResolveNote, SaveBanner
from editor.core.workflow import Stage
from editor.gui.preferences.log import LogDialog, describe_report
from editor.gui.session import Session
from editor.progress import Progress
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.reading.rows import AuditReport
from editor.store.reading.snapshot import Snapshot
from tests.gui.conftest import EDITOR, WRITER
from tests.people import approving_banner
from tests.reading import reading

Settle = Callable[[], None]


def cells(dialog: LogDialog, column: int) -> list[str]:
    model = dialog.model
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def test_log_of_a_story_says_who_did_what(
    session: Session, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    story = write("ferry", stage=Stage.APPROVED)
    write("market")
    dialog = LogDialog(session, story)
    qtbot.addWidget(dialog)
    settle()
    assert cells(dialog, 2) == ["approved version 1", "submitted version 1", "saved version 1"]
    assert cells(dialog, 1) == ["Mara Quill", "Ines Vale", "Ines Vale"]


def test_unchanged_log_is_verified(
    session: Session, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = LogDialog(session)
    qtbot.addWidget(dialog)
    settle()
    dialog.verify.click()
    settle()
    assert "verified: nothing was changed." in dialog.verdict.text()


def test_changed_row_is_named(
    session: Session, desk: Desk, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    write("ferry", stage=Stage.APPROVED)
    base = sqlite.connect(desk.path / DATABASE)
    names = base.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    for (name,) in names:
        base.execute(f'drop trigger "{name}"')
    base.execute("update events set body = replace(body, 'Ines Vale', 'Somebody Else')")
    base.commit()
    base.close()
    dialog = LogDialog(session)
    qtbot.addWidget(dialog)
    settle()
    dialog.verify.click()
    settle()
    assert dialog.verdict.text().startswith("The log breaks at row ")


def test_verdict_says_what_is_not_signed_and_what_else_should_be_known() -> None:
    report = AuditReport(12, unsigned=(("Ines Vale", 3),), notices=("The clock is behind.",))
    assert describe_report(report) == (
        "All 12 rows verified: nothing was changed. "
        "Not signed yet: 3 of Ines Vale; they are signed with what the person decides next. "
        "The clock is behind."
    )


def test_every_event_has_words_of_its_own(
    session: Session, desk: Desk, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    story = write("ferry")
    desk.do(AddNote(story, "Which pier?"), WRITER)
    [note] = reading(desk).notes(story)
    desk.do(ResolveNote(story, note.id), EDITOR)
    desk.do(ResolveNote(story, note.id, False), EDITOR)
    desk.do(SaveBanner(Banner((Brief("b1", "Ferry back", "On Monday."),)), Banner().hash), WRITER)
    desk.do(approving_banner(desk), EDITOR)
    dialog = LogDialog(session)
    qtbot.addWidget(dialog)
    settle()
    shown = cells(dialog, 2)
    assert {
        "founded the desk",
        "opened a log on their computer",
        "approved the banner",
        "changed the banner",
        "wrote a note",
        "resolved a note",
        "reopened a note",
        "signed the masthead",
        "changed the paper’s facts",
    } <= set(shown)


def test_verifying_is_cancelled_and_can_be_begun_again(
    session: Session, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    write("ferry")
    dialog = LogDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    dialog.verify.click()
    assert dialog.cancel.isVisible()
    assert not dialog.verify.isVisible()
    dialog.cancel.click()
    settle()
    assert dialog.verdict.text() == "Cancelled: not all was verified."
    assert not dialog.cancel.isVisible()
    dialog.verify.click()
    settle()
    assert "nothing was changed." in dialog.verdict.text()


def test_saves_go_on_while_the_desk_is_verified(
    session: Session,
    write: Callable[..., str],
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("ferry")
    dialog = LogDialog(session)
    qtbot.addWidget(dialog)
    settle()
    go_on, verify = threading.Event(), Snapshot.verify_audit

    def waiting(snapshot: Snapshot, progress: Progress) -> AuditReport:
        go_on.wait(20)
        return verify(snapshot, progress)

    monkeypatch.setattr(Snapshot, "verify_audit", waiting)
    dialog.verify.click()
    story = write("market")
    read: list[str] = []
    session.ask(lambda snapshot: snapshot.row(story).slug, owner=dialog, done=read.append)
    qtbot.waitUntil(lambda: read == ["market"])
    go_on.set()
    settle()
    assert "nothing was changed." in dialog.verdict.text()
