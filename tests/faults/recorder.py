"""Records every write, sync and truncation of a desk's database, and cuts the power in it.

The desk's own transactions run, on its own statements and settings; only the
driver below SQLAlchemy is another (apsw), because it lets Python come between
SQLite and the file. The reopening afterwards is done by the desk's usual driver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from uuid import uuid4

import apsw

from editor.store.db import engine
from editor.store.db.engine import sqlite

SECTOR = 512
"""What a disk writes whole or not at all, in bytes."""


@dataclass(frozen=True)
class Wrote:
    """Bytes that were handed to the system; on disk only after a sync."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncated:
    file: str
    size: int


@dataclass(frozen=True)
class Synced:
    file: str


@dataclass(frozen=True)
class Acknowledged:
    """Something the desk has acknowledged: from here on it must be on disk."""

    fact: Any


Event: TypeAlias = Wrote | Truncated | Synced | Acknowledged


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], log: list[Event]) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name, self._log = Path(path or "temporary").name, log

    def xWrite(self, data: bytes, offset: int) -> None:
        self._log.append(Wrote(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._log.append(Truncated(self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._log.append(Synced(self._name))


class _Disk(apsw.VFS):
    def __init__(self, log: list[Event]) -> None:
        self.name, self._log = f"recorder-{uuid4().hex}", log
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(name, flags, self._log)


class _Cursor:
    """As much of a DB-API cursor as SQLAlchemy asks for."""

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self.description: Any = None
        self.rowcount, self.lastrowid = -1, 0
        self._rows: Iterator[Any] = iter(())

    def execute(self, statement: str, values: Any = ()) -> _Cursor:
        cursor = self._connection.cursor()
        self.description = None

        def look(statement: Any, _statement: str, _values: Any) -> bool:
            columns = statement.get_description()
            self.description = [(name, *[None] * 6) for name, _type in columns] or None
            return True

        cursor.exec_trace = look
        self._rows = iter(cursor.execute(statement, values).fetchall())
        self.rowcount = self._connection.changes()
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def executemany(self, statement: str, many: Iterable[Any]) -> _Cursor:
        for values in many:
            self.execute(statement, values)
        return self

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [row for _, row in zip(range(size), self._rows, strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def close(self) -> None:
        self._rows = iter(())


class _Connection:
    def __init__(self, uri: str, disk: _Disk) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        self._raw = apsw.Connection(uri, flags=flags, vfs=disk.name)

    def cursor(self) -> _Cursor:
        return _Cursor(self._raw)

    def execute(self, statement: str, values: Any = ()) -> _Cursor:
        return self.cursor().execute(statement, values)

    def create_function(self, name: str, count: int, call: Any, **_more: Any) -> None:
        self._raw.create_scalar_function(name, call, count)

    @property
    def total_changes(self) -> int:
        return self._raw.total_changes()

    def commit(self) -> None:
        if self._raw.in_transaction:
            self._raw.execute("COMMIT")

    def rollback(self) -> None:
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        self._raw.close()


class _Driver:
    """The desk's driver in everything but how it reaches the disk."""

    def __init__(self, disk: _Disk) -> None:
        self._disk = disk

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite, name)

    def connect(self, where: str, **_more: Any) -> _Connection:
        return _Connection(where, self._disk)


@contextmanager
def recording() -> Iterator[list[Event]]:
    """Record what every desk opened from here on does to its files; one at a time."""
    log: list[Event] = []
    disk = _Disk(log)
    usual, engine.sqlite = engine.sqlite, _Driver(disk)
    try:
        yield log
    finally:
        engine.sqlite = usual
        disk.unregister()


@dataclass
class Disk:
    """What is on the disk for certain, and what only the system knows of."""

    files: dict[str, bytearray]
    pending: dict[str, list[Wrote | Truncated]] = field(default_factory=dict)
    acknowledged: list[Any] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Go on by one event."""
        if isinstance(event, Acknowledged):
            self.acknowledged.append(event.fact)
        elif isinstance(event, Synced):
            content = self.files.setdefault(event.file, bytearray())
            for write in self.pending.pop(event.file, []):
                _apply(content, write)
        else:
            self.pending.setdefault(event.file, []).append(event)

    def cut(self, chance: Random) -> Mapping[str, bytes | bytearray]:
        """The files as they may be found after a power cut here.

        Of what was not synced, all of it, none of it, or any part is there, in
        any order, and what is there may be torn at any sector.
        """
        found = {name: bytearray(content) for name, content in self.files.items()}
        share = chance.choice((0.0, 1.0, chance.random()))
        for name, events in self.pending.items():
            content = found.setdefault(name, bytearray())
            for event in events:
                if chance.random() < share:
                    _apply(content, event)
                elif isinstance(event, Wrote) and chance.random() < share:
                    _apply_torn(content, event, chance)
        return found


def _apply(content: bytearray, event: Wrote | Truncated) -> None:
    if isinstance(event, Truncated):
        del content[event.size :]
        return
    content.extend(b"\0" * (event.offset - len(content)))
    content[event.offset : event.offset + len(event.data)] = event.data


def _apply_torn(content: bytearray, event: Wrote, chance: Random) -> None:
    for start in range(0, len(event.data), SECTOR):
        if chance.random() < 0.5:
            part = event.data[start : start + SECTOR]
            _apply(content, Wrote(event.file, event.offset + start, part))
