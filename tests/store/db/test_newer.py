from __future__ import annotations

from pathlib import Path

import pytest

from editor.errors import DeskTooNew
from editor.store.db.engine import DATABASE, sqlite
from editor.store.db.identity import LATEST, READABLE_FROM
from editor.store.db.newer import (
    is_readable,
    may_change,
    newer_if_misread,
    only_readable,
    open_database,
    require_ours,
)
from editor.store.desk import Desk
from tests.newer import files


@pytest.fixture
def folder(desk: Desk) -> Path:
    """A desk that nobody has open."""
    desk.close()
    return desk.path


def change(folder: Path, *statements: str) -> None:
    raw = sqlite.connect(folder / DATABASE, isolation_level=None)
    for statement in statements:
        raw.execute(statement)
    raw.close()


NUMBER = f"UPDATE alembic_version SET version_num = '{int(LATEST) + 1:04}'"


def test_new_desk_says_from_which_number_on_it_is_read(folder: Path) -> None:
    raw = sqlite.connect(folder / DATABASE)
    assert raw.execute("PRAGMA user_version").fetchone() == (int(READABLE_FROM),)
    assert is_readable(raw)
    raw.close()
    assert int(READABLE_FROM) <= int(LATEST)


def test_database_is_opened_for_reading_where_a_newer_one_made_it(folder: Path) -> None:
    database = open_database(folder)
    assert (database.read_only, database.is_newer) == (False, False)
    database.close()
    change(folder, NUMBER)
    before = (folder.stat().st_mtime_ns, sorted(folder.iterdir()))
    database = open_database(folder)
    assert (database.read_only, database.is_newer) == (True, True)
    database.close()
    assert (folder.stat().st_mtime_ns, sorted(folder.iterdir())) == before, "not even a probe"


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 0",
        f"PRAGMA user_version = {int(LATEST) + 1}",
        "ALTER TABLE stories RENAME COLUMN words TO length",
        "DROP TABLE approvals",
        "DROP TABLE search",
        "DROP INDEX events_of_desk",
    ],
)
def test_newer_desk_without_what_is_read_here_is_refused(folder: Path, statement: str) -> None:
    change(folder, NUMBER, statement)
    with pytest.raises(DeskTooNew, match="this Stonehand knows") as caught:
        open_database(folder)
    assert not caught.value.is_readable


def test_what_is_more_than_here_does_no_harm(folder: Path) -> None:
    change(folder, NUMBER, "ALTER TABLE stories ADD COLUMN mood TEXT", "CREATE TABLE moods (x)")
    open_database(folder).close()


def test_change_of_a_newer_schema_is_refused(folder: Path) -> None:
    require_ours(LATEST)
    with pytest.raises(DeskTooNew, match="while it was open"):
        require_ours(f"{int(LATEST) + 1:04}")
    assert only_readable(folder).is_readable


@pytest.mark.parametrize(
    "statement", [NUMBER, "UPDATE alembic_version SET version_num = 'x'", "DROP TABLE search"]
)
def test_only_a_desk_that_is_ours_may_change(folder: Path, statement: str) -> None:
    assert may_change(folder)
    assert may_change(folder.parent), "a folder that is no desk"
    change(folder, statement)
    before = files(folder)
    assert may_change(folder) is (statement == "DROP TABLE search")
    assert files(folder) == before


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        (NUMBER, DeskTooNew),
        ("DELETE FROM alembic_version", KeyError),
        ("DROP TABLE alembic_version", KeyError),
    ],
)
def test_error_is_a_newer_one_s_only_where_that_is_known(
    folder: Path, statement: str, error: type[Exception]
) -> None:
    change(folder, statement)
    raw = sqlite.connect(folder / DATABASE)
    with pytest.raises(error), newer_if_misread(raw):
        raise KeyError("a column")
    raw.close()


def test_desk_that_is_open_elsewhere_may_change(desk: Desk) -> None:
    assert may_change(desk.path)


def test_broken_database_is_left_alone(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"broken" * 1000)
    assert not may_change(folder)
