"""The folder or zip file that an export is written to, with its problem beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QDir, QSignalBlocker, QStandardPaths
from PySide6.QtWidgets import QCheckBox

from editor.errors import NotOurs, OutputError
from editor.formats.output import output_for
from editor.formats.paths import is_zip_name, without_zip
from editor.gui.jobs import Jobs
from editor.gui.path_field import PathField
from editor.i18n import _


class TargetField(PathField):
    """Where an export goes. An offered name follows the format until it is edited."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__(jobs, _("Where"), find_problem)
        self._folder, self._zip_end = folder, ".zip"
        self.zip = QCheckBox(_("As one &zip file"))
        self.add(self.zip)
        self.zip.toggled.connect(self._zip_toggled)

    def offer(self, name: str, zip_end: str = ".zip") -> None:
        """Offer a name in the folder, unless a person gave a path of their own.

        A zip file ends in `zip_end`, also one that is called as a person wants it.
        """
        self._zip_end = zip_end
        if not self.is_own:
            self.show_path(self._folder / name)

    def take(self) -> None:
        with QSignalBlocker(self.zip):
            self.zip.setChecked(is_zip_name(self.path))
        super().take()

    def show_path(self, path: Path) -> None:
        super().show_path(self._as_zip(path) if self.zip.isChecked() else path)

    def _zip_toggled(self, on: bool) -> None:
        path = self.path
        if on != is_zip_name(path):
            self.show_path(path if on else without_zip(path))

    def _as_zip(self, path: Path) -> Path:
        """Return the zip file beside a folder; the top folder and no path stay as they are."""
        is_named = path.name and not is_zip_name(path)
        return path.with_name(path.name + self._zip_end) if is_named else path


def find_problem(path: Path) -> str:
    """Return why an export can't be written to a path, as far as can be seen; else nothing."""
    if path == Path():
        return _("Choose where to export.")
    if not path.is_absolute():
        return _("Enter the whole path, from the top folder.")
    if path == path.parent:
        return _("This is the whole disk. Choose a folder on it.")
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
    return Path(documents) if documents and Path(documents).is_dir() else Path(QDir.homePath())
