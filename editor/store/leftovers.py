"""What a process that was killed left unfinished: removed once it is old, and surely ours.

Ours is what belongs to this user and has a name that only `editor.files` gives, or is a
folder with nothing in it but what a desk has. A link is never followed.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from editor.files import PART
from editor.log import log
from editor.store.db.engine import COPY_PREFIX, DATABASE

OLD = 24 * 60 * 60
"""Seconds after which nobody is still writing it."""

_PART_NAME = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(PART)}")
_COPY_NAME = re.compile(rf"{re.escape(COPY_PREFIX)}[a-z0-9_]{{8}}")
_DATABASE_FILES = frozenset(DATABASE + end for end in ("", "-wal", "-shm", "-journal"))
_DESK_FILES = _DATABASE_FILES | {"drafts", "pictures", "backups"}


def remove_old_parts(folder: Path, now: float | None = None) -> list[Path]:
    """Remove unfinished files, and desks that were never finished, from a folder."""
    return _remove(folder, _PART_NAME, lambda names: names <= _DESK_FILES, now)


def remove_old_copies(folder: Path, now: float | None = None) -> list[Path]:
    """Remove the copies of databases from the folder of temporary files."""
    return _remove(folder, _COPY_NAME, lambda names: names <= _DATABASE_FILES, now)


def remove_old_folders(folder: Path, prefix: str, now: float | None = None) -> list[Path]:
    """Remove folders whose names begin so and end as `tempfile` ends them, whatever is inside.

    Between the two there may be twelve digits of a hash, of the folder that they are for.
    """
    name = re.compile(rf"{re.escape(prefix)}(?:[0-9a-f]{{12}}-)?[a-z0-9_]{{8}}")
    return _remove(folder, name, lambda _names: True, now)


def _remove(
    folder: Path,
    name: re.Pattern[str],
    is_ours: Callable[[frozenset[str]], bool],
    now: float | None,
) -> list[Path]:
    before = (time.time() if now is None else now) - OLD
    removed = []
    # Whatever can't be looked at or removed is left: this is tidying, not work.
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if name.fullmatch(path.name) and _remove_one(path, is_ours, before):
                log.info("Removed what a process left unfinished: %s", path.name)
                removed.append(path)
    return removed


def _remove_one(path: Path, is_ours: Callable[[frozenset[str]], bool], before: float) -> bool:
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and _is_old((path,), before):
            path.unlink()
            return True
        if (
            stat.S_ISDIR(status.st_mode)
            and is_ours(frozenset(os.listdir(path)))
            and _is_old((path, *path.rglob("*")), before)
        ):
            shutil.rmtree(path)
            return True
    return False


def _is_old(paths: Iterable[Path], before: float) -> bool:
    """Whether all of it is this user's and was last written before an instant."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    found = [path.lstat() for path in paths]
    return all(status.st_uid == user and status.st_mtime < before for status in found)
