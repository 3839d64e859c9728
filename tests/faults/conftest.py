"""Disks that are full or may not be written, for real where the system allows it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.desk import Desk
from tests.faults.newsroom import Room, enter_newsroom, make_newsroom
from tests.people import joining

CHIEF = "Mara Quist"
WRITER = "Lina Haddad"

MAY_MOUNT = sys.platform == "linux" and os.geteuid() == 0


def a_desk(path: Path) -> Desk:
    """A desk with a chief and a journalist."""
    desk = Desk.create(path, House("Harbour Post"), Person(CHIEF, Role.CHIEF))
    desk.do(joining(WRITER, Role.JOURNALIST), CHIEF)
    return desk


def a_story(desk: Desk, headline: str = "Ferry resumes", body: str = "The ferry sails.") -> str:
    """A new story; its id."""
    return desk.do(SaveStory(Story(headline=headline, body=body)), WRITER).ids("story")[0]


def mount(*words: str) -> bool:
    return subprocess.run(["mount", *words], check=False, capture_output=True).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not (MAY_MOUNT and mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk))):
        pytest.skip("only root on Linux can make a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@contextmanager
def filled(disk: Path, leave: int = 0) -> Iterator[None]:
    """A disk with `leave` bytes of room, until the end of the block."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 1 << 20
        while size >= 1:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
        file.truncate(max(0, file.tell() - leave))
    yield
    filler.unlink()


@contextmanager
def read_only_folder(folder: Path) -> Iterator[None]:
    """Make a folder read only, with all that is in it, until the end of the block."""
    where = str(folder)
    if MAY_MOUNT:
        # Root is not stopped by permissions, only by the mount.
        if not (mount("--bind", where, where) and mount("-o", "remount,bind,ro", where)):
            pytest.skip("this system lets nobody mount")
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", where], check=True)
        return
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("permissions do not stop whoever runs this")
    paths = [folder, *folder.rglob("*")]
    modes = [(path, path.stat().st_mode) for path in paths]
    for path, mode in modes:
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes:
            path.chmod(mode)


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], None]]:
    """A function that makes a folder read only until the test ends."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(read_only_folder(folder))


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a newsroom, made once."""
    folder = tmp_path_factory.mktemp("newsroom")
    make_newsroom(folder)
    return folder


@pytest.fixture
def room(newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A copy of the newsroom on a computer that has exported from it before."""
    room = enter_newsroom(newsroom, tmp_path)
    monkeypatch.setenv("STONEHAND_KEYS", str(room.keys.folder))
    return room
