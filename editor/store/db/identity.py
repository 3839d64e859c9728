"""Whether an open database is still the desk's own files, and whether its schema is exactly ours.

SQLite itself does not notice: it goes on writing to a file that was moved or
deleted, and looks at the name again only where it writes a rollback journal.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from os import stat
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any, NamedTuple

from editor.errors import DeskMoved
from editor.i18n import _
from editor.store.db.errors import damaged
from editor.store.disk_errors import from_os

LATEST = "0002"
"""The latest migration number: the schema this Stonehand reads and writes.

A new kind of event, role or stage needs one as well, though no table changes: an older Stonehand
reads such a desk, and does not judge it.
"""

READABLE_FROM = "0002"
"""The lowest number of a Stonehand that can still read what this one writes.

A desk says it in its database (SQLite's `user_version`). It stays as it is where a migration
only adds: tables, columns, triggers, kinds of event, stages, roles, fields of a story. It is
raised to `LATEST` where one removes or renames what an older Stonehand reads.
"""

APPLICATION_ID = 0x53746F6E
"""`Ston` in ASCII, in the header of the file: another database is not mistaken for ours."""

SCHEMA_DIGEST = "b6b54af10dff0474ebe369f40f05f123bd099f6676e509bf19f84b4d5c3af435"
"""The SHA-256 of the rows of a new desk's schema, so that opening need not make one to compare.

Another digest (of another SQLite, or a migrated desk) only costs making one. A test
says which it is.
"""

_ROWS = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name, tbl_name, sql"
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\w+|\S")
_PLAIN_NAME = re.compile(r'"(\w+)"')
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)

_FileNumber = tuple[int, int]


class OpenFiles:
    """A desk's database files as its connections opened them, by device and number.

    The log and its index (`-wal`, `-shm`) are the same files while a connection is
    open; the last one that closes removes them. Connect while you hold `lock`.
    """

    def __init__(self, database: Path, *, with_log: bool) -> None:
        self.lock = RLock()
        self._database = str(database.absolute())
        self._with_log = with_log
        self._known: dict[str, _FileNumber] = {}
        self._connections = 0

    @property
    def were_opened(self) -> bool:
        """Whether the database was opened before, so that it must not be made again."""
        return self._database in self._known

    def connecting(self) -> None:
        """Check the files before another connection opens them. Raises DeskMoved."""
        self.check()
        self._remember(self._database)

    def connected(self) -> None:
        """Remember the files of a connection; check that they are those of the others."""
        self._remember(self._database)
        if self._with_log:
            # SQLite resolves links when it opens, and puts the log beside the real file.
            real = os.path.realpath(self._database)
            self._remember(f"{real}-wal")
            self._remember(f"{real}-shm")
        self.check()
        self._connections += 1

    def closing(self) -> None:
        """Forget the log when the last connection closes."""
        with self.lock:
            self._connections -= 1
            if not self._connections:
                self._known = {
                    path: number for path, number in self._known.items() if path == self._database
                }

    def check(self) -> None:
        """Raise DeskMoved where a name leads to another file now, or to none."""
        for path, number in list(self._known.items()):
            if self._number(path) != number:
                raise self._moved(path)

    def _remember(self, path: str) -> None:
        if path not in self._known and (number := self._number(path)):
            self._known[path] = number

    def _number(self, path: str) -> _FileNumber | None:
        """The device and number of a file; None where there is no file, or no number."""
        try:
            status = stat(path)
        except OSError as error:
            if error.errno in _GONE:
                return None
            raise from_os(error, Path(path).parent) from error
        # Some of Windows' file systems number no files.
        return (status.st_dev, status.st_ino) if status.st_ino else None

    def _moved(self, path: str) -> DeskMoved:
        folder = Path(self._database).parent
        if path != self._database:
            return DeskMoved(
                _(
                    "The file {what} of the desk {name} was removed or replaced while "
                    "the desk was open. Nothing more is saved."
                ).format(what=os.path.basename(path), name=folder.name),
                _(
                    "Copy what you typed last. Then close the desk and open it again: "
                    "that puts what was saved before in its place."
                ),
            )
        replaced = _(
            "Another desk is at {folder} now: the desk {name} was replaced while it was open. "
            "Nothing more is saved."
        )
        gone = _(
            "The desk {name} is no longer at {folder}: it was moved or deleted while it was "
            "open. Nothing more is saved."
        )
        sentence = replaced if os.path.exists(path) else gone
        return DeskMoved(
            sentence.format(folder=folder, name=folder.name),
            _(
                "Copy what you typed last before you close it. Then open the desk "
                "from where it is now."
            ),
        )


class _SchemaRow(NamedTuple):
    type: str
    name: str
    table: str
    sql: str


def check_schema(raw: Any, dbapi: ModuleType, folder: Path) -> None:
    """Raise DeskDamaged unless the schema of a plain connection is exactly that of a new desk.

    No view, trigger, table, index or column more or less, and none made otherwise.
    """
    rows = raw.execute(_ROWS).fetchall()
    if digest(rows) == SCHEMA_DIGEST:
        return
    wanted = _new_schema(dbapi)
    for difference in _differences(_normalised(rows), wanted):
        raise damaged(folder, difference)


def digest(rows: Iterable[Any]) -> str:
    """Return the SHA-256 of a schema's rows, in hexadecimal digits."""
    return sha256(repr([tuple(row) for row in rows]).encode("utf-8", "replace")).hexdigest()


@cache
def _new_schema(dbapi: ModuleType) -> frozenset[_SchemaRow]:
    """What `create_schema` makes in this SQLite; it takes 10 ms, once in a process."""
    from sqlalchemy import create_engine  # noqa: PLC0415  the digest is as expected mostly

    from editor.store.db.schema import create_schema  # noqa: PLC0415

    engine = create_engine("sqlite://", module=dbapi)
    try:
        with engine.begin() as connection:
            create_schema(connection)
            return frozenset(_normalised(connection.exec_driver_sql(_ROWS).fetchall()))
    finally:
        engine.dispose()


def _normalised(rows: Iterable[Any]) -> list[_SchemaRow]:
    """The rows without what a migration may write otherwise: spaces, and quotes around names."""
    return [
        _SchemaRow(str(kind), str(name), str(table), _normalise(sql))
        for kind, name, table, sql in rows
    ]


def _normalise(sql: object) -> str:
    if not isinstance(sql, str):
        return repr(sql)  # None for an index that a constraint made
    return " ".join(map(_bare, _TOKEN.findall(sql)))


def _bare(token: str) -> str:
    plain = _PLAIN_NAME.fullmatch(token)
    return plain[1] if plain else token


def _differences(found: list[_SchemaRow], wanted: frozenset[_SchemaRow]) -> Iterator[str]:
    """Yield what differs, for the sentence: what is too much, what is missing, what is changed."""
    ours = {(row.type, row.name) for row in wanted}
    theirs = {(row.type, row.name) for row in found}
    for row in found:
        if (row.type, row.name) not in ours:
            yield _("its database has an extra {kind}: {name}").format(kind=row.type, name=row.name)
    for kind, name in sorted(ours - theirs):
        yield _("its database lacks the {kind} {name}").format(kind=kind, name=name)
    for row in found:
        if row not in wanted:
            yield _("the {kind} {name} of its database is not as Stonehand makes it").format(
                kind=row.type, name=row.name
            )
    if len(found) != len(wanted):
        yield _("its database lists a table twice")
