"""What a process that was killed left unfinished: removed once it is old, and surely ours.

Ours is what belongs to this user and has a name that only `editor.files` gives, or is a
folder with nothing in it but what a desk has. A link is never followed. What a running
process has marked as in use stays, however old it is.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from editor.files import PART
from editor.in_use import MARK, remove_unused
from editor.log import log
from editor.store.db.engine import COPY_PREFIX, DATABASE
from editor.store.db.newer import may_change

OLD = 24 * 60 * 60
"""Seconds after which nobody is still writing it."""

_PART_NAME = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(PART)}")
_COPY_NAME = re.compile(rf"{re.escape(COPY_PREFIX)}[a-z0-9_]{{8}}")
_DATABASE_FILES = frozenset(DATABASE + end for end in ("", "-wal", "-shm", "-journal")) | {MARK}
_DESK_FOLDERS = ("pictures", "backups", "drafts")
_DESK_FILES = _DATABASE_FILES | {*_DESK_FOLDERS}


def remove_old_parts(folder: Path, now: float | None = None) -> list[Path]:
    """Remove unfinished files, and desks that were never finished, from a folder."""
    return _remove(_remove_part, folder, _PART_NAME, now)


def remove_old_parts_of_desk(desk: Path, now: float | None = None) -> list[Path]:
    """Remove unfinished files from a desk's folders; from one that can only be read, none.

    Only where there are any is the desk's database asked whose it is.
    """
    is_ours = cache(lambda: may_change(desk))

    def remove(path: Path, before: float) -> bool:
        return is_ours() and _remove_part(path, before)

    return [
        path
        for name in ("", *_DESK_FOLDERS)
        for path in _remove(remove, desk / name, _PART_NAME, now)
    ]


def remove_old_copies(folder: Path, now: float | None = None) -> list[Path]:
    """Remove the copies of databases from the folder of temporary files."""
    return _remove(_remove_copy, folder, _COPY_NAME, now)


def remove_old_folders(folder: Path, prefix: str, now: float | None = None) -> list[Path]:
    """Remove folders whose names begin so and end as `tempfile` ends them, whatever is inside.

    Between the two there may be twelve digits of a hash, of the folder that they are for.
    """
    name = re.compile(rf"{re.escape(prefix)}(?:[0-9a-f]{{12}}-)?[a-z0-9_]{{8}}")
    return _remove(_remove_folder, folder, name, now)


def _remove(
    remove: Callable[[Path, float], bool], folder: Path, name: re.Pattern[str], now: float | None
) -> list[Path]:
    before = (time.time() if now is None else now) - OLD
    removed = []
    # Whatever can't be looked at or removed is left: this is tidying, not work.
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            with suppress(OSError):
                if name.fullmatch(path.name) and remove(path, before):
                    log.info("Removed what a process left unfinished: %s", path.name)
                    removed.append(path)
    return removed


def _remove_part(path: Path, before: float) -> bool:
    if stat.S_ISREG(path.lstat().st_mode):
        if _is_old((path,), before):
            path.unlink()
            return True
        return False
    return _is_folder_of(path, _DESK_FILES) and _remove_folder(path, before)


def _remove_copy(path: Path, before: float) -> bool:
    # An empty folder may be anybody's.
    is_ours = _is_folder_of(path, _DATABASE_FILES) and any(path.iterdir())
    return is_ours and _remove_folder(path, before)


def _remove_folder(path: Path, before: float) -> bool:
    is_folder = stat.S_ISDIR(path.lstat().st_mode)
    return is_folder and _is_old((path, *path.rglob("*")), before) and remove_unused(path)


def _is_folder_of(path: Path, names: frozenset[str]) -> bool:
    """Whether it is a folder, not a link to one, that has nothing but these files."""
    return stat.S_ISDIR(path.lstat().st_mode) and names.issuperset(os.listdir(path))


def _is_old(paths: Iterable[Path], before: float) -> bool:
    """Whether all of it is this user's and was last written before an instant."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    found = [path.lstat() for path in paths]
    return all(status.st_uid == user and status.st_mtime < before for status in found)
