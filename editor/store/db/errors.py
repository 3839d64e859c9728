"""The errors of the database and the disk, as ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import (
    BadValue,
    DeskDamaged,
    DeskError,
    DeskInUse,
    EditorError,
)
from editor.i18n import _
from editor.store.disk_errors import disk_full, from_os, read_only

# Primary result codes: https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

_DAMAGE = (
    *("Could not decode to UTF-8", "no such table", "unsupported file format", "malformed JSON"),
    *("fts5", "vtable constructor failed", "no such column", "no such index"),
)
"""The messages for damaged text, tables and indexes, which have no code of their own."""

_MESSAGES = {"disk is full": _FULL, "disk I/O error": _IOERR, "malformed": _CORRUPT}

_NO_ROOM = 1 << 20
"""Bytes free below which an input/output error means a full disk: SQLite can't always tell."""


_UNREADABLE = (
    *(ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError),
    BadValue,
)


@contextmanager
def damaged_if_unreadable(what: str, name: str = "") -> Iterator[None]:
    """Raise DeskDamaged, saying what was read, for a value that does not read back.

    `what` is marked for translation, with `{name}` where it has one.
    """
    try:
        yield
    except _UNREADABLE as error:
        raise DeskDamaged(
            _("{what} does not read back.").format(what=_(what).format(name=name)),
            _(
                "The rest of the desk may: nothing was changed. Its copies are in "
                "its backups folder."
            ),
        ) from error


@contextmanager
def desk_errors(folder: Path) -> Iterator[None]:
    """Raise the database's and the disk's errors about a desk as ours.

    DiskFull, DeskReadOnly, DeskDamaged, DeskInUse or DeskError. Anything else (a
    constraint, a mistake in a statement) is a bug and passes as it is.
    """
    try:
        with database_errors(folder):
            yield
    except OSError as error:
        raise from_os(error, folder) from error


@contextmanager
def database_errors(folder: Path) -> Iterator[None]:
    """Raise the database's errors about a desk as ours; see `desk_errors`."""
    try:
        yield
    except UnicodeDecodeError as error:  # a message or a name in the schema, overwritten
        raise damaged(folder) from error
    except _driver_errors() as error:
        known = from_sqlite(getattr(error, "orig", error), folder)
        if known is None:
            raise
        raise known from error


def _driver_errors() -> tuple[type[Exception], ...]:
    """SQLite errors, plain and as SQLAlchemy passes them on; asked for when there is one."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  a desk is opened without SQLAlchemy

    from editor.store.db.engine import sqlite  # noqa: PLC0415  it needs this module

    return (DBAPIError, sqlite.Error)


def damaged(folder: Path, what: str = "") -> DeskDamaged:
    """The error for a desk that does not read back; the hint names the backups."""
    what = what or _("its database does not read back")
    backups = folder / "backups"
    latest = max(backups.glob("*.sqlite3"), key=lambda path: path.name, default=None)
    hint = (
        _(
            "The last good copy is {latest}. Keep the whole folder before you put it in place."
        ).format(latest=latest)
        if latest
        else _(
            "Keep the folder as it is. A copy from your own backups can take "
            "its place; Stonehand writes its own to {backups}, but there are "
            "none yet."
        ).format(backups=backups)
    )
    sentence = _("The desk {name} is damaged: {what}.").format(name=folder.name, what=what)
    return DeskDamaged(sentence, hint, what=what)


def busy(folder: Path) -> DeskInUse:
    """The error for a desk that another process writes just now."""
    return DeskInUse(
        _("Another program keeps the desk {name} busy.").format(name=folder.name),
        _("Try again in a moment."),
    )


def from_sqlite(error: BaseException | None, folder: Path) -> EditorError | None:
    """Our error for one of SQLite's own about a desk in a folder; None for a bug."""
    # The driver's backup gives its errors no code.
    by_message = next((code for text, code in _MESSAGES.items() if text in str(error)), 0)
    code = getattr(error, "sqlite_errorcode", by_message) & 0xFF
    if code == _FULL or (code in (_IOERR, _CANTOPEN) and _no_room(folder)):
        return disk_full(folder)
    if code == _READONLY:
        return read_only(folder)
    if code in (_CORRUPT, _NOTADB) or any(message in str(error) for message in _DAMAGE):
        return damaged(folder)
    if code in (_BUSY, _LOCKED):
        return busy(folder)
    if code in (_IOERR, _CANTOPEN):
        return DeskError(
            _("The disk did not read or write the desk {name}.").format(name=folder.name),
            _("Look whether the disk with {folder} is connected and healthy.").format(
                folder=folder
            ),
        )
    return None


def _no_room(folder: Path) -> bool:
    try:
        # A desk that is being made has no folder yet.
        return shutil.disk_usage(folder if folder.exists() else folder.parent).free < _NO_ROOM
    except OSError:
        return False
