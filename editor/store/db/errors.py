"""What the database and the disk say when they fail, in our words."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from editor.errors import (
    BadValue,
    DeskDamaged,
    DeskError,
    DeskInUse,
    DeskReadOnly,
    DiskFull,
    EditorError,
)

# Primary result codes: https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

_SIGNS = ("Could not decode to UTF-8", "no such table")
"""What is said, without a code of its own, of what was once text and what were once tables."""

_NO_ROOM = 1 << 20
"""Bytes free below which an input/output error means a full disk: SQLite can't always tell."""


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn what a value of the database can't become into DeskDamaged, naming `what` it was."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, BadValue) as error:
        raise DeskDamaged(
            f"{what} does not read back.",
            "The rest of the desk may: nothing was changed. Its copies are in its backups folder.",
        ) from error


@contextmanager
def plainly(folder: Path) -> Iterator[None]:
    """Turn the database's and the disk's errors about one desk into ours.

    Raises DiskFull, DeskReadOnly, DeskDamaged, DeskInUse or DeskError. What is
    neither (a constraint, a mistake in a statement) is a bug and passes as it is.
    """
    try:
        with database_errors(folder):
            yield
    except OSError as error:
        raise from_os(error, folder) from error


@contextmanager
def database_errors(folder: Path) -> Iterator[None]:
    """Turn the database's errors about one desk into ours; see `plainly`."""
    try:
        yield
    except DBAPIError as error:
        known = _from_sqlite(error, folder)
        if known is None:
            raise
        raise known from error


def from_os(error: OSError, folder: Path) -> EditorError:
    """Our error for one of the operating system's about a desk's files."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(folder)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only(folder)
    return DeskError(
        f"The desk {folder.name} can't be used: {error.strerror or error}.",
        f"Look whether the disk with {folder} is connected and healthy.",
    )


def disk_full(folder: Path) -> DiskFull:
    """The error for a disk without room."""
    return DiskFull(
        f"The disk with {folder.name} is full; nothing was saved, and nothing old is harmed.",
        "Make room on the disk, then save again.",
    )


def read_only(folder: Path) -> DeskReadOnly:
    """The error for a desk that may be read only."""
    return DeskReadOnly(
        f"The desk {folder.name} can be read, but not written to.",
        f"Allow writing in {folder}, or copy the desk to a place where you may write.",
    )


def damaged(folder: Path, what: str = "") -> DeskDamaged:
    """The error for a desk that does not read back; the hint names the backups."""
    what = what or "its database does not read back"
    backups = folder / "backups"
    latest = max(backups.glob("*.sqlite3"), key=lambda path: path.name, default=None)
    hint = (
        f"The last good copy is {latest}. Keep the whole folder before you put it in place."
        if latest
        else f"Keep the folder as it is. A copy from your own backups can take its place; "
        f"Stonehand keeps its own in {backups}, but there are none yet."
    )
    return DeskDamaged(f"The desk {folder.name} is damaged: {what}.", hint)


def _from_sqlite(error: DBAPIError, folder: Path) -> EditorError | None:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code == _FULL or (code in (_IOERR, _CANTOPEN) and _no_room(folder)):
        return disk_full(folder)
    if code == _READONLY:
        return read_only(folder)
    if code in (_CORRUPT, _NOTADB) or any(sign in str(error.orig) for sign in _SIGNS):
        return damaged(folder)
    if code in (_BUSY, _LOCKED):
        return DeskInUse(
            f"Another program keeps the desk {folder.name} busy.", "Try again in a moment."
        )
    if code in (_IOERR, _CANTOPEN):
        return DeskError(
            f"The disk did not read or write the desk {folder.name}.",
            f"Look whether the disk with {folder} is connected and healthy.",
        )
    return None


def _no_room(folder: Path) -> bool:
    try:
        # A desk that is being made is not there yet.
        return shutil.disk_usage(folder if folder.exists() else folder.parent).free < _NO_ROOM
    except OSError:
        return False
