"""Whether a desk's database is as it was left: only where nobody else wrote to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.core.commands import Submit
from editor.errors import NotFound
from editor.places import DESK_FILE
from editor.store.desk import Desk
from editor.store.exports.kept_file import folder
from tests.reading import reading
from tests.store.conftest import LINA, change_database, new


def holds(desk: Desk) -> bool:
    return desk.exports.custody.holds()


def test_desk_that_was_never_exported_is_not_known_and_leaves_no_file(desk: Desk) -> None:
    new(desk)
    assert not holds(desk)
    desk.close()
    assert not folder().exists()


def test_own_writes_and_closing_keep_it(desk: Desk) -> None:
    desk.exports.custody.left()
    new(desk)
    assert holds(desk)
    with Desk.open(desk.path) as other:
        new(other, "Tides")
        assert holds(desk)
        assert holds(other)
    assert holds(desk)
    path = desk.path
    desk.close()
    with Desk.open(path) as again:
        assert holds(again)
        reading(again).rows()
    with Desk.open(path) as again:
        assert holds(again)


def test_write_of_somebody_else_ends_it(desk: Desk) -> None:
    desk.exports.custody.left()
    change_database(desk, "UPDATE stories SET headline = 'x' WHERE 0 OR id = ?", new(desk))
    assert not holds(desk)
    new(desk, "Tides")
    assert not holds(desk)
    path = desk.path
    desk.close()
    with Desk.open(path) as again:
        assert not holds(again)


def test_write_of_somebody_else_while_it_is_closed_ends_it(desk: Desk) -> None:
    desk.exports.custody.left()
    story = new(desk)
    desk.close()
    change_database(desk, "UPDATE stories SET headline = 'x' WHERE id = ?", story)
    with Desk.open(desk.path) as again:
        assert not holds(again)


def test_bytes_that_are_written_past_the_database_end_it_whatever_their_time(desk: Desk) -> None:
    desk.exports.custody.left()
    new(desk)
    desk.close()
    file = desk.path / DESK_FILE
    before = file.stat()
    with file.open("r+b") as opened:
        opened.write(file.read_bytes())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    with Desk.open(desk.path) as again:
        assert not holds(again)


def test_copy_put_in_its_place_ends_it(desk: Desk, tmp_path: Path) -> None:
    desk.exports.custody.left()
    desk.close()
    file = desk.path / DESK_FILE
    (tmp_path / "copy").write_bytes(file.read_bytes())
    os.replace(tmp_path / "copy", file)
    with Desk.open(desk.path) as again:
        assert not holds(again)


def test_refused_command_keeps_it(desk: Desk) -> None:
    desk.exports.custody.left()
    with pytest.raises(NotFound):
        desk.do(Submit("none", 7), LINA)
    assert holds(desk)
