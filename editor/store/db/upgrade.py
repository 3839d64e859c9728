"""Upgrading an older desk to the latest schema, with a copy of it from before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from editor.core.times import now
from editor.files import replacing
from editor.i18n import _
from editor.places import LOCK_FILE
from editor.store.db.engine import DATABASE, Database, plain, sqlite
from editor.store.db.errors import damaged
from editor.store.db.identity import APPLICATION_ID, LATEST, READABLE_FROM, check_schema
from editor.store.db.lock import WindowLock
from editor.store.db.newer import schema_number, too_new
from editor.store.disk_errors import read_only

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(
    database: Database, folder: Path, *, latest: str = LATEST, migrations: Path = MIGRATIONS
) -> Path | None:
    """Migrate a desk to `latest` if it is older, and check its schema; the path of the copy.

    All steps happen or none. The desk says then from which number on a Stonehand can read it,
    unless a step says that itself. Raises DeskTooNew, DeskDamaged, DeskReadOnly, DiskFull, and
    DeskInUse while an older Stonehand has it open in a window: that could save nothing more.
    """
    with database.read_plainly() as raw:
        number = schema_number(raw, folder)
        if number == int(latest):
            check_schema(raw, sqlite, folder)
    if number > int(latest):
        raise too_new(folder, number)
    if number == int(latest):
        return None
    if database.read_only:
        raise read_only(folder)
    with _no_window(folder), database.write() as connection:
        # Whoever had the lock before us may have migrated it.
        raw = plain(connection)
        number = schema_number(raw, folder)
        if number >= int(latest):
            check_schema(raw, sqlite, folder)
            return None
        copy = _back_up(database, folder, number)
        raw.execute(f"PRAGMA user_version = {int(READABLE_FROM)}")
        _migrate(connection, migrations, latest)
        check_schema(raw, sqlite, folder)
    return copy


def check_header(folder: Path) -> None:
    """Raise DeskDamaged unless the file starts as a desk's; opening it would write to it.

    SQLite's file format, section 1.3: sixteen letters, and at byte 68 the application's number.
    """
    with (folder / DATABASE).open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        raise damaged(folder)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise damaged(folder, _("its database is not one of Stonehand's"))


@contextmanager
def _no_window(folder: Path) -> Iterator[None]:
    """Keep windows from opening a desk. Raises DeskInUse while one has it open."""
    lock = WindowLock(folder / LOCK_FILE)
    try:
        if (folder / LOCK_FILE).exists():  # else no window ever was
            lock.acquire(now())
        yield
    finally:
        lock.release()


def _back_up(database: Database, folder: Path, number: int) -> Path:
    backups = folder / "backups"
    backups.mkdir(exist_ok=True)
    names = (f"schema-{number:04}{f'-{more}' if more else ''}.sqlite3" for more in count())
    path = next(backups / name for name in names if not (backups / name).exists())
    with replacing(path, private=True) as part:
        database.backup(part)
    return path


def _migrate(connection: Connection, migrations: Path, latest: str) -> None:
    # Alembic takes 0.4 s to import, and almost every start has nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, latest)
