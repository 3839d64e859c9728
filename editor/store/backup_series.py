"""The names of the backups in a folder: the desk's, the time in UTC, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from editor.i18n import _

_TIME = "%Y-%m-%d %H%M%S"
_NAME = r"{stem} (\d{{4}}-\d\d-\d\d \d{{6}})( \w+)?\.zip"


class SeriesBackup(NamedTuple):
    """One backup in a folder of them: how many bytes its file has, and whether it is whole."""

    file: Path
    at: datetime
    size: int
    is_whole: bool


def free_name(folder: Path, desk: Path, at: datetime, *, is_whole: bool) -> str:
    """Return a name for a backup, with a time that no other of the desk has in the folder."""
    ends = (".zip", f" {_('changes')}.zip")
    while any((folder / f"{desk.stem} {at:{_TIME}}{end}").exists() for end in ends):
        at += timedelta(seconds=1)
    return f"{desk.stem} {at:{_TIME}}{ends[not is_whole]}"


def latest_backup(folder: Path, desk: Path, *, is_whole: bool = False) -> SeriesBackup | None:
    """Return the last backup of a desk in a folder, or the last whole one; None without one.

    Raises OSError.
    """
    found = (backup for backup in _backups(folder, desk) if backup.is_whole or not is_whole)
    return max(found, key=lambda backup: backup.at, default=None)


def _backups(folder: Path, desk: Path) -> Iterator[SeriesBackup]:
    """Yield the files of a folder that are named as backups of a desk."""
    name = re.compile(_NAME.format(stem=re.escape(desk.stem)))
    for path in folder.iterdir():
        match = name.fullmatch(path.name)
        at = _instant(match[1]) if match else None
        if match and at:
            yield SeriesBackup(path, at, path.stat().st_size, not match[2])


def _instant(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:  # as of the month 13: somebody else's name
        return None
