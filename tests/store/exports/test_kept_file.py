"""The file of exports: whatever is wrong with it, an export goes on, and the file is made again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.store.db.engine import sqlite
from editor.store.exports.kept_file import KeptFile, file_name, folder, remove_file
from editor.store.exports.parts import KeptParts


def keep(desk: Path, value: bytes) -> None:
    parts, file = with_parts(desk)
    parts.put("body", b"key", value)
    parts.flush()
    file.close()


def kept(desk: Path) -> bytes | None:
    parts, file = with_parts(desk)
    found = parts.get("body", b"key")
    file.close()
    return found


def with_parts(desk: Path) -> tuple[KeptParts, KeptFile]:
    file = KeptFile(desk)
    return KeptParts(file), file


def overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


def cut(path: Path) -> None:
    os.truncate(path, 5000)


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:9000] = b"\xff" * 8900
    path.write_bytes(bytes(data))


def of_another_version(path: Path) -> None:
    change(path, "UPDATE about SET format = 'stonehand 0.0 exports 0'")


def of_another_desk(path: Path) -> None:
    change(path, "UPDATE about SET place = '/elsewhere'")


def with_a_trigger(path: Path) -> None:
    change(path, "CREATE TRIGGER t AFTER INSERT ON parts BEGIN DELETE FROM parts; END")


def without_a_table(path: Path) -> None:
    change(path, "DROP TABLE blocks")


def with_another_table(path: Path) -> None:
    change(path, "ALTER TABLE parts ADD COLUMN more")


def change(path: Path, statement: str) -> None:
    raw = sqlite.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    "damage",
    [
        *(overwrite, cut, garble, of_another_version, of_another_desk),
        *(with_a_trigger, without_a_table, with_another_table),
    ],
)
def test_file_that_is_not_ours_is_made_again(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    desk = tmp_path / "post.desk"
    keep(desk, b"before")
    damage(KeptFile(desk).path)
    assert kept(desk) is None
    keep(desk, b"after")
    assert kept(desk) == b"after"


def test_file_that_is_removed_or_damaged_while_it_is_open_is_made_again(tmp_path: Path) -> None:
    desk = tmp_path / "post.desk"
    parts, file = with_parts(desk)
    for number in range(100):
        parts.put("body", b"%d" % number, os.urandom(20_000))
    parts.flush()
    file.close()
    parts, file = with_parts(desk)
    assert parts.get("body", b"1")
    with file.path.open("r+b") as opened:
        opened.seek(8192)
        opened.write(b"\xff" * (file.path.stat().st_size - 8192))
    assert [parts.get("body", b"%d" % number) for number in range(100)].count(None) > 50
    parts.put("body", b"new", b"new")
    parts.flush()
    file.close()
    assert with_parts(desk)[0].get("body", b"new") == b"new"


def test_disk_that_refuses_is_no_error(tmp_path: Path) -> None:
    folder().parent.mkdir(parents=True, exist_ok=True)
    folder().write_bytes(b"a file in the place of the folder")
    desk = tmp_path / "post.desk"
    keep(desk, b"before")
    assert kept(desk) is None


@pytest.mark.parametrize("first", [b"", b"made before"])
def test_second_process_goes_without_what_another_keeps_busy(
    tmp_path: Path, first: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editor.store.exports.kept_file._PRAGMAS", ("PRAGMA busy_timeout = 1",))
    desk = tmp_path / "post.desk"
    keep(desk, first)
    other = sqlite.connect(KeptFile(desk).path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    keep(desk, b"second")
    other.execute("ROLLBACK")
    other.close()
    assert kept(desk) == first
    keep(desk, b"second")
    assert kept(desk) == b"second"


def test_two_that_have_it_open_see_what_the_other_wrote(tmp_path: Path) -> None:
    desk = tmp_path / "post.desk"
    (first, one), (second, two) = with_parts(desk), with_parts(desk)
    first.put("body", b"1", b"first")
    first.flush()
    second.put("body", b"2", b"second")
    second.flush()
    assert (first.get("body", b"2"), second.get("body", b"1")) == (b"second", b"first")
    one.close()
    two.close()


def test_what_was_written_is_whole_or_not_there(tmp_path: Path) -> None:
    file = KeptFile(tmp_path / "post.desk")

    file.write(lambda raw: raw.execute("INSERT INTO heads VALUES ('b', x'00')"))
    with pytest.raises(ZeroDivisionError):
        file.write(lambda raw: [raw.execute("DELETE FROM heads"), 1 / 0])
    owners = "SELECT owner FROM heads"
    assert file.read(lambda raw: raw.execute(owners).fetchall(), None) == [("b",)]
    file.close()


def test_each_place_has_its_own_file(tmp_path: Path) -> None:
    keep(tmp_path / "a.desk", b"a")
    keep(tmp_path / "b.desk", b"b")
    assert (kept(tmp_path / "a.desk"), kept(tmp_path / "b.desk")) == (b"a", b"b")
    (tmp_path / "a.desk").mkdir()
    (tmp_path / "link.desk").symlink_to(tmp_path / "a.desk")
    assert kept(tmp_path / "link.desk") == b"a"
    assert KeptFile(tmp_path / "a.desk").path.name == file_name(
        str((tmp_path / "a.desk").resolve())
    )


def test_nothing_is_made_until_something_is_asked(tmp_path: Path) -> None:
    file = KeptFile(tmp_path / "post.desk")
    assert not file.is_there
    file.close()
    assert not folder().exists()


def test_removing_leaves_nothing(tmp_path: Path) -> None:
    parts, file = with_parts(tmp_path / "post.desk")
    parts.put("body", b"1", b"x")
    parts.flush()
    remove_file(file.path)
    assert list(folder().iterdir()) == []
    file.close()


@pytest.mark.skipif(os.name != "posix", reason="needs permissions as Unix has them")
def test_file_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        parts, file = with_parts(tmp_path / "post.desk")
        parts.put("body", b"1", b"x")
        parts.flush()
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in folder().iterdir()} == {0o600}
    assert len(list(folder().iterdir())) == 3
    assert folder().stat().st_mode & 0o777 == 0o700
    file.close()
