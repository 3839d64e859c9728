"""The desk of a newer Stonehand: whether this one can read it, and what is said of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from editor.core.newer import reads_newer
from editor.errors import DeskInUse, DeskTooNew, EditorError
from editor.files import is_writable
from editor.i18n import _
from editor.store.db.engine import DATABASE, Database, sqlite
from editor.store.db.errors import damaged, desk_errors
from editor.store.db.identity import LATEST

NUMBER = "SELECT version_num FROM alembic_version"
_ATTEMPTS = 5


def open_database(folder: Path) -> Database:
    """Open a database; for reading alone where a newer Stonehand made it, or nobody may write.

    Nothing is written before that is known. Raises DeskTooNew, DeskDamaged, DeskInUse.
    """
    database = Database(folder, read_only=True)
    try:
        if _is_newer(database, folder):
            database.is_newer = True
            return database
        if not _is_writable(folder):
            return database
    except BaseException:
        database.close()
        raise
    database.close()
    return Database(folder)


def may_change(folder: Path) -> bool:
    """Whether this Stonehand may change what is in a desk's folder; nothing is written there.

    It may not where a newer one made the desk, where nobody may write, and where that can't be
    told. A folder without a database is nobody's desk.
    """
    try:
        if not (folder / DATABASE).is_file():
            return True
        with desk_errors(folder), closing(Database(folder, read_only=True)) as database:
            return not _is_newer(database, folder) and _is_writable(folder)
    except (EditorError, OSError, ValueError):
        return False


def schema_number(raw: Any, folder: Path) -> int:
    """The number of a desk's schema, by a plain connection. Raises DeskDamaged without one."""
    row = raw.execute(NUMBER).fetchone()
    try:
        return int(row[0] if row else "")
    except (TypeError, ValueError):
        raise damaged(folder, _("its database does not say which Stonehand made it")) from None


def is_readable(raw: Any) -> bool:
    """Whether this Stonehand can read what the newer one writes that made the desk.

    The desk says so, and all is there that is read here.
    """
    (floor,) = raw.execute("PRAGMA user_version").fetchone()
    return 0 < floor <= int(LATEST) and _has_all(raw)


def require_ours(number: object) -> None:
    """Raise DeskTooNew where a newer Stonehand changed the schema while the desk is open.

    `number` is that of the schema, as the desk says it now.
    """
    if not reads_newer() and str(number).isdigit() and int(str(number)) > int(LATEST):
        raise DeskTooNew(
            _("A newer Stonehand changed the desk while it was open. Nothing more is saved."),
            _("Copy what you typed last. Then close the desk and open it again."),
        )


@contextmanager
def newer_if_misread(raw: Any) -> Iterator[None]:
    """Raise DeskTooNew for an error in the block where a newer Stonehand changed the schema.

    `raw` is a plain connection to the database, which this Stonehand opened for its own.
    """
    try:
        yield
    except Exception:
        with suppress(sqlite.Error):
            require_ours(*raw.execute(NUMBER).fetchone() or ("",))
        raise


def require_known(folder: Path) -> None:
    """Raise DeskTooNew where the desk that is read is a newer Stonehand's: it can't be judged."""
    if reads_newer():
        raise DeskTooNew(
            _(
                "A newer Stonehand made the desk {name}: this one can’t verify what was done "
                "on it, so it exports nothing."
            ).format(name=folder.name),
            _("Install the latest Stonehand to work on it."),
        )


def only_readable(folder: Path) -> DeskTooNew:
    """The error for a change on a desk that this Stonehand can only read."""
    return DeskTooNew(
        _(
            "A newer Stonehand made the desk {name}: here you can read it, but not change it."
        ).format(name=folder.name),
        _("Install the latest Stonehand to work on it."),
        is_readable=True,
    )


def too_new(folder: Path, number: int) -> DeskTooNew:
    """The error for a desk that this Stonehand can't even read."""
    return DeskTooNew(
        _(
            "A newer Stonehand made the desk {name}: its schema has the number "
            "{number}, and this Stonehand knows {what}."
        ).format(name=folder.name, number=number, what=int(LATEST)),
        _("Install the latest Stonehand to open it. Nothing was changed."),
    )


def _is_newer(database: Database, folder: Path) -> bool:
    """Whether a newer Stonehand made the desk. Raises DeskTooNew where it can't be read."""
    for attempt in range(_ATTEMPTS):
        try:
            with database.read_plainly() as raw:
                number = schema_number(raw, folder)
                if number <= int(LATEST):
                    return False
                if not is_readable(raw):
                    raise too_new(folder, number)
                return True
        except DeskInUse:
            # A process that closed the desk just then wrote its log into the file.
            if attempt == _ATTEMPTS - 1:
                raise
    return True


def _is_writable(folder: Path) -> bool:
    return is_writable(folder) and os.access(folder / DATABASE, os.W_OK)


def _has_all(raw: Any) -> bool:
    """Whether every table, column and index is there that this Stonehand knows."""
    from editor.store.db.schema import tables  # noqa: PLC0415  brings SQLAlchemy, for a newer desk

    rows = raw.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")
    names = {name for (name,) in rows}
    for table in tables.sorted_tables:
        found = {row[1] for row in raw.execute(f"PRAGMA table_info('{table.name}')")}
        wanted = {column.name for column in table.columns}
        indexes = {str(index.name) for index in table.indexes}
        if not (table.name in names and wanted <= found and indexes <= names):
            return False
    return "search" in names
