"""The file in which this computer remembers the exports of one desk, among the personal files.

It may be lost at any time: what is not there is made again, and the bytes are the same. A
damaged file, a foreign one, or one of another Stonehand is removed and begun again; a disk
that refuses, or another process that keeps it busy, is no reason to stop an export.

No key is in it. Whoever can write the personal files could put words into it that nobody
approved, which an export would believe, as they could change what is remembered of desks
(`store.log.pins`), or Stonehand itself. Whoever can write a desk's folder alone can't reach it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from editor.code_stamp import code_stamp
from editor.files import PRIVATE_FOLDER
from editor.log import log
from editor.places import data_folder, place_name
from editor.store.db.engine import sqlite

T = TypeVar("T")
"""What comes of work on the file."""

SUFFIX = ".exports"
_ENDS = ("", "-wal", "-shm", "-journal")
_BUSY_MS = 2_000
_BUSY, _LOCKED, _READONLY, _IOERR, _FULL, _CANTOPEN = 5, 6, 8, 10, 13, 14
_PASSING = frozenset({_BUSY, _LOCKED, _READONLY, _IOERR, _FULL, _CANTOPEN})
"""What says nothing against the file itself: https://www.sqlite.org/rescode.html."""
_PROBLEMS = (sqlite.Error, OSError, msgspec.MsgspecError, ValueError)
_FORMAT = "stonehand exports 1"
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",  # a power cut may cost what is kept, never what a desk holds
)
_SCHEMA = (
    "CREATE TABLE about (format TEXT NOT NULL, place TEXT NOT NULL)",
    "CREATE TABLE parts (id INTEGER PRIMARY KEY, name BLOB NOT NULL, sum INTEGER NOT NULL, "
    "data BLOB NOT NULL)",
    "CREATE TABLE part_uses (id INTEGER PRIMARY KEY, day INTEGER NOT NULL, size INTEGER NOT NULL)",
    "CREATE TABLE heads (owner TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE blocks (owner TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, "
    "PRIMARY KEY (owner, number))",
)


class KeptFile:
    """One such file, opened when it is first asked; any thread may use it, one at a time."""

    def __init__(self, desk: Path) -> None:
        self._place = str(desk.resolve())
        self.path = folder() / file_name(self._place)
        self._lock = threading.RLock()
        self._raw: Any = None

    @property
    def is_there(self) -> bool:
        """Whether anything may be remembered."""
        return self._raw is not None or self.path.is_file()

    def read(self, work: Callable[[Any], T], otherwise: T) -> T:
        """Return what `work` reads on a plain connection; `otherwise` where that fails."""
        with self._lock:
            try:
                return work(self._connection())
            except _PROBLEMS as error:
                self._failed(error)
                return otherwise

    def write(self, work: Callable[[Any], T]) -> T | None:
        """Return what `work` writes in one transaction; None where it fails: nothing is written."""
        with self._lock:
            try:
                raw = self._connection()
                raw.execute("BEGIN IMMEDIATE")
                try:
                    done = work(raw)
                    raw.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite.Error):
                        raw.execute("ROLLBACK")
                    raise
            except _PROBLEMS as error:
                self._failed(error)
                return None
            return done

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._raw is not None:
                with suppress(sqlite.Error):
                    self._raw.close()
                self._raw = None

    def _connection(self) -> Any:
        if self._raw is None:
            try:
                self._raw = self._open()
            except sqlite.Error as error:
                if _code(error) in _PASSING:
                    raise
                self._remove()
                self._raw = self._open()
        return self._raw

    def _open(self) -> Any:
        self.path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        # Made first, for its owner alone: SQLite gives its log the mode of the file.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        uri = f"{self.path.absolute().as_uri()}?mode=rw"
        raw = sqlite.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                raw.execute(pragma).fetchall()
            self._begin(raw)
        except BaseException:
            raw.close()
            raise
        return raw

    def _begin(self, raw: Any) -> None:
        """Make the tables of a new file. Raises sqlite.Error for one that is not as we make it."""
        about = (f"{_FORMAT} {code_stamp()}", self._place)
        if not raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raw.execute("BEGIN IMMEDIATE")
            # Another process may have made them meanwhile.
            if not raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in _SCHEMA:
                    raw.execute(statement)
                raw.execute("INSERT INTO about VALUES (?, ?)", about)
            raw.execute("COMMIT")
        rows = raw.execute("SELECT format, place FROM about").fetchall()
        tables = raw.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
        if rows != [about] or {sql for (sql,) in tables} != {*_SCHEMA}:
            raise sqlite.DatabaseError("not a file of ours")

    def _failed(self, error: Exception) -> None:
        """Remove a damaged file; the next to ask gets a new one."""
        log.info("What is remembered of exports could not be used: %s", type(error).__name__)
        if not isinstance(error, OSError) and _code(error) not in _PASSING:
            self._remove()

    def _remove(self) -> None:
        self.close()
        with suppress(OSError):
            remove_file(self.path)


def folder() -> Path:
    """The folder of these files."""
    return data_folder() / "exports"


def spares_folder() -> Path:
    """The folder of the spare trees of exports."""
    return folder() / "spares"


def file_name(place: str) -> str:
    """The name of the file for the desk at a place, an absolute path."""
    return f"{place_name(place)}{SUFFIX}"


def remove_file(path: Path) -> None:
    """Remove such a file with what SQLite has beside it. Raises OSError."""
    for end in _ENDS:
        path.with_name(path.name + end).unlink(missing_ok=True)


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
