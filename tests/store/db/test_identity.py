"""The schema of a desk that somebody's database tool has changed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.errors import DeskDamaged, DeskError, DeskMoved
from editor.store.db import identity
from editor.store.db.engine import DATABASE, Database, plain, sqlite
from editor.store.db.identity import LATEST, OpenFiles, check_schema
from editor.store.db.schema import create_schema, tables
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA

SOME_TABLE = tables.tables["notes"]
"""A table that no trigger names; whatever the schema is, an index, a column, a search table."""
SOME_INDEX = sorted(index.name or "" for table in tables.sorted_tables for index in table.indexes)[
    0
]
SOME_COLUMN = SOME_TABLE.columns.keys()[-1]

CHANGES = {
    "trigger": (
        f"CREATE TRIGGER audit_fix AFTER INSERT ON {SOME_TABLE.name} BEGIN SELECT 1; END",
        "its database has an extra trigger: audit_fix",
    ),
    "view": ("CREATE VIEW more AS SELECT 1", "its database has an extra view: more"),
    "table": ("CREATE TABLE more (x)", "its database has an extra table: more"),
    "virtual table": (
        "CREATE VIRTUAL TABLE more USING fts5(x)",
        "its database has an extra table: more",
    ),
    "index": (
        f"CREATE INDEX more ON {SOME_TABLE.name} ({SOME_COLUMN})",
        "its database has an extra index: more",
    ),
    "statistics": ("ANALYZE", "its database has an extra table: sqlite_stat1"),
    "missing index": (f"DROP INDEX {SOME_INDEX}", f"its database lacks the index {SOME_INDEX}"),
    "missing table": ("DROP TABLE search", "its database lacks the table search"),
    "another column": (
        f"ALTER TABLE {SOME_TABLE.name} ADD COLUMN more TEXT",
        f"the table {SOME_TABLE.name} of its database is not as Stonehand makes it",
    ),
    "renamed column": (
        f"ALTER TABLE {SOME_TABLE.name} RENAME COLUMN {SOME_COLUMN} TO more",
        f"the table {SOME_TABLE.name} of its database is not as Stonehand makes it",
    ),
    "view in the place of a table": (
        f"ALTER TABLE {SOME_TABLE.name} RENAME TO more;"
        f"CREATE VIEW {SOME_TABLE.name} AS SELECT * FROM more",
        "its database has ",
    ),
    "partial index in the place of ours": (
        f"DROP INDEX {SOME_INDEX};"
        f"CREATE INDEX {SOME_INDEX} ON {SOME_TABLE.name} ({SOME_COLUMN}) WHERE 0",
        f"the index {SOME_INDEX} of its database is not as Stonehand makes it",
    ),
    "constraint written into the schema": (
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = "
        f"replace(sql, 'NOT NULL', 'NOT NULL ON CONFLICT IGNORE') WHERE name = '{SOME_TABLE.name}'",
        f"the table {SOME_TABLE.name} of its database is not as Stonehand makes it",
    ),
    "search table's own table": (
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = "
        "replace(sql, 'block BLOB', 'block TEXT') WHERE name = 'search_data'",
        "the table search_data of its database is not as Stonehand makes it",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_desk_with_another_schema_is_refused(desk: Desk, change: str) -> None:
    statements, sentence = CHANGES[change]
    desk.close()
    raw = sqlite.connect(desk.path / DATABASE)
    raw.executescript(statements)
    raw.close()
    with pytest.raises(DeskDamaged) as caught:
        Desk.open(desk.path)
    assert sentence in caught.value.sentence
    assert caught.value.hint


def test_two_rows_for_one_table_are_refused(desk: Desk) -> None:
    desk.close()
    raw = sqlite.connect(desk.path / DATABASE)
    raw.executescript(
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_master SELECT * FROM sqlite_master "
        f"WHERE name = '{SOME_TABLE.name}'"
    )
    raw.close()
    with pytest.raises(DeskDamaged):
        Desk.open(desk.path)


@pytest.fixture
def made(tmp_path: Path) -> Database:
    database = Database(tmp_path)
    with database.write() as connection:
        create_schema(connection)
    return database


def schema_digest(connection: Connection) -> str:
    return identity.digest(connection.exec_driver_sql(identity._ROWS).fetchall())


def test_digest_is_that_of_the_schema(made: Database) -> None:
    """When this fails for a new schema, put the new digest into `identity.py`."""
    with made.read() as connection:
        assert (LATEST, schema_digest(connection)) == ("0002", identity.SCHEMA_DIGEST)
    made.close()


def test_schema_is_compared_where_the_digest_is_another(
    made: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "SCHEMA_DIGEST", "")
    with made.read() as connection:
        check_schema(plain(connection), sqlite, tmp_path)
    with made.write() as connection:
        connection.exec_driver_sql("CREATE TABLE more (x)")
        with pytest.raises(DeskDamaged, match="extra table: more"):
            check_schema(plain(connection), sqlite, tmp_path)
    made.close()


def test_table_that_a_migration_rebuilt_is_ours(made: Database, tmp_path: Path) -> None:
    """SQLite quotes the name of a renamed table, and adds columns without a line break."""
    with made.write() as connection:
        before = schema_digest(connection)
        rows = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql NOT NULL ORDER BY type DESC",
            (SOME_TABLE.name,),
        ).scalars()
        for number, sql in enumerate(list(rows)):
            if number == 0:
                rebuilt = " ".join(sql.split()).replace(SOME_TABLE.name, "rebuilt", 1)
                connection.exec_driver_sql(rebuilt)
                connection.exec_driver_sql(f"DROP TABLE {SOME_TABLE.name}")
                connection.exec_driver_sql(f"ALTER TABLE rebuilt RENAME TO {SOME_TABLE.name}")
            else:
                connection.exec_driver_sql(sql)
        assert schema_digest(connection) != before
        check_schema(plain(connection), sqlite, tmp_path)
    made.close()


def test_log_is_another_one_after_all_connections_closed(made: Database) -> None:
    """A connection that broke is closed; when it was the only one, SQLite removes the log."""
    for _ in range(3):
        with suppress(KeyboardInterrupt), made.read() as connection:
            connection.invalidate()  # as SQLAlchemy does when a statement is interrupted
            raise KeyboardInterrupt
        with made.write() as connection:
            connection.exec_driver_sql("PRAGMA user_version")
    made.close()


def test_new_connection_to_another_file_is_refused(desk: Desk) -> None:
    """A second reader needs a second connection, which SQLite opens by name."""
    with desk.read() as first:
        assert first.rows() == []
        os.rename(desk.path / DATABASE, desk.path / "old.sqlite3")
        with pytest.raises(DeskMoved):
            reading(desk).rows()
        assert not (desk.path / DATABASE).exists()
        os.rename(desk.path / "old.sqlite3", desk.path / DATABASE)
        assert reading(desk).rows() == []


def test_file_without_a_number_is_not_checked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT on Windows numbers no files; every one has the number 0."""
    real = os.stat

    def without_number(path: str) -> os.stat_result:
        values = list(real(path))
        values[1] = 0
        return os.stat_result(values)

    monkeypatch.setattr(identity, "stat", without_number)
    with Desk.open(desk.path) as again:
        again.do(SaveStory(Story(headline="On")), LINA)


def test_disk_that_does_not_answer_is_no_moved_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / DATABASE).touch()
    files = OpenFiles(tmp_path / DATABASE, with_log=False)
    files.connecting()
    files.connected()

    def fail(_path: str) -> os.stat_result:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(identity, "stat", fail)
    with pytest.raises(DeskError, match="Input/output error") as caught:
        files.check()
    assert type(caught.value) is DeskError
