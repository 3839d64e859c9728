"""The spare tree of an export: what it saves, and that nothing in it is believed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.errors import OutputError
from editor.files import exchange
from editor.formats.folder_output import FolderOutput
from editor.formats.paths import EDITION, SUMS
from editor.formats.spare_folder import remove_gone_spares
from tests.formats.test_generations import is_whole, tree
from tests.formats.test_incremental import MemoryTargets

STORIES = {f"v1/stories/{number}/versions.json": f"{number}" for number in range(40)}
FIRST = {EDITION: "{}", "old/gone.html": "gone", **STORIES}
SECOND = {EDITION: "{ }", **STORIES}
THIRD = {EDITION: "{  }", **STORIES, "v1/stories/7/versions.json": "new", "new/a.html": "a"}


@pytest.fixture(autouse=True)
def _switch_of_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "try" / name).mkdir(parents=True)
    try:
        exchange(tmp_path / "try" / "a", tmp_path / "try" / "b")
    except OSError:
        pytest.skip("this disk can't switch folders in one step")


@pytest.fixture
def targets(tmp_path: Path) -> MemoryTargets:
    return MemoryTargets(tmp_path / "spares")


@pytest.fixture
def site(tmp_path: Path, targets: MemoryTargets) -> Path:
    """A site that was exported twice, so that there is a spare tree of it."""
    site = tmp_path / "site"
    write(site, FIRST, targets)
    assert not (tmp_path / "spares").exists(), "the first export has none"
    write(site, SECOND, targets)
    return site


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    return tmp_path / "spares" / "site" / "tree"


def write(site: Path, files: dict[str, str], targets: MemoryTargets) -> None:
    with FolderOutput(site, targets=targets) as out:
        for path, text in files.items():
            out.write(path, text.encode())


def numbers(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_ino for path in tree(folder)}


def test_spare_tree_has_second_names_of_the_very_files(site: Path, spare: Path) -> None:
    assert numbers(spare) == numbers(site)
    assert not (spare / "old").exists()


def test_export_with_a_spare_tree_names_only_what_changes(
    site: Path, spare: Path, targets: MemoryTargets, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = list[str]()
    for name in ("link", "unlink", "mkdir", "rmdir"):
        monkeypatch.setattr(os, name, counted(getattr(os, name), calls))
    write(site, THIRD, targets)
    monkeypatch.undo()
    assert len(calls) < 30, "as many as files that change, not as stories"
    assert set(tree(site)) == {SUMS, *THIRD}
    assert is_whole(site)
    assert numbers(spare) == numbers(site)


def counted(function: Callable[..., None], calls: list[str]) -> Callable[..., None]:
    def call(*arguments: object, **options: object) -> None:
        calls.append(str(arguments[0]))
        function(*arguments, **options)

    return call


def test_file_that_stays_is_never_written_to(site: Path, targets: MemoryTargets) -> None:
    """A changed file is a new one: the other name of the old one is what readers still get."""
    before = (site / "v1/stories/7/versions.json").open()
    with before:
        write(site, THIRD, targets)
        assert before.read() == "7"


def add_a_file(spare: Path) -> None:
    (spare / "v1" / "secret.html").write_text("never published")


def change_a_file(spare: Path) -> None:
    path = spare / "v1/stories/9/versions.json"
    path.unlink()
    path.write_text("forged")


def replace_a_file_by_a_link(spare: Path) -> None:
    path = spare / "v1/stories/9/versions.json"
    path.unlink()
    path.symlink_to("/etc/hostname")


def add_folders(spare: Path) -> None:
    (spare / "empty" / "inside").mkdir(parents=True)


def remove_a_folder(spare: Path) -> None:
    (spare / "v1/stories/9/versions.json").unlink()
    (spare / "v1/stories/9").rmdir()


def put_a_folder_in_place_of_a_file(spare: Path) -> None:
    (spare / "v1/stories/9/versions.json").unlink()
    (spare / "v1/stories/9/versions.json").mkdir()


def put_a_link_in_place_of_a_folder(spare: Path) -> None:
    (spare / "v1").rename(spare.parent / "elsewhere")
    (spare / "v1").symlink_to(spare.parent / "elsewhere")


@pytest.mark.parametrize(
    "harm",
    [
        add_a_file,
        change_a_file,
        replace_a_file_by_a_link,
        add_folders,
        remove_a_folder,
        put_a_folder_in_place_of_a_file,
        put_a_link_in_place_of_a_folder,
    ],
)
def test_nothing_that_somebody_did_to_the_spare_tree_is_published(
    site: Path, spare: Path, targets: MemoryTargets, harm: Callable[[Path], None]
) -> None:
    harm(spare)
    write(site, THIRD, targets)
    assert {path: text for path, text in tree(site).items() if path != SUMS} == THIRD
    assert is_whole(site)
    assert {path.name for path in site.iterdir()} == {SUMS, EDITION, "v1", "new"}
    assert not [path for path in site.rglob("*") if path.is_symlink()]
    assert numbers(spare) == numbers(site)


def test_mode_of_a_folder_that_somebody_changed_stays(site: Path, targets: MemoryTargets) -> None:
    (site / "v1").chmod(0o750)
    site.chmod(0o711)
    write(site, THIRD, targets)
    assert [(path.stat().st_mode & 0o777) for path in (site, site / "v1")] == [0o711, 0o750]


def test_stopped_export_leaves_the_spare_tree_for_the_next(
    site: Path, spare: Path, targets: MemoryTargets
) -> None:
    before = tree(site)

    with pytest.raises(OutputError):
        write(site, {**THIRD, "../outside": ""}, targets)
    assert tree(site) == before
    assert "new/a.html" not in tree(spare), "what was not to be is kept nowhere"
    write(site, THIRD, targets)
    assert is_whole(site)
    assert numbers(spare) == numbers(site)


def test_file_of_somebody_else_stays_and_is_in_no_spare_tree(
    site: Path, spare: Path, targets: MemoryTargets
) -> None:
    (site / "CNAME").write_text("theirs")
    with FolderOutput(site, force=True, targets=targets) as out:
        for path, text in THIRD.items():
            out.write(path, text.encode())
    assert (site / "CNAME").read_text() == "theirs"
    assert is_whole(site)
    assert not (spare / "CNAME").exists()


def test_export_that_was_removed_and_made_again_gets_another_spare_tree(
    site: Path, spare: Path, targets: MemoryTargets, tmp_path: Path
) -> None:
    site.rename(tmp_path / "moved")
    write(site, FIRST, targets)
    write(site, THIRD, targets)
    assert numbers(spare) == numbers(site)
    assert set(tree(tmp_path / "moved")) == {SUMS, *SECOND}


def test_spare_tree_that_cannot_be_kept_stops_no_export(
    tmp_path: Path, targets: MemoryTargets
) -> None:
    site = tmp_path / "site"
    (tmp_path / "spares").write_text("a file where the folder should be")
    for files in (FIRST, SECOND, THIRD):
        write(site, files, targets)
    assert is_whole(site)
    assert {path.name for path in tmp_path.iterdir()} == {"site", "spares", "try"}


def test_spare_trees_of_exports_that_are_gone_are_removed(
    site: Path, spare: Path, tmp_path: Path
) -> None:
    spares = tmp_path / "spares"
    assert remove_gone_spares(spares, time.time() + 1) == []
    site.rename(tmp_path / "moved")
    assert remove_gone_spares(spares, time.time() - 1000) == []
    assert remove_gone_spares(spares, time.time() + 1) == [spare.parent]
    assert not spare.exists()


def test_words_of_a_removed_story_are_in_no_spare_tree_that_cannot_be_used(
    site: Path, targets: MemoryTargets, tmp_path: Path
) -> None:
    """Somebody else's file is in the folder, so that it can't be switched."""
    (site / "CNAME").write_text("theirs")
    without = {path: text for path, text in SECOND.items() if "/7/" not in path}
    write(site, without, targets)
    assert "v1/stories/7/versions.json" not in tree(site)
    assert not [path for path in (tmp_path / "spares").rglob("*") if "/stories/7" in str(path)]


def test_export_that_was_removed_and_made_again_leaves_no_spare_tree_of_the_old_one(
    site: Path, targets: MemoryTargets, tmp_path: Path
) -> None:
    site.rename(tmp_path / "moved")
    write(site, {EDITION: "{}", "a.html": "a"}, targets)
    assert tree(tmp_path / "spares") == {}


def test_spare_tree_of_an_export_that_somebody_else_wrote_over_is_removed(
    site: Path, spare: Path, tmp_path: Path
) -> None:
    write(site, THIRD, MemoryTargets(tmp_path / "of somebody else"))
    assert remove_gone_spares(tmp_path / "spares", time.time() + 1) == [spare.parent]


def test_link_in_place_of_the_spare_tree_is_not_followed(
    site: Path, spare: Path, targets: MemoryTargets, tmp_path: Path
) -> None:
    spare.rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "precious.txt").write_text("theirs")
    spare.symlink_to(tmp_path / "elsewhere")
    write(site, THIRD, targets)
    assert (tmp_path / "elsewhere" / "precious.txt").read_text() == "theirs"
    assert is_whole(site)
    assert numbers(spare) == numbers(site)
