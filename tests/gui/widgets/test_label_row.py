"""The line above a field is nearer to its own field than to the one before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.backups.backup_dialog import BackupDialog
from editor.gui.backups.restore_dialog import RestoreDialog
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.window.new_desk import NewDeskDialog

Make = Callable[[Session, Jobs], Dialog]


def edges(dialog: Dialog, widget: QWidget) -> tuple[int, int]:
    """Return where a widget begins and ends, from the top of its dialog."""
    top = widget.mapTo(dialog, QPoint()).y()
    return top, top + widget.height()


def gaps(dialog: Dialog) -> dict[str, tuple[int, int]]:
    """Return how far each label is from what is above it, and from its field, in pixels."""
    found: dict[str, tuple[int, int]] = {}
    parts = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QLabel)]
    others = [part for part in parts if part.isVisible()]
    for line in dialog.findChildren(LabelRow):
        [name] = (label for label in line.findChildren(QLabel) if label.buddy() is not None)
        buddy = name.buddy()
        if not line.isVisible() or buddy is None:
            continue
        top, bottom = edges(dialog, name)
        above = [end for part in others if (end := edges(dialog, part)[1]) <= top]
        if above:
            found[name.text()] = top - max(above), edges(dialog, buddy)[0] - bottom
    return found


@pytest.mark.parametrize(
    ("make", "least"),
    [
        (lambda _session, _jobs: NewDeskDialog(begins_story=True), 3),
        (lambda session, _jobs: BackupDialog(session), 0),
        (lambda _session, jobs: RestoreDialog(jobs), 1),
    ],
)
def test_labels_are_nearer_to_their_own_field(
    session: Session, jobs: Jobs, qtbot: QtBot, make: Make, least: int
) -> None:
    dialog = make(session, jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    found = gaps(dialog)
    assert len(found) >= least
    for name, (above, below) in found.items():
        assert below < above, name
