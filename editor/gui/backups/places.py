"""Where backups are written and desks restored: what is wrong with a place, and what is there."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths

from editor.errors import OutputError
from editor.i18n import _
from editor.store.backup_series import SeriesBackup, latest_backup
from editor.targets import check_outside_desks


def documents() -> Path:
    """Return the person's folder of documents, or their home."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path(QDir.homePath())


def problem_of_series(folder: Path) -> str:
    """Return why no backup can be written into a folder, as far as can be seen; else nothing."""
    if folder == Path():
        return _("Choose a folder for the backups.")
    return _problem(folder, folder if folder.exists() else folder.parent, is_new=False)


def problem_of_new_desk(folder: Path) -> str:
    """Return why no desk can be restored to a folder, as far as can be seen; else nothing."""
    if folder == Path():
        return _("Choose where the desk will be.")
    return _problem(folder, folder.parent, is_new=True)


def problem_of_backup(file: Path) -> str:
    """Return why a file can't be restored, as far as can be seen; else nothing."""
    if file == Path():
        return _("Choose the file of a backup.")
    return "" if file.is_file() else _("There is no such file.")


def find_latest(folder: Path, desk: Path) -> SeriesBackup | None:
    """Return the last backup of a desk in a folder; None without one, or where it can't be read."""
    try:
        return latest_backup(folder, desk)
    except OSError:
        return None


def _problem(path: Path, above: Path, *, is_new: bool) -> str:
    if not path.is_absolute():
        return _("Enter the whole path, from the top folder.")
    try:
        check_outside_desks(path)
        if is_new and os.path.lexists(path):
            return _("There is already something there. Give the desk a new name.")
        if not above.is_dir():
            return _("There is no folder {folder}.").format(folder=above)
    except OutputError as error:
        return f"{error.sentence} {error.hint}"
    except (OSError, ValueError):
        return _("This folder can't be read.")
    return "" if os.access(above, os.W_OK) else _("You don't have permission to write there.")
