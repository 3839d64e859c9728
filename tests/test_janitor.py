"""kill -9 leaves half desks, unfinished files, copies and stages; the next day they are gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.core import times
from editor.core.commands import SaveStory, SetPolicy, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.files import PART
from editor.janitor import clean_up
from editor.places import config_folder, data_folder, outbox_folder
from editor.settings import Settings, save_settings
from editor.store.db.engine import copy_folder
from editor.store.db.identity import LATEST
from editor.store.desk import Desk
from editor.store.leftovers import OLD
from tests.newer import NEXT, files, set_numbers
from tests.people import approving

CHIEF = "Mara Quill"
_SLOW_DISK = """
import os, sys
sync = os.fsync
def slow(handle):
    print("syncing", flush=True)
    sys.stdin.readline()
    sync(handle)
os.fsync = slow
from editor.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""What `stonehand` does on a disk that takes its time: each sync lasts until a line is written."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desks" / "Harbour.desk"
    path.parent.mkdir()
    with Desk.create(path, House("Harbour Post"), Person(CHIEF, Role.CHIEF)) as made:
        story = Story(slug="quay", headline="Quay opens", body="The quay opened on Monday.")
        made.do(SetPolicy(Policy(FourEyes.NEVER)), CHIEF)
        [id] = made.do(SaveStory(story), CHIEF).ids("story")
        made.do(Submit(id, 1), CHIEF)
        made.do(approving(made, id), CHIEF)
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of temporary files of this test alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    monkeypatch.setattr(tempfile, "tempdir", None)


def killed(is_left: Callable[[], bool], *words: object) -> None:
    """Run a verb, and kill it once it has left what the test is about."""
    command = [sys.executable, "-c", _SLOW_DISK, *map(str, words)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while not is_left():
            assert process.stdout.readline() == "syncing\n", "it ended before"
            if not is_left():
                process.stdin.write("\n")
                process.stdin.flush()
        process.kill()


def tomorrow() -> float:
    return time.time() + OLD + 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_what_killed_verbs_left_is_removed_the_next_day(
    desk: Path, tmp_path: Path, temporary: Path
) -> None:
    desks, out, site = desk.parent, tmp_path / "copies", tmp_path / "site"
    out.mkdir()

    def parts(folder: Path) -> list[Path]:
        return [*folder.glob(f".*{PART}")]

    def stages() -> list[Path]:
        return [*tmp_path.glob(".stonehand-stage-*"), *site.glob(".stonehand-stage-*")]

    new = (desks / "New.desk", "--name", "Hill News", "--person", CHIEF)
    killed(lambda: bool(parts(desks)), "new", *new)
    killed(
        lambda: bool(parts(out) and [*out.glob(".stonehand-*/*.sqlite3")]),
        *("backup", desk, "--out", out / "paper.stonehand-backup"),
    )
    with Desk.open(desk) as verified, verified.read() as snapshot:
        snapshot.edition(None, times.now())  # so that the export has nothing to remember first
    killed(
        lambda: bool(stages()),
        *("export", "site", "--desk", desk, "--out", site, "--unsigned"),
    )
    assert not [*temporary.iterdir()], "a backup's copy is where there is room for the backup"
    left = [*parts(desks), *parts(out), *out.glob(".stonehand-*"), *stages()]
    assert len(left) == 4
    settings = Settings(
        recent_desks=(str(desk),), last_export=str(site), backup_folders={str(desk): str(out)}
    )
    assert clean_up(settings) == [], "it may still be under way"
    assert sorted(clean_up(settings, tomorrow())) == sorted(left)
    assert not any(path.exists() for path in left)
    Desk.open(desk).close()


def test_what_is_not_surely_ours_stays(desk: Path, tmp_path: Path, temporary: Path) -> None:
    hexadecimal = "0123456789abcdef"
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    (stranger / "photo.jpg").write_bytes(b"photo")
    others = [
        desk.parent / "film.part",
        desk.parent / f".{hexadecimal}.partial",
        desk.parent / f".{hexadecimal.upper()}{PART}",
        desk / "drafts" / "story.json",
        data_folder() / ".config",
        temporary / ".stonehand-photos",
        temporary / "other-abcdefgh",
        tmp_path / "site" / ".stonehand",
    ]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("somebody's", encoding="utf-8")
    for folder in (desk.parent / f".{hexadecimal}{PART}", temporary / ".stonehand-abcdefgh"):
        folder.mkdir()
        (folder / "thesis.txt").write_text("somebody's", encoding="utf-8")
        others.append(folder / "thesis.txt")
    link = desk.parent / f".{hexadecimal[::-1]}{PART}"
    link.symlink_to(stranger)
    settings = Settings(recent_desks=(str(desk),), last_export=str(tmp_path / "site"))
    assert clean_up(settings, tomorrow()) == []
    assert all(path.exists() for path in [*others, link, stranger / "photo.jpg"])


def test_old_parts_of_personal_files_and_of_a_desk_are_removed_and_new_ones_stay(
    desk: Path, temporary: Path, run_verb: Callable[..., int]
) -> None:
    folders = (config_folder(), data_folder(), desk, desk / "pictures", desk / "backups")
    old = [folder / f".{number:016x}{PART}" for number, folder in enumerate(folders)]
    new = [folder / f".{number:016x}{PART}" for number, folder in enumerate(folders, 20)]
    for path in old + new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    for path in old:
        os.utime(path, (0, 0))
    save_settings(Settings(recent_desks=(str(desk),)))
    assert run_verb("list", "--desk", desk) == 0
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in new)


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize("number", [NEXT, "nothing"])
def test_nothing_is_removed_from_a_desk_that_can_only_be_read(desk: Path, number: str) -> None:
    places = [desk, desk / "pictures", desk / "backups", desk / "drafts"]
    beside = desk.parent / f".{7:016x}{PART}"
    for part in (beside, *(folder / f".{at:016x}{PART}" for at, folder in enumerate(places))):
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(b"half")
    set_numbers(desk, number, int(LATEST))
    before = files(desk)
    settings = Settings(recent_desks=(str(desk),))
    assert clean_up(settings, tomorrow()) == [beside]
    assert files(desk) == before


