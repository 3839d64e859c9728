"""Files of the desk that were overwritten, cut short or lost."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from editor.errors import DeskDamaged, EditorError, NotFound
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from tests.databases import open_database
from tests.faults.conftest import a_desk, a_story
from tests.reading import every_slug, reading
from tests.templates import copy_template, make_template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage")

    def make() -> None:
        with a_desk(folder / "post.desk") as desk:
            for number in range(40):
                a_story(desk, f"Story {number}", "The ferry sails at noon. " * 200)

    return make_template(folder, make)


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A closed desk of forty stories."""
    return copy_template(template, "post.desk", tmp_path)


def read_all(path: Path) -> int:
    """Everything a window asks for."""
    with Desk.open(path) as desk:
        rows = reading(desk).rows()
        for row in rows:
            reading(desk).stored(row.id)
            reading(desk).versions(row.id)
            reading(desk).notes(row.id)
        reading(desk).search("ferry")
        reading(desk).counts()
        every_slug(desk)
        reading(desk).people()
        reading(desk).house()
        reading(desk).banner()
        reading(desk).log()
        return len(rows)


NO_DATABASE = (
    b"",
    b"Not a database at all. " * 500,
    b"\0" * 8192,
    b"SQLite format 3\0" + b"\xff" * 999,
)


@pytest.mark.parametrize("data", NO_DATABASE)
def test_file_that_is_no_database_is_damaged(path: Path, data: bytes) -> None:
    (path / DATABASE).write_bytes(data)
    with pytest.raises(DeskDamaged) as caught:
        Desk.open(path)
    assert "backups" in caught.value.hint
    assert (path / DATABASE).read_bytes() == data, "what is left of it is evidence"


def test_hint_names_the_latest_backup(path: Path) -> None:
    for name in ("schema-0001.sqlite3", "schema-0002.sqlite3"):
        (path / "backups" / name).write_bytes(b"")
    (path / DATABASE).write_bytes(b"x" * 5000)
    with pytest.raises(DeskDamaged) as caught:
        Desk.open(path)
    assert "schema-0002.sqlite3" in caught.value.hint


def test_truncated_database_is_damaged(path: Path) -> None:
    whole = (path / DATABASE).read_bytes()
    (path / DATABASE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DeskDamaged):
        read_all(path)


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_bytes_never_crash(path: Path, seed: int) -> None:
    chance = Random(seed)
    data = bytearray((path / DATABASE).read_bytes())
    for _ in range(30):
        at = chance.randrange(100, len(data) - 600)
        data[at : at + 500] = chance.randbytes(500)
    (path / DATABASE).write_bytes(data)
    # Mostly DeskDamaged; where only an id was hit, its story is not found.
    with pytest.raises(EditorError) as caught:
        read_all(path)
    assert isinstance(caught.value, DeskDamaged | NotFound)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stories SET stage = 'limbo'",
        "UPDATE stories SET tips = 'x'",
        "UPDATE papers SET content = '[1' WHERE kind = 'house'",
        "UPDATE papers SET content = '{}' WHERE kind = 'house'",
        "DELETE FROM papers",
        "UPDATE versions SET content = packed('[]')",
        "UPDATE versions SET content = '[]'",
        "UPDATE versions SET content = x'ff'",
        "UPDATE versions SET parents = 'x'",
        "DROP TABLE notes",
        "DROP TABLE search",
    ],
)
def test_foreign_values_are_damage(path: Path, statement: str) -> None:
    raw = open_database(path / DATABASE)
    with raw:
        raw.execute(statement)
    raw.close()
    with pytest.raises(DeskDamaged) as caught:
        read_all(path)
    assert caught.value.hint


def test_overwritten_table_pages_are_damage(path: Path) -> None:
    data = bytearray((path / DATABASE).read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (path / DATABASE).write_bytes(data)
    with pytest.raises(DeskDamaged):
        read_all(path)


def test_damaged_write_ahead_log_is_ignored(path: Path) -> None:
    (path / f"{DATABASE}-wal").write_bytes(Random(1).randbytes(50_000))
    assert read_all(path) == 40


def test_missing_database_or_folders(path: Path) -> None:
    for name in ("pictures", "drafts", "backups"):
        (path / name).rmdir()
    with Desk.open(path) as desk:
        desk.journal.write("banner", {"a": 1})
        assert desk.journal.entries() == {"banner": {"a": 1}}
        with pytest.raises(NotFound):
            desk.pictures.read("a" * 64 + ".jpg")
    (path / DATABASE).unlink()
    with pytest.raises(NotFound):
        Desk.open(path)
    assert not (path / DATABASE).exists()
