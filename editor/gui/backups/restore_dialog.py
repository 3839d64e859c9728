"""The dialog that makes a new desk from a backup."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from editor.errors import EditorError, WouldUndo
from editor.gui.backups.places import problem_of_backup, problem_of_new_desk
from editor.gui.jobs import Jobs
from editor.gui.path_field import PathField
from editor.gui.widgets.job_dialog import JobDialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import button, column, label
from editor.i18n import _, isolated, plural
from editor.places import data_folder
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.store.reading.rows import AuditReport

_LEAST_LINES = 5
"""How many lines of what would be undone are always seen."""


class RestoreDialog(JobDialog):
    """Makes a desk in a new folder; what is there is never replaced."""

    desk_wanted = Signal(str)
    """The path of the restored desk, to be opened."""

    def __init__(
        self, jobs: Jobs, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        """`folder` is where the new desk is offered to be, else among the other desks."""
        super().__init__(_("Restore a backup"), jobs, _("&Restore"), parent)
        self.start_button.clicked.connect(self.start)
        self.ended.connect(self.show_state)
        self._folder = folder or data_folder()
        self._undoing: Path | None = None
        self._restored: Path | None = None
        filter = _("Backups (*.zip);;All files (*)")
        self.file = PathField(jobs, _("Backup"), problem_of_backup, files=filter)
        self.target = PathField(jobs, _("New desk"), problem_of_new_desk)
        self.undone = QListWidget()
        self.undone.setAccessibleName(_("What was done since"))
        self.undone.setWordWrap(True)
        self.undone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.undone.setSpacing(2)
        self.undone.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self._older = QWidget()
        self.open_desk = button(_("&Open the desk"), self._open, "primary")
        self._lay_out()
        self.file.changed.connect(self._offer_name)
        for field in (self.file, self.target):
            field.changed.connect(self._forget_answer)
            field.checked.connect(self.show_state)
        self.show_state()

    def start(self) -> None:
        """Restore the backup, unless there is a problem with it or with the place."""
        if self.job is not None or not self.start_button.isEnabled():
            return
        file, path = self.file.path, self.target.path
        undo = self._undoing == file
        self._older.hide()
        self.open_desk.hide()
        self.fit()
        self.run(
            partial(_restore, file, path, undo),
            partial(self._finish, path),
            partial(self._refuse, file),
        )

    def show_state(self) -> None:
        is_chosen = bool(self.file.edit.text().strip() and self.target.edit.text().strip())
        problem = self.file.problem() or self.target.problem()
        self.start_button.setEnabled(self.job is None and is_chosen and not problem)
        asks = self._undoing is not None
        self.start_button.setText(_("&Restore all the same") if asks else _("&Restore"))

    def _lay_out(self) -> None:
        column(
            label(
                _("The backup is older than the desk. On the new desk this is not done:"),
                "strong",
                wrap=True,
            ),
            self.undone,
            label(
                _(
                    "A story that was killed since is live again there. The desk that you "
                    "have stays as it is. Restore it all the same only if the chief agrees."
                ),
                "hint",
                wrap=True,
            ),
            inside=self._older,
            spacing=6,
        )
        self._older.hide()
        self.lay_out_options(
            column(
                LabelRow(_("Backup"), self.file.edit, follows=True),
                self.file,
                label(
                    _("A file of changes needs the whole backup that it builds on, beside it."),
                    "hint",
                    wrap=True,
                ),
                LabelRow(_("New desk"), self.target.edit, follows=True),
                self.target,
                8,
                self._older,
                spacing=6,
            ),
            self.open_desk,
        )

    def _offer_name(self) -> None:
        """Offer a place that is named for the backup, unless a person gave one."""
        if not self.target.is_own and self.file.edit.text().strip():
            self.target.show_path(self._folder / f"{self.file.path.stem}.desk")

    def _forget_answer(self) -> None:
        """Forget what was asked about another file, or another place."""
        self.bar.clear()
        self._older.hide()
        self._undoing = None
        self.fit()
        self.show_state()

    def _refuse(self, file: Path, error: EditorError) -> None:
        if not isinstance(error, WouldUndo):
            self.bar.show_error(error)
            return
        self._undoing = file
        self.undone.clear()
        self.undone.addItems(error.undone)
        self._older.show()
        self.fit()
        self.show_state()

    def _finish(self, path: Path, report: AuditReport) -> None:
        self._undoing, self._restored = None, path
        self.show_state()
        rows = plural("{n} row", "{n} rows", report.rows)
        self.outcome.show_result(
            _("✓ {desk} is restored.").format(desk=isolated(path.name)),
            [
                _("Verified {rows} of its log, in {folder}.").format(
                    rows=rows, folder=isolated(str(path.parent))
                )
            ],
        )
        self.start_button.setEnabled(False)
        self.open_desk.show()
        self.open_desk.setFocus()

    def _open(self) -> None:
        if self._restored is not None:
            self.desk_wanted.emit(str(self._restored))
            self.accept()


def ask_for_backup(
    parent: QWidget | None, last_desk: str, open_desk: Callable[[str], object]
) -> None:
    """Ask for a backup of whatever desk, to restore it beside the last desk that was open.

    Its jobs are its own: it can be done where no desk opens any more.
    """
    app = QApplication.instance()
    jobs = Jobs(app)
    dialog = RestoreDialog(jobs, Path(last_desk).parent if last_desk else None, parent)
    dialog.desk_wanted.connect(open_desk)
    dialog.finished.connect(jobs.close)
    if app is not None:
        app.aboutToQuit.connect(jobs.cancel_work)
    dialog.open()


def _restore(file: Path, path: Path, undo: bool, progress: Progress) -> AuditReport:
    from editor.opening import restore_desk  # noqa: PLC0415  the first paint needs nothing of it

    return restore_desk(file, path, undo=undo, progress=progress)
