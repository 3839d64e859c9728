"""A delivery that is killed anywhere leaves the old edition or the new one, and is sent again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.errors import DeliveryError, DiskFull
from editor.progress import Progress
from tests.conftest import ROOT
from tests.delivery.cut_deliveries import deliver, destination
from tests.delivery.editions import edition_files, site, write_files
from tests.delivery.git_server import commit_by_hand, files_of, git, new_repository
from tests.delivery.newsroom import tree

CUTS = 52
OLD = edition_files(
    site({"quay": "The quay", "ferry": "The ferry", "gone": "Withdrawn"}), "2026-03-03T10:00:00Z"
)
PAGES = site(
    {"quay": "The quay opens", "ferry": "The ferry", "crane": "New"}, {"media/p2.jpg": b"2"}
)
NEW = edition_files(PAGES, "2026-03-04T10:00:00Z")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed")


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    write_files(tmp_path / "outbox" / "files", NEW)
    (tmp_path / "outbox" / "known").mkdir()
    return tmp_path / "outbox"


def check_cuts(address: str, folder: Path, read: Callable[[Path], object]) -> None:
    """Cut deliveries, and look at what each left; then send again."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.delivery.cut_deliveries", address, str(folder), str(CUTS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 50
    old, new = read(folder / "target"), read(folder / "counted")
    assert old != new
    left = [read(folder / f"cut-{n}") for n in range(CUTS)]
    assert [found for found in left if found not in (old, new)] == []
    assert old in left
    for n in range(CUTS):
        place = address.replace("PLACE", str(folder / f"cut-{n}"))
        if left[n] == old:
            # What a killed process had locked is free after a while.
            for lock in (folder / f"cut-{n}").rglob("*.lock"):
                os.utime(lock, (1, 1))
            deliver(place, folder / f"cut-{n}-outbox")
        assert read(folder / f"cut-{n}") == new


def test_folder_that_is_cut_anywhere_is_old_or_new(tmp_path: Path, outbox: Path) -> None:
    write_files(tmp_path / "target" / "site", OLD)
    check_cuts("PLACE/site", tmp_path, lambda place: tree(place / "site"))
    assert tree(tmp_path / "counted" / "site") == NEW


def test_zip_file_that_is_cut_anywhere_is_old_or_new(tmp_path: Path) -> None:
    write_files(tmp_path / "target" / "paper.zip", OLD)
    write_files(tmp_path / "outbox" / "files" / "paper.zip", NEW)
    check_cuts("PLACE/paper.zip", tmp_path, lambda place: (place / "paper.zip").read_bytes())


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge")
def test_branch_that_is_cut_anywhere_is_old_or_new(tmp_path: Path, outbox: Path) -> None:
    (tmp_path / "target").mkdir()
    new_repository(tmp_path / "target" / "paper.git")
    write_files(tmp_path / "first" / "files", OLD)
    (tmp_path / "first" / "known").mkdir()
    deliver(f"git+file://{tmp_path}/target/paper.git#pages", tmp_path / "first")

    def read(place: Path) -> str:
        return git(place / "paper.git", "ls-tree", "-r", "pages")

    check_cuts("git+file://PLACE/paper.git#pages", tmp_path, read)
    assert files_of(tmp_path / "counted" / "paper.git") == NEW | {".nojekyll": b""}
    for n in range(0, CUTS, 10):
        git(tmp_path / f"cut-{n}" / "paper.git", "fsck", "--strict")


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux, to mount a small disk")
    stick = tmp_path / "stick"
    stick.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(stick)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    yield stick
    subprocess.run(["umount", "-l", str(stick)], check=True)


@pytest.mark.parametrize("name", ["site", "paper.zip"])
def test_full_stick_keeps_the_old_edition(tmp_path: Path, small_stick: Path, name: str) -> None:
    write_files(small_stick / name, OLD)
    large = PAGES | {"large.bin": os.urandom(400_000)}
    files = tmp_path / "outbox" / "files"
    write_files(files / name if name.endswith(".zip") else files, edition_files(large))
    before = tree(small_stick)
    place = destination(str(small_stick / name), tmp_path / "outbox")
    plan = place.look()
    with pytest.raises(DiskFull, match="“Stick”") as caught:
        place.send(plan, Progress())
    assert "Nothing was changed" in caught.value.hint
    assert tree(small_stick) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge")
def test_branch_that_is_locked_now_is_a_sentence(tmp_path: Path, outbox: Path) -> None:
    repository = new_repository(tmp_path / "paper.git")
    commit_by_hand(repository, {"README": b"ours"})
    lock = repository / "refs" / "heads" / "pages.lock"
    lock.touch()
    address = f"git+file://{repository}#pages"
    with pytest.raises(DeliveryError, match="“Stick”: somebody writes to the repository") as caught:
        deliver(address, outbox)
    assert "pages.lock" in caught.value.hint
    os.utime(lock, (1, 1))
    deliver(address, outbox)
    assert files_of(repository) == NEW | {".nojekyll": b"", "README": b"ours"}
