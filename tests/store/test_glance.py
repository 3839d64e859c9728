"""A glance at a desk: its masthead, without a trace in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.core.house import House
from editor.core.people import Person, Role
from editor.errors import DeskDamaged, DeskTooNew
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.glance import read_masthead_of


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A desk that nobody has open."""
    path = tmp_path / "Harbour.desk"
    Desk.create(path, House("Harbour Post"), Person("Mara Quill", Role.CHIEF)).close()
    return path


def write(desk: Path, statement: str) -> None:
    raw = sqlite.connect(desk / DATABASE, isolation_level=None)
    raw.execute(statement)
    raw.close()


def files(desk: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in desk.rglob("*") if path.is_file()}


def test_masthead_is_read_and_nothing_is_written(closed: Path) -> None:
    before = files(closed)
    chain = read_masthead_of(closed)
    assert chain is not None
    assert [member.person.name for member in chain.latest.members] == ["Mara Quill"]
    assert files(closed) == before


def test_nothing_is_known_of_a_desk_with_an_unfinished_log(closed: Path) -> None:
    (closed / f"{DATABASE}-wal").write_bytes(b"x")
    assert read_masthead_of(closed) is None


def test_older_desk_is_not_upgraded(closed: Path) -> None:
    write(closed, "UPDATE alembic_version SET version_num = '0000'")
    before = files(closed)
    assert read_masthead_of(closed) is None
    assert files(closed) == before


def test_newer_desk_is_refused(closed: Path) -> None:
    write(closed, "UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(DeskTooNew, match="Harbour"):
        read_masthead_of(closed)


@pytest.mark.parametrize("data", [b"", b"\0garbage" * 500])
def test_damaged_desk_is_refused(closed: Path, data: bytes) -> None:
    (closed / DATABASE).write_bytes(data)
    with pytest.raises(DeskDamaged):
        read_masthead_of(closed)
