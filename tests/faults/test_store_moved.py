"""A desk that another process moves, replaces or deletes while it is open here.

SQLite goes on writing to the old file and reports success. We must notice: what
is called saved is where the desk is, and nothing reaches a wrong file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.errors import DeskMoved
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.faults.conftest import WRITER, a_desk, a_story
from tests.faults.store_writer import text
from tests.reading import reading
from tests.templates import copy_template, make_template

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")

SCRIPT = Path(__file__).with_name("store_writer.py")
LOST = "Never saved"

WAYS = {
    "folder renamed": "os.rename(desk, away)",
    "folder above renamed": "os.rename(desk.parent, desk.parent.with_name('other room'))",
    "folder deleted": "shutil.rmtree(desk)",
    "folder replaced by a copy": "os.rename(desk, away); shutil.copytree(away, desk)",
    "folder replaced by another desk": "os.rename(desk, away); shutil.copytree(other, desk)",
    "folder replaced by a link to a copy": (
        "os.rename(desk, away); shutil.copytree(away, copy); desk.symlink_to(copy)"
    ),
    "folder replaced by a file": "os.rename(desk, away); desk.write_text('x')",
    "database deleted": "os.unlink(database)",
    "database renamed": "os.rename(database, desk / 'old.sqlite3')",
    "database replaced by a copy": "shutil.copy(database, part); os.replace(part, database)",
    "database replaced by another": (
        "shutil.copy(other / database.name, part); os.replace(part, database)"
    ),
    "database replaced by a link": (
        "os.rename(database, away); database.symlink_to(other / database.name)"
    ),
    "database replaced by nothing": "os.unlink(database); database.touch()",
    "log deleted": "os.unlink(f'{database}-wal')",
    "log emptied by replacing": "part.touch(); os.replace(part, f'{database}-wal')",
    "index of the log deleted": "os.unlink(f'{database}-shm')",
    "log and index deleted": "os.unlink(f'{database}-wal'); os.unlink(f'{database}-shm')",
}
IN_LOG = [way for way in WAYS if "log" in way]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two desks, made once."""
    folder = tmp_path_factory.mktemp("desks")

    def make() -> None:
        for name in ("other.desk", "post.desk"):
            a_desk(folder / name).close()

    return make_template(folder, make)


@pytest.fixture
def room(desks: Path, tmp_path: Path) -> Path:
    """A folder with the desk of the tests; another desk is beside it."""
    (tmp_path / "room").mkdir()
    copy_template(desks, "other.desk", tmp_path)
    copy_template(desks, "post.desk", tmp_path / "room")
    return tmp_path / "room"


def elsewhere(desk: Path, way: str) -> None:
    """Do one of WAYS in another process."""
    code = (
        "import os, shutil, sys; from pathlib import Path; desk = Path(sys.argv[1]);"
        f"database = desk / {DATABASE!r}; part = desk / 'part'; top = desk.parent.parent;"
        "away, copy, other = top / 'away', top / 'copy', top / 'other.desk';"
    )
    subprocess.run([sys.executable, "-c", code + WAYS[way], str(desk)], check=True)


