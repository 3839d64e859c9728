"""The engine: how the database file is opened, so that what is saved survives a power cut.

Write-ahead log with `synchronous=FULL`: in a replay of 2,000 power cuts NORMAL
lost acknowledged saves and FULL none. Every write begins with BEGIN IMMEDIATE:
a transaction that starts by reading and writes later fails when another
process wrote in between, whatever the busy timeout.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache, cached_property, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.core.newer import reading_newer
from editor.errors import Cancelled
from editor.files import path_stamp
from editor.in_use import using
from editor.places import DESK_FILE
from editor.store.db.errors import busy, from_sqlite
from editor.store.db.identity import OpenFiles
from editor.store.disk_errors import from_os

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

try:
    # SQLite before 3.51.3 can lose a commit when two connections write in WAL mode.
    import pysqlite3.dbapi2 as sqlite
except ImportError:
    import sqlite3 as sqlite

DATABASE = DESK_FILE
COPY_PREFIX = ".stonehand-"
"""What the names of temporary folders with a copy of a database begin with."""

_Stamps: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

_BUSY_MS = 10_000
_PAGES_AT_ONCE = 4096
_READING = (
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    # https://www.sqlite.org/security.html, for files that somebody else may have written.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
)
_PRAGMAS = (
    *_READING,
    "PRAGMA page_size = 8192",  # of a new file: a page of 4096 holds only one version
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS: fsync alone leaves the bytes in the drive's cache
    "PRAGMA foreign_keys = ON",
)


class Database:
    """One desk's database file, with two kinds of transaction: `read` and `write`.

    `read_plainly` is a `read` for SQL as text. Only the other two import SQLAlchemy, which
    takes longer than all of `stonehand list`. With `read_only` nothing is written beside
    the file. An unfinished log that nobody has open is read in a temporary copy. With `is_open`
    it is read while another process of ours has it open. All raise DeskMoved once the desk at
    the folder is another one than was opened, or gone, and DeskInUse where another process
    writes what is being read.
    """

    is_newer = False
    """Whether a newer Stonehand made the desk; then it is read only."""

    def __init__(self, folder: Path, *, read_only: bool = False, is_open: bool = False) -> None:
        self.read_only = read_only or is_open
        self._folder = folder
        self._copy = ExitStack()
        self._stamps: _Stamps | None = None
        self._files = OpenFiles(folder / DATABASE, with_log=not self.read_only)
        self._idle: list[Any] = []
        self._connect: Callable[[], Any]
        if is_open:
            self._connect = partial(_connect, folder / DATABASE, "mode=ro", self._files)
        else:
            self._connect = self._open_reading(folder) if read_only else self._open_writing(folder)

    @contextmanager
    def read_plainly(self) -> Iterator[Any]:
        """SQLite's own connection that sees one unchanging state of the desk."""
        with self._one_state():
            raw = self._take()
            try:
                raw.execute("BEGIN")
                yield raw
            finally:
                raw.rollback()
                self._idle.append(raw)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the desk."""
        with self._one_state(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that alone may write; committed at the end, rolled back on an exception."""
        self._files.check()
        with self._engine.connect() as connection:
            connection.execution_options(immediate=True)
            with connection.begin():
                self._files.check()  # it may have waited for another process
                yield connection
                self._files.check()
        # The commit waits for the disk, so this is not the same moment as above.
        self._files.check()

    def backup(
        self,
        to: Path,
        folder: Path | None = None,
        on_copied: Callable[[int, int], None] | None = None,
    ) -> None:
        """Copy the whole database, with what other connections have committed (SQLite's API).

        It has a connection of its own, so that another thread may use the desk meanwhile.

        `on_copied` is told how many of all pages are copied; what it raises ends the copy.
        Raises DiskFull and the like about `folder`, or else the one of `to`.
        """

        def progress(_status: int, remaining: int, total: int) -> None:
            if on_copied is not None:
                on_copied(total - remaining, total)

        with self._one_state():
            source = self._connect()
            try:
                source.execute("BEGIN")
                # The first query begins the state that all steps copy, whoever writes meanwhile.
                source.execute("SELECT count(*) FROM sqlite_master").fetchall()
                # Nobody else opens it, and not every disk in the network can lock a file.
                target = sqlite.connect(f"file:{_quoted(to)}?nolock=1", uri=True)
                try:
                    source.backup(target, pages=_PAGES_AT_ONCE, progress=progress)
                except sqlite.Error as error:
                    known = from_sqlite(error, folder or to.parent)
                    if known is None:
                        raise
                    raise known from error
                finally:
                    target.close()
            finally:
                source.close()
                self._files.closing()

    def close(self) -> None:
        """Close the file."""
        if "_engine" in vars(self):
            self._engine.dispose()
        self._close_idle()
        self._copy.close()

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """Read the file as it is now, and only as it is now.

        SQLite locks nothing where it may write nothing: it takes the file for one that never
        changes. So the file is opened again once it was written, and what was read while
        somebody wrote it does not count.
        """
        self._files.check()
        if self._stamps is not None and self._stamps != _stamps_of(self._folder):
            self.close()
            vars(self).pop("_engine", None)
            self._copy = ExitStack()
            self._files = OpenFiles(self._folder / DATABASE, with_log=False)
            self._connect = self._open_reading(self._folder)
        stamps = self._stamps
        try:
            with reading_newer() if self.is_newer else nullcontext():
                yield
        except Cancelled:
            raise
        except Exception as error:
            if self._was_written(stamps):
                raise busy(self._folder) from error
            raise
        if self._was_written(stamps):
            raise busy(self._folder)

    def _was_written(self, before: _Stamps | None) -> bool:
        # What another process writes is in the log first, which is not read.
        return before is not None and before[0] != _stamps_of(self._folder)[0]

    def _can_read(self, connect: Callable[[], Any]) -> bool:
        try:
            self._idle.append(connect())
            self._idle[-1].execute("SELECT count(*) FROM sqlite_master").fetchall()
        except sqlite.OperationalError:
            self._close_idle()
            return False
        return True

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()
            self._files.closing()

    @cached_property
    def _engine(self) -> Engine:
        return _make_engine(self._take, self._files)

    def _take(self) -> Any:
        """A connection that nobody uses, else a new one."""
        return self._idle.pop() if self._idle else self._connect()

    def _open_writing(self, folder: Path) -> Callable[[], Any]:
        return partial(_connect, folder / DATABASE, "mode=rwc", self._files, _PRAGMAS)

    def _open_reading(self, folder: Path) -> Callable[[], Any]:
        database, log = folder / DATABASE, folder / f"{DATABASE}-wal"
        self._stamps = None
        if log.is_file() and (folder / f"{DATABASE}-shm").is_file():
            # Without the parameter SQLite writes into the index of the log.
            for how in ("mode=ro&readonly_shm=1", "mode=ro"):
                shared = partial(_connect, database, how, self._files)
                if self._can_read(shared):
                    return shared
        if not any(path_stamp(log)[:1]):  # none, or an empty one; it may go at any moment
            self._stamps = _stamps_of(folder)
            return partial(_connect, database, "mode=ro&immutable=1", self._files)
        # Nobody has it open: SQLite would have to write an index of the log here.
        folder_of_copy = self._copy.enter_context(copy_folder())
        try:
            for path in (database, log):
                shutil.copyfile(path, folder_of_copy / path.name)
        except OSError as error:
            self._copy.close()
            if not log.exists():  # whoever had it open closed it just then
                self._copy = ExitStack()
                return self._open_reading(folder)
            raise from_os(error, folder_of_copy.parent) from error
        # Whatever happens to the desk now, the copy stays as it is.
        copy = folder_of_copy / DATABASE
        self._files = OpenFiles(copy, with_log=False)
        return partial(_connect, copy, "mode=rw", self._files)


