"""The log of a story and of the desk, and what verifying it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.gui.preferences.log import LogDialog
from editor.gui.session import Session
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk

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
    base = sqlite3.connect(desk.path / DATABASE)
    names = base.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    for (name,) in names:
        base.execute(f'drop trigger "{name}"')
    base.execute("update audit set person = 'Somebody Else' where action = 'submitted'")
    base.commit()
    base.close()
    dialog = LogDialog(session)
    qtbot.addWidget(dialog)
    settle()
    dialog.verify.click()
    settle()
    assert dialog.verdict.text().startswith("The log breaks at row ")