def databases(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.sqlite3"):
        if path.is_file() and path.stat().st_size:
            yield path


def headlines(database: Path) -> list[str]:
    raw = sqlite.connect(database)
    try:
        return [row[0] for row in raw.execute("SELECT headline FROM stories")]
    finally:
        raw.close()


class Later:
    """A clock: the door asks it inside a write, and it does what a test wants there."""

    def __init__(self) -> None:
        self.on_asked: Callable[[], None] = lambda: None

    def __call__(self) -> datetime:
        self.on_asked()
        return datetime(2026, 3, 3, 14, 2, tzinfo=UTC)


def save(desk: Desk, headline: str) -> None:
    desk.do(SaveStory(Story(headline=headline)), WRITER)


@pytest.mark.parametrize("moment", ["before the write", "inside the write"])
@pytest.mark.parametrize("way", WAYS)
def test_write_to_a_moved_desk_is_refused(room: Path, way: str, moment: str) -> None:
    clock = Later()
    with Desk.open(room / "post.desk", clock=clock) as desk:
        save(desk, "Saved before")
        if moment.startswith("before"):
            elsewhere(desk.path, way)
        else:
            clock.on_asked = lambda: elsewhere(desk.path, way)
        with pytest.raises(DeskMoved, match=r"Nothing more is saved\.$") as caught:
            save(desk, LOST)
        clock.on_asked = lambda: None
        assert "post.desk" in caught.value.sentence
        assert caught.value.hint.startswith("Copy what you typed last")
        with pytest.raises(DeskMoved):
            save(desk, LOST)
    for path in databases(room.parent):
        assert LOST not in headlines(path), path


@pytest.mark.parametrize("way", WAYS)
def test_reading_a_moved_desk_is_refused(room: Path, way: str) -> None:
    with Desk.open(room / "post.desk") as desk:
        save(desk, "Saved before")
        elsewhere(desk.path, way)
        with pytest.raises(DeskMoved):
            reading(desk).rows()
        with pytest.raises(DeskMoved):
            desk.backup(room.parent / "post.stonehand-backup")
    assert not (room.parent / "post.stonehand-backup").exists()


@pytest.mark.parametrize("way", IN_LOG)
def test_what_was_saved_survives_the_loss_of_the_log(room: Path, way: str) -> None:
    with Desk.open(room / "post.desk") as desk:
        for number in range(5):
            save(desk, f"Saved {number}")
        elsewhere(desk.path, way)
        with pytest.raises(DeskMoved, match=r"-(wal|shm) of the desk post\.desk was removed"):
            save(desk, LOST)
    with Desk.open(room / "post.desk") as again:
        found = {row.headline for row in reading(again).rows()}
        assert found == {f"Saved {number}" for number in range(5)}
        save(again, "Saved after")


def test_desk_that_was_moved_back_goes_on(room: Path) -> None:
    with Desk.open(room / "post.desk") as desk:
        save(desk, "Saved before")
        os.rename(desk.path, room / "away")
        with pytest.raises(DeskMoved):
            save(desk, LOST)
        os.rename(room / "away", desk.path)
        save(desk, "Saved after")
        assert {row.headline for row in reading(desk).rows()} == {"Saved before", "Saved after"}


def test_desk_opens_from_its_new_place(room: Path) -> None:
    with Desk.open(room / "post.desk") as desk:
        save(desk, "Saved before")
        os.rename(desk.path, room / "away")
        with Desk.open(room / "away") as there:
            assert [row.headline for row in reading(there).rows()] == ["Saved before"]
            save(there, "Saved there")
        with pytest.raises(DeskMoved):
            save(desk, LOST)
    assert set(headlines(room / "away" / DATABASE)) == {"Saved before", "Saved there"}
    assert not desk.path.exists(), "nothing is made at the old place"


def test_link_that_leads_elsewhere_is_noticed(room: Path) -> None:
    link = room / "link.desk"
    link.symlink_to(room / "post.desk")
    with Desk.open(link) as desk:
        save(desk, "Saved before")
        link.unlink()
        link.symlink_to(room.parent / "other.desk")
        with pytest.raises(DeskMoved, match=r"Another desk is at .*link\.desk"):
            save(desk, LOST)
    assert headlines(room / "post.desk" / DATABASE) == ["Saved before"]
    assert headlines(room.parent / "other.desk" / DATABASE) == []


@pytest.mark.parametrize("way", ["folder renamed", "folder replaced by another desk", *IN_LOG])
def test_all_that_another_process_called_saved_is_found(room: Path, way: str) -> None:
    with Desk.open(room / "post.desk") as desk:
        story = a_story(desk)
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), "save", str(room / "post.desk"), story, WRITER],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        called_saved = [int(writer.stdout.readline()) for _ in range(20)]
        elsewhere(room / "post.desk", way)
        output, error = writer.communicate()
    called_saved += map(int, output.split())
    assert writer.returncode == 1
    assert "editor.errors.DeskMoved" in error.splitlines()[-1]
    place = room / "post.desk" if way in IN_LOG else room.parent / "away"
    with Desk.open(place) as there:
        for version in called_saved:
            assert reading(there).stored(story, version).story.body == text(WRITER, version)
        assert reading(there).verify_audit().reason == ""


def test_read_only_desk_that_was_replaced_is_noticed(
    room: Path, read_only: Callable[[Path], None]
) -> None:
    link = room.parent / "link.desk"
    link.symlink_to(room / "post.desk")
    read_only(room / "post.desk")
    with Desk.open(link) as desk:
        assert desk.read_only
        assert reading(desk).rows() == []
        link.unlink()
        link.symlink_to(room.parent / "other.desk")
        with pytest.raises(DeskMoved):
            reading(desk).rows()


def test_copy_of_an_unfinished_log_stays_readable(
    room: Path, read_only: Callable[[Path], None]
) -> None:
    with Desk.open(room / "post.desk") as desk:
        save(desk, "Saved before")
        shutil.copytree(desk.path, room / "unfinished.desk")
    (room / "unfinished.desk" / f"{DATABASE}-shm").unlink()
    read_only(room / "unfinished.desk")
    link = room / "link.desk"
    link.symlink_to(room / "unfinished.desk")
    with Desk.open(link) as desk:
        link.unlink()
        assert [row.headline for row in reading(desk).rows()] == ["Saved before"]