@contextmanager
def copy_folder(inside: Path | None = None) -> Iterator[Path]:
    """A private temporary folder for a copy of a database; it is marked as in use.

    It is `inside` a folder, or else where the system has its temporary files.
    """
    with tempfile.TemporaryDirectory(prefix=COPY_PREFIX, dir=inside) as name:
        folder = Path(name)
        with using(folder):
            yield folder


def _stamps_of(folder: Path) -> _Stamps:
    """What differs after a database was written, and after its log was."""
    return path_stamp(folder / DATABASE), path_stamp(folder / f"{DATABASE}-wal")


def _quoted(path: Path) -> str:
    return path.absolute().as_uri().removeprefix("file://")


def plain(connection: Connection) -> Any:
    """SQLite's own connection under one of SQLAlchemy's."""
    return connection.connection.driver_connection


def _connect(
    database: Path, mode: str, files: OpenFiles, pragmas: tuple[str, ...] = _READING
) -> Any:
    with files.lock:
        files.connecting()
        # A desk that was deleted while it is open must not come into being again, empty.
        how = mode.replace("rwc", "rw") if files.were_opened else mode
        uri = f"file:{_quoted(database)}?{how}"
        raw = sqlite.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            for pragma in pragmas:
                raw.execute(pragma).fetchall()
            files.connected()
        except BaseException:
            raw.close()
            raise
        return raw


@cache
def _shared() -> tuple[Engine, Any]:
    """An engine whose dialect all desks of this process have, and the statements it compiled.

    To compile a statement takes longer than to run it, and each engine has a dialect and
    compiled statements of its own: the second desk would compile all of them again.
    """
    from sqlalchemy import create_engine  # noqa: PLC0415  see `Database`
    from sqlalchemy.util import LRUCache  # noqa: PLC0415

    module: ModuleType = sqlite
    engine = create_engine(
        "sqlite+pysqlite:///desk",
        module=module,
        creator=partial(sqlite.connect, ":memory:"),
        hide_parameters=True,  # an error must not carry a story's text into a report
    )
    engine.connect().close()  # the dialect asks the first connection what it can do
    engine.dispose()
    return engine, LRUCache(1000)


def _make_engine(connect: Callable[[], Any], files: OpenFiles) -> Engine:
    from sqlalchemy import Engine, QueuePool, event  # noqa: PLC0415  see `Database`

    shared, compiled = _shared()
    dialect = shared.dialect
    pool = QueuePool(connect, dialect=dialect)
    engine = Engine(pool, dialect, shared.url, hide_parameters=True)
    engine.update_execution_options(compiled_cache=compiled)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "close", lambda _connection, _record: files.closing())
    return engine


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
