from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.compiler import SQLCompiler

from editor.store.db.engine import DATABASE, Database, sqlite
from editor.store.db.schema import create_schema, logs


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(tmp_path)
    with database.write() as connection:
        create_schema(connection)
    return database


def count(database: Database) -> int:
    with database.read() as connection:
        return len(connection.execute(logs.select()).fetchall())


def add(database: Database, name: str) -> None:
    with database.write() as connection:
        connection.execute(logs.insert().values(log=name, person="Mara", key=""))


def test_exception_rolls_back_rows_and_tables(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            connection.execute(logs.insert().values(log="A", person="Mara", key=""))
            connection.exec_driver_sql("CREATE TABLE more (x)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert count(database) == 0
    with database.read() as connection:
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'more'")
        assert found.fetchall() == []
    database.close()


def test_database_error_has_no_story_text(database: Database) -> None:
    add(database, "Secret source")
    with pytest.raises(IntegrityError) as caught:
        add(database, "Secret source")
    assert "Secret source" not in str(caught.value)
    database.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
    ],
)
def test_every_connection_has_safe_settings(database: Database, pragma: str, value: object) -> None:
    def look() -> None:
        with database.read() as connection:
            found.append(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar())

    found: list[object] = []
    look()
    with database.write():
        look()  # a second connection, since the first is taken
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [value] * 3
    database.close()


@pytest.mark.parametrize(("pragma", "value"), [("trusted_schema", 0), ("cell_size_check", 1)])
def test_reading_only_distrusts_the_file(
    database: Database, tmp_path: Path, pragma: str, value: object
) -> None:
    database.close()
    reading = Database(tmp_path, read_only=True)
    with reading.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    reading.close()


def test_reader_sees_one_state_while_another_writes(database: Database) -> None:
    with database.read() as connection:
        before = connection.execute(logs.select()).fetchall()
        add(database, "A")
        assert connection.execute(logs.select()).fetchall() == before
    assert count(database) == 1
    database.close()


def test_backup_during_a_write_has_what_was_committed(database: Database, tmp_path: Path) -> None:
    add(database, "A")
    with database.write() as connection:
        connection.execute(logs.insert().values(log="B", person="Mara", key=""))
        database.backup(tmp_path / "copy.sqlite3")
    raw = sqlite.connect(tmp_path / "copy.sqlite3")
    assert raw.execute("SELECT log FROM logs").fetchall() == [("A",)]
    raw.close()
    database.close()


def test_statement_is_compiled_once_for_all_desks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile_all = SQLCompiler.__init__

    def note(compiler: SQLCompiler, *arguments: Any, **options: Any) -> None:
        compile_all(compiler, *arguments, **options)
        compiled.append(compiler.string)

    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        database = Database(tmp_path / name)
        with database.write() as connection:
            create_schema(connection)
        if name == "second":
            monkeypatch.setattr(SQLCompiler, "__init__", note)
        add(database, name)
        with database.read() as connection:
            assert [row.log for row in connection.execute(logs.select())] == [name]
        database.close()
    assert compiled == []


def test_reading_follows_what_another_process_wrote(database: Database, tmp_path: Path) -> None:
    database.close()
    reading = Database(tmp_path, read_only=True)
    assert count(reading) == 0
    for number, name in enumerate("AB", 1):
        again = Database(tmp_path)
        add(again, name)
        again.close()
        assert count(reading) == number
    reading.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [DATABASE]


def test_reading_begins_again_where_the_log_goes_meanwhile(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last process that closes a desk removes the index of its log, then the log."""
    add(database, "A")
    database.close()
    log = tmp_path / f"{DATABASE}-wal"
    log.write_bytes(b"x")

    def copy_too_late(path: Path, _to: Path) -> None:
        log.unlink()
        raise FileNotFoundError(path)

    monkeypatch.setattr("editor.store.db.engine.shutil.copyfile", copy_too_late)
    reading = Database(tmp_path, read_only=True)
    assert count(reading) == 1
    reading.close()
