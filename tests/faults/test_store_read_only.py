"""A desk in a folder that may only be read: still good for reading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.core.commands import AddNote, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.times import now
from editor.errors import DeskReadOnly
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.faults.conftest import CHIEF, WRITER, a_desk, a_story
from tests.people import approving
from tests.reading import reading

JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c"
    "1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc000"
    "0b080001000101011100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400"
    "b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c1"
    "1552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a63"
    "6465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6"
    "b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008"
    "010100003f00fbd3ffd9"
)

ReadOnly = Callable[[Path], None]


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


def test_backup_in_a_read_only_place_is_refused_with_its_name(
    tmp_path: Path, read_only: ReadOnly
) -> None:
    (place := tmp_path / "place").mkdir()
    with a_desk(tmp_path / "post.desk") as desk:
        file = desk.backup(tmp_path / "b.zip").file
        read_only(place)
        refused = pytest.raises(DeskReadOnly, match=f"^Nothing can be written to {place}[.]$")
        with refused:
            desk.backup(place)
    with refused:
        restore_backup(file, place / "new.desk")


def test_read_only_desk_is_read_and_refuses_writes(tmp_path: Path, read_only: ReadOnly) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
        desk.do(Submit(story, 1), WRITER)
        desk.do(approving(desk, story, 1), CHIEF)
        desk.journal.write("banner", {"a": 1})
    read_only(desk.path)
    before = listing(desk.path)
    with Desk.open(desk.path) as again:
        again.hold()
        assert again.read_only
        assert reading(again).stored(story).approval
        assert reading(again).search("ferry")[0].id == story
        assert len(reading(again).edition(None, now()).items) == 1
        assert again.journal.entries() == {"banner": {"a": 1}}
        for write, given in (
            (again.do, (AddNote(story, "Hello"), WRITER)),
            (again.journal.write, ("banner", {"a": 2})),
            (again.journal.remove, ("banner",)),
            (again.pictures.add, (JPEG,)),
        ):
            with pytest.raises(DeskReadOnly, match="can be read") as caught:
                write(*given)
            assert str(desk.path) in caught.value.hint
    assert listing(desk.path) == before


def test_damaged_draft_on_a_read_only_desk_is_skipped(tmp_path: Path, read_only: ReadOnly) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        (desk.path / "drafts" / "banner.json").write_text("{")
    read_only(desk.path)
    with Desk.open(desk.path) as again:
        assert again.journal.entries() == {}


def test_unfinished_write_ahead_log_is_read(tmp_path: Path, read_only: ReadOnly) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        path = desk.path
    code = (
        "import sys, time; from pathlib import Path; from editor.store.desk import Desk;"
        "from editor.core.commands import SaveStory; from editor.core.story import Story;"
        "desk = Desk.open(Path(sys.argv[1]));"
        "desk.do(SaveStory(Story(headline='Saved last')), sys.argv[2]);"
        "print('saved', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path), WRITER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().startswith(b"saved")
        os.kill(writer.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert (path / f"{DATABASE}-wal").stat().st_size
    (path / f"{DATABASE}-shm").unlink()
    read_only(path)
    before = listing(path)
    with Desk.open(path) as again:
        assert [row.headline for row in reading(again).rows()] == ["Saved last"]
        with pytest.raises(DeskReadOnly):
            again.do(AddNote(reading(again).rows()[0].id, "Hello"), WRITER)
    assert listing(path) == before


def test_desk_is_not_made_on_a_read_only_disk(tmp_path: Path, read_only: ReadOnly) -> None:
    (tmp_path / "shelf").mkdir()
    read_only(tmp_path / "shelf")
    with pytest.raises(DeskReadOnly):
        Desk.create(tmp_path / "shelf" / "x.desk", House("Post"), Person(CHIEF, Role.CHIEF))


def test_older_read_only_desk_is_not_upgraded(tmp_path: Path, read_only: ReadOnly) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        path = desk.path
    raw = sqlite.connect(path / DATABASE)
    with raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    raw.close()
    read_only(path)
    with pytest.raises(DeskReadOnly):
        Desk.open(path)
    assert list((path / "backups").iterdir()) == []
