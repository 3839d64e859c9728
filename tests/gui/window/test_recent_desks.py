"""The list of desks that were opened before, and what is wrong with one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.gui.window.recent_desks import (
    DeskFault,
    RecentDesk,
    desk_to_write_on,
    find_fault,
    find_faults,
    recent_desks,
)
from editor.gui.window.window_state import WindowState
from editor.places import sample_desk
from editor.progress import Progress
from editor.sample import make_sample
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, choose_key_store
from tests.faults.conftest import read_only_folder
from tests.newer import files


def leave(_desk: Path) -> None:
    """Leave the desk as it is."""


def empty(desk: Path) -> None:
    shutil.rmtree(desk)
    desk.mkdir()


def make_newer(desk: Path) -> None:
    raw = sqlite.connect(desk / DATABASE, isolation_level=None)
    raw.execute("UPDATE alembic_version SET version_num = '9001'")
    raw.close()


def make_too_new(desk: Path) -> None:
    make_newer(desk)
    raw = sqlite.connect(desk / DATABASE, isolation_level=None)
    raw.execute("PRAGMA user_version = 9001")
    raw.close()


def damage(desk: Path) -> None:
    (desk / DATABASE).write_bytes(b"\0garbage" * 500)


def lose_keys(_desk: Path) -> None:
    keys = choose_key_store()
    assert isinstance(keys, KeyFolder)
    shutil.rmtree(keys.folder)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (leave, None),
        (shutil.rmtree, DeskFault.GONE),
        (empty, DeskFault.NOT_A_DESK),
        (make_newer, DeskFault.NEWER),
        (make_too_new, DeskFault.TOO_NEW),
        (damage, DeskFault.DAMAGED),
        (lose_keys, DeskFault.NO_KEY),
    ],
)
def test_what_is_wrong_with_a_desk_is_found_without_opening_it(
    desk: Desk, change: Callable[[Path], object], fault: DeskFault | None
) -> None:
    desk.close()
    change(desk.path)
    assert find_fault(desk.path) is fault
    found = find_faults([str(desk.path)], Progress())
    assert found == ({str(desk.path): fault} if fault else {})


def test_desk_that_is_open_has_no_fault(desk: Desk) -> None:
    assert find_fault(desk.path) is None


def test_folder_that_can_not_exist_is_gone() -> None:
    assert find_fault(Path("/no\0where.desk")) is DeskFault.GONE


def test_sample_needs_no_key_of_ones_own() -> None:
    make_sample(sample_desk()).close()
    assert find_fault(sample_desk()) is None


def test_desks_of_one_name_are_told_apart_by_their_folders() -> None:
    paths = ["/a/Post.desk", "/b/Post.desk", "/b/Hill.desk"]
    state = WindowState(desks={"/b/Post.desk": {"closed": "2026-11-27T10:00:00Z"}})
    assert recent_desks(paths, state) == [
        RecentDesk("/a/Post.desk", "Post in /a"),
        RecentDesk("/b/Post.desk", "Post in /b", "2026-11-27T10:00:00Z"),
        RecentDesk("/b/Hill.desk", "Hill"),
    ]


def test_story_is_written_on_the_desk_used_last_and_never_on_the_sample(
    desk: Desk, tmp_path: Path
) -> None:
    make_sample(sample_desk()).close()
    gone, sample = str(tmp_path / "Gone.desk"), str(sample_desk())
    assert desk_to_write_on([gone, sample, str(desk.path)]) == desk.path
    assert desk_to_write_on([gone, sample]) is None


@pytest.mark.parametrize("change", [make_newer, make_too_new, damage, empty])
def test_story_is_never_written_on_a_desk_that_can_not_be_written_to(
    desk: Desk, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    desk.close()
    other = tmp_path / "Other.desk"
    shutil.copytree(desk.path, other)
    change(desk.path)
    before = files(desk.path)
    assert desk_to_write_on([str(desk.path), str(other)]) == other
    assert desk_to_write_on([str(desk.path)]) is None
    assert files(desk.path) == before


def test_story_is_never_written_where_nobody_here_can_sign_or_write(desk: Desk) -> None:
    desk.close()
    with read_only_folder(desk.path):
        assert desk_to_write_on([str(desk.path)]) is None
    assert desk_to_write_on([str(desk.path)]) == desk.path
    lose_keys(desk.path)
    assert desk_to_write_on([str(desk.path)]) is None
