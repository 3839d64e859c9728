"""The dialog that backs the open desk up into a folder of backups."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QRadioButton, QWidget

from editor.core import times
from editor.gui.backups.places import documents, find_latest, problem_of_series
from editor.gui.coalescer import LastAnswer
from editor.gui.path_field import PathField
from editor.gui.session import Session
from editor.gui.widgets.job_dialog import JobDialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import button, column, label
from editor.gui.widgets.outside import open_file
from editor.i18n import _, isolated, plural, size_text
from editor.progress import Progress
from editor.store.backup_series import SeriesBackup
from editor.store.disk_errors import from_os
from editor.targets import check_outside_desks

if TYPE_CHECKING:
    from editor.store.backup import BackupReport
    from editor.store.desk import Desk


class BackupDialog(JobDialog):
    """Backs the desk up while it is in use; nothing that is saved meanwhile has to wait."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Back up"), session.jobs, _("&Back up"), parent)
        self.start_button.clicked.connect(self.start)
        self.ended.connect(self.show_state)
        self._session = session
        self._answer = LastAnswer()
        self._written: Path | None = None
        self.folder = PathField(session.jobs, _("Folder of the backups"), problem_of_series)
        self.latest = label(_("Looking in the folder…"), "hint", wrap=True)
        self.changes = QRadioButton(_("Only &what changed since the last whole backup"))
        self.whole = QRadioButton(_("&Everything"))
        self.changes.setChecked(True)
        self._what = QWidget()
        column(
            label(_("What"), "label"),
            self.changes,
            self.whole,
            inside=self._what,
            spacing=6,
            margins=(0, 6),
        )
        self._what.hide()
        self.open_folder = button(_("Open &folder"), self._open_folder)
        self.lay_out_options(
            column(
                LabelRow(_("Folder of the backups"), self.folder.edit, follows=True),
                self.folder,
                self.latest,
                self._what,
                label(
                    _("Pictures and unsaved text are in it; keys are not: they belong to people."),
                    "hint",
                    wrap=True,
                ),
                spacing=6,
            ),
            self.open_folder,
        )
        self.folder.changed.connect(self._look)
        self.folder.changed.connect(self.bar.clear)
        self.folder.checked.connect(self.show_state)
        self.folder.show_path(self._usual_folder())

    def start(self) -> None:
        """Write a backup into the folder, unless there is a problem with it."""
        if self.job is not None or not self.start_button.isEnabled():
            return
        self.open_folder.hide()
        folder, desk, is_whole = self.folder.path, self._session.desk, self.whole.isChecked()
        self.run(
            partial(_back_up, desk, folder, is_whole),
            partial(self._finish, folder),
            self.bar.show_error,
        )

    def show_state(self) -> None:
        self.start_button.setEnabled(self.job is None and not self.folder.problem())

    def _usual_folder(self) -> Path:
        desk = self._session.desk.path
        remembered = self._session.settings.backup_folders.get(str(desk))
        return Path(remembered) if remembered else documents() / f"{desk.stem} backups"

    def _look(self) -> None:
        """Ask which backups are in the folder."""
        folder, desk = self.folder.path, self._session.desk.path
        self.jobs.run(
            lambda _progress: find_latest(folder, desk),
            owner=self,
            done=self._answer.only(self._show_latest),
        )

    def _show_latest(self, found: SeriesBackup | None) -> None:
        self._what.setVisible(found is not None)
        if found is None:
            sentence = _("There is no backup of this desk in it: the first one has everything.")
            self.latest.setText(sentence)
            return
        whole, changed = (
            _("The last backup is from {at}: a whole one of {size}."),
            _("The last backup is from {at}: what had changed, {size}."),
        )
        at, size = times.shown_at(found.at), size_text(found.size)
        self.latest.setText((whole if found.is_whole else changed).format(at=at, size=size))

    def _finish(self, folder: Path, report: BackupReport) -> None:
        self._written = report.file
        desk = str(self._session.desk.path)
        folders = self._session.settings.backup_folders
        self._session.change_settings(backup_folders={**folders, desk: str(folder)})
        self._look()
        notices = [_("“Restore a backup…” in the File menu makes a desk of it.")]
        if report.base:
            sentence = _("It has what changed since {file}: keep both.")
            notices.insert(0, sentence.format(file=isolated(report.base)))
        sentence = _("✓ {file}, {size}").format(
            file=isolated(report.file.name), size=size_text(report.file.stat().st_size)
        )
        self.outcome.show_result(sentence, notices)
        if report.problems:
            count = len(report.problems)
            left_out = plural(
                "{n} picture is not in the backup.", "{n} pictures are not in the backup.", count
            )
            self.bar.show_text(left_out, "\n".join(report.problems))
        self.open_folder.show()

    def _open_folder(self) -> None:
        if self._written is not None:
            open_file(self._written.parent, self)


def _back_up(desk: Desk, folder: Path, is_whole: bool, progress: Progress) -> BackupReport:
    check_outside_desks(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise from_os(error, folder.parent) from error
    return desk.backup(folder, is_whole=is_whole, progress=progress)
