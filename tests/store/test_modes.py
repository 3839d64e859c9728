"""A desk's files are private to their owner, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from tests.store.conftest import MARA
from tests.store.test_pictures import JPEG

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs permissions as Unix has them")


@pytest.fixture(params=[0o000, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Return each mode under a folder, and whether it is that of a folder."""
    paths = (folder, *folder.rglob("*"))
    return {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths}


PRIVATE = {(True, 0o700), (False, 0o600)}


@pytest.mark.usefixtures("umask")
def test_desk_is_private_while_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "post.desk"
    with Desk.create(path, House("Harbour Post"), Person(MARA, Role.CHIEF)) as desk:
        desk.hold()
        desk.do(SaveStory(Story(slug="tides", headline="Tides")), MARA)
        desk.journal.write("story:new", {"headline": "Half a"})
        desk.pictures.add(JPEG)
        # SQLite gives these two the mode of the database.
        for name in (f"{DATABASE}-wal", f"{DATABASE}-shm", "window.lock"):
            assert (path / name).is_file()
        assert modes(path) == PRIVATE
        desk.backup(tmp_path / "post.backup")
    assert modes(path) == PRIVATE
    assert modes(tmp_path / "post.backup") == {(False, 0o600)}
    restore_backup(tmp_path / "post.backup", tmp_path / "restored.desk")
    assert modes(tmp_path / "restored.desk") == PRIVATE
