"""The folder or zip file that an export is written to, with its problem beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from editor.errors import NotOurs, OutputError
from editor.formats.output import is_zip_name, output_for
from editor.gui.coalescer import LastAnswer
from editor.gui.jobs import Jobs
from editor.gui.widgets.layout import button, column, label, row
from editor.i18n import _


class TargetField(QWidget):
    """A path that can be typed or chosen. An offered name follows the format until edited.

    Whether an export can be written there is asked off the main thread: a disk may be slow.
    """

    changed = Signal()
    """Another path is in the field; what is wrong with it is not known yet."""
    checked = Signal()
    """What is wrong with the path is shown, or nothing is."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        self._folder = folder
        self._jobs = jobs
        self._answer = LastAnswer()
        self.is_own = False
        """Whether a person typed or chose the path, rather than left what was offered."""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("Where"))
        self.zip = QCheckBox(_("As one &zip file"))
        self._problem = label(kind="error", wrap=True)
        self._problem.hide()
        choose = button(_("C&hoose…"), self._choose)
        column(
            row((self.edit, 1), choose, spacing=8), self._problem, self.zip, inside=self, spacing=4
        )
        self.edit.textEdited.connect(self._edited)
        self.zip.toggled.connect(self._zip_toggled)

    @property
    def path(self) -> Path:
        """The path in the field."""
        return Path(self.edit.text().strip()).expanduser()

    def set_path(self, path: Path) -> None:
        """Put a path into the field as if a person had typed it."""
        self.edit.setText(str(path))
        self._edited()

    def offer(self, name: str) -> None:
        """Offer a name in the folder, unless a person gave a path of their own."""
        if not self.is_own:
            self._show(self._folder / name)

    def problem(self) -> str:
        """Return what is wrong with the path, or nothing."""
        return "" if self._problem.isHidden() else self._problem.text()

    def show_problem(self, problem: str) -> None:
        """Show what is wrong with the path, or with nothing that it is right."""
        self._answer.drop()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.edit.setAccessibleDescription(problem)
        self.checked.emit()

    def _check(self) -> None:
        """Ask whether an export can be written to the path."""
        path = self.path
        self._jobs.run(
            lambda _progress: find_problem(path),
            owner=self,
            done=self._answer.only(self.show_problem),
        )
        self.changed.emit()

    def _show(self, path: Path) -> None:
        if self.zip.isChecked() and not is_zip_name(path):
            path = path.with_name(path.name + ".zip")
        self.edit.setText(str(path))
        self._check()

    def _edited(self) -> None:
        self.is_own = True
        with QSignalBlocker(self.zip):
            self.zip.setChecked(is_zip_name(self.path))
        self._check()

    def _zip_toggled(self, on: bool) -> None:
        path = self.path
        if on != is_zip_name(path):
            self._show(path.with_name(path.name + ".zip") if on else path.with_suffix(""))

    def _choose(self) -> None:
        chooser = QFileDialog(self, _("Choose a folder"), str(self.path.parent))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    def _chosen(self, name: str) -> None:
        self.is_own = True
        self._show(Path(name))


def find_problem(path: Path) -> str:
    """Return why an export can't be written to a path, as far as can be seen; else nothing."""
    if path == Path():
        return _("Choose where to export.")
    if not path.is_absolute():
        return _("Enter the whole path, from the top folder.")
    try:
        with suppress(NotOurs):  # which is asked about before anything is written
            output_for(path).check()
        above = next(folder for folder in (path, *path.parents) if folder.exists())
    except OutputError as error:
        return f"{error.sentence} {error.hint}"
    except (OSError, ValueError, StopIteration):
        return _("This folder can't be read.")
    return "" if os.access(above, os.W_OK) else _("You don't have permission to write there.")


def check_target(path: Path, *, force: bool) -> str:
    """Return why an export can't be written to a path; nothing if it can.

    Raises NotOurs for what Stonehand did not write there, unless `force`.
    """
    problem = find_problem(path)
    if not problem:
        output_for(path, force=force).check()
    return problem


def start_folder(last: str) -> Path:
    """Return the folder of the last export, else the person's documents or home."""
    if last and Path(last).is_dir():
        return Path(last)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