@pytest.fixture
def run_verb() -> Callable[..., int]:
    """Run a verb of the command line."""
    from editor.cli import main

    return lambda *words: main([str(word) for word in words])


def test_files_and_empty_folders_of_others_with_such_a_name_stay(
    tmp_path: Path, temporary: Path
) -> None:
    report = temporary / ".stonehand-feedback"
    stage = tmp_path / ".stonehand-stage-abcdefgh"
    for path in (report, stage):
        path.write_text("somebody's", encoding="utf-8")
    folder = temporary / ".stonehand-pictures"
    folder.mkdir()
    assert clean_up(Settings(last_export=str(tmp_path / "site")), tomorrow()) == []
    assert report.exists()
    assert stage.exists()
    assert folder.exists()


@pytest.mark.usefixtures("temporary")
def test_copy_that_an_open_desk_reads_stays_however_old_it_is() -> None:
    with copy_folder() as copy:
        (copy / "desk.sqlite3").write_bytes(b"copy")
        assert clean_up(Settings(), tomorrow()) == []
        assert copy.exists()


def test_what_is_remembered_of_exports_of_a_desk_that_is_gone_is_removed(
    desk: Path, tmp_path: Path
) -> None:
    paths = []
    for name in ("Harbour", "Other"):
        path = desk.with_name(f"{name}.desk")
        if not path.exists():
            shutil.copytree(desk, path)
        with Desk.open(path) as opened, opened.read() as snapshot:
            snapshot.edition(None, times.now())
            paths.append(opened.exports._file.path)
    stranger = paths[0].with_name("notes.txt")
    stranger.write_text("mine")
    shutil.rmtree(desk.with_name("Other.desk"))
    later = time.time() + OLD + 60
    assert clean_up(Settings()) == []
    assert clean_up(Settings(), later) == [paths[1]]
    assert not paths[1].exists()
    assert paths[0].is_file()
    assert stranger.is_file()


def test_outbox_of_a_desk_that_is_gone_is_removed(desk: Path) -> None:
    folders = []
    for name in ("Harbour", "Other"):
        path = desk.with_name(f"{name}.desk")
        if not path.exists():
            shutil.copytree(desk, path)
        with Desk.open(path) as opened:
            opened.seal()
        folder = outbox_folder(path)
        (folder / "t" / "files").mkdir(parents=True)
        (folder / "t" / "files" / "index.html").write_text("page")
        folders.append(folder)
    shutil.rmtree(desk.with_name("Other.desk"))
    later = time.time() + OLD + 60
    assert clean_up(Settings()) == []
    assert clean_up(Settings(), later) == [folders[1]]
    assert not folders[1].exists()
    assert (folders[0] / "t" / "files" / "index.html").is_file()
