"""A folder of backups: the first is whole, the later ones have only what changed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from editor.core.changes import Changes
from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.errors import BadInput, Cancelled, EditorError, NotFound, OutputError
from editor.progress import Progress
from editor.store import backup
from editor.store.backup import restore_backup
from editor.store.backup_file import CHANGES, PAGES
from editor.store.backup_series import latest_backup
from editor.store.changed_pages import PAGE
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, Clock, approved, filled_template
from tests.store.test_backup import rewritten
from tests.store.test_pictures import JPEG, PNG
from tests.templates import copy_template


def _fill(desk: Desk) -> None:
    approved(desk, "Alpha", pictures=(desk.pictures.add(JPEG),))
    for number in range(30):
        body = "\n\n".join(f"Paragraph {number} {line} of a long story." for line in range(400))
        desk.do(SaveStory(Story(headline=f"Story {number}", body=body)), LINA)
    desk.journal.write("story:new", {"headline": "Half a"})


@pytest.fixture(scope="module")
def full_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_template(template, tmp_path_factory.mktemp("full"), _fill)


@pytest.fixture
def full(full_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk with thirty long stories, one of them with a picture, and a draft beside them."""
    path = copy_template(full_template, "post.desk", tmp_path)
    with Desk.open(path, clock=clock) as desk:
        yield desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def series(desk: Desk, folder: Path) -> tuple[Path, Path]:
    """A whole backup, and one of the changes since: a save, a picture and a draft."""
    whole = desk.backup(folder)
    assert not whole.base
    desk.do(SaveStory(Story(headline="Beta", pictures=(desk.pictures.add(PNG),))), LINA)
    desk.journal.write("story:other", {"headline": "Half b"})
    changes = desk.backup(folder)
    assert (changes.base, changes.problems) == (whole.file.name, ())
    return whole.file, changes.file


def test_changes_restore_what_a_whole_backup_restores(
    full: Desk, folder: Path, tmp_path: Path
) -> None:
    _whole, changes = series(full, folder)
    full.backup(tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", tmp_path / "first.desk")
    restore_backup(changes, tmp_path / "second.desk")
    first, second = (tmp_path / f"{name}.desk" for name in ("first", "second"))
    for path in first.rglob("*"):
        other = second / path.relative_to(first)
        assert other.read_bytes() == path.read_bytes() if path.is_file() else other.is_dir()
    with Desk.open(second) as again:
        assert reading(again).log() == reading(full).log()
        assert again.journal.entries() == full.journal.entries()
        for picture in (JPEG, PNG):
            assert again.pictures.read(full.pictures.add(picture).file) == picture
        again.do(SaveStory(Story(headline="On")), LINA)


def test_changes_after_one_save_are_small(full: Desk, folder: Path) -> None:
    whole = full.backup(folder).file
    full.do(SaveStory(Story(headline="Beta")), LINA)
    changes = full.backup(folder).file
    with zipfile.ZipFile(changes) as archive:
        assert archive.namelist()[:2] == [CHANGES, PAGES]
        assert not [name for name in archive.namelist() if name.startswith("pictures/")]
        # Most of them are the search index, which merges its segments now and then.
        assert archive.getinfo(PAGES).file_size < 128 * PAGE
    assert changes.stat().st_size < whole.stat().st_size / 2


def test_later_changes_build_on_the_whole_backup_and_not_on_each_other(
    full: Desk, folder: Path, tmp_path: Path
) -> None:
    whole, changes = series(full, folder)
    full.do(SaveStory(Story(headline="Gamma")), LINA)
    last = full.backup(folder)
    assert last.base == whole.name
    changes.unlink()
    restore_backup(last.file, tmp_path / "again.desk")


def test_backup_is_whole_again_when_most_has_changed(full: Desk, folder: Path) -> None:
    whole, _changes = series(full, folder)
    for number in range(60):
        full.do(SaveStory(Story(headline=f"More {number}", body="word " * 20_000)), LINA)
    progress, seen = cancelled_after(-1)
    again = full.backup(folder, progress=progress)
    assert not again.base
    assert {step for *_counts, step in seen} == {"Copying", "Comparing", "Packing"}
    assert [done for done, *_rest in seen] == sorted(done for done, *_rest in seen)
    full.do(SaveStory(Story(headline="Gamma")), LINA)
    assert full.backup(folder).base == again.file.name != whole.name


def test_backup_of_the_same_name_and_second_is_not_replaced(full: Desk, folder: Path) -> None:
    others: list[Path] = []

    def on_report(_done: int, _total: int, _step: str) -> None:
        if not others:
            others.append(Path())
            others[0] = full.backup(folder, is_whole=True).file
            full.do(SaveStory(Story(headline="Beta")), LINA)

    mine = full.backup(folder, is_whole=True, progress=Progress(on_report)).file
    assert sorted(folder.iterdir()) == sorted([others[0], mine])
    assert mine != others[0]


def test_backup_is_whole_where_the_last_one_is_damaged(full: Desk, folder: Path) -> None:
    whole, _changes = series(full, folder)
    whole.write_bytes(whole.read_bytes()[:-100])
    assert not full.backup(folder).base


def test_changes_without_the_whole_backup_name_it(full: Desk, folder: Path, tmp_path: Path) -> None:
    whole, changes = series(full, folder)
    whole.rename(tmp_path / "elsewhere.zip")
    with pytest.raises(NotFound, match=f"only what changed since the backup {whole.name}") as told:
        restore_backup(changes, tmp_path / "again.desk")
    assert whole.name in told.value.hint
    assert not (tmp_path / "again.desk").exists()


def flip_a_byte(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 0xFF
    file.write_bytes(data)


def edit_the_database(file: Path) -> None:
    edited = file.parent / "edited"
    with zipfile.ZipFile(file) as archive:
        edited.write_bytes(archive.read(DATABASE))
    raw = sqlite.connect(edited)
    with raw:
        raw.execute("UPDATE stories SET headline = 'Omega' WHERE slug = 'alpha'")
    raw.close()
    os.replace(rewritten(file, {DATABASE: edited.read_bytes()}, file.with_name("new")), file)


@pytest.mark.parametrize("harm", [flip_a_byte, edit_the_database])
def test_damaged_or_other_whole_backup_is_named(
    full: Desk, folder: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    whole, changes = series(full, folder)
    harm(whole)
    with pytest.raises(BadInput, match=f"^{whole.name} is not") as told:
        restore_backup(changes, tmp_path / "again.desk")
    assert told.value.hint
    assert not (tmp_path / "again.desk").exists()


def hostile(value: dict[str, Any], pages: bytes) -> list[dict[str, bytes]]:
    """What a file of changes might say that none of ours does."""
    wrong_values: dict[str, tuple[object, ...]] = {
        "file": ("../up.zip", "/etc/passwd", "a\\b.zip", "", "..", None, "\ud800.zip", "a" * 300),
        "sha256": ("0", 1, "0" * 64),
        "size": (-PAGE, True, 1 << 62, PAGE + 1, PAGE),
        "pictures": (["../x.jpg"], [f"{'0' * 64}.jpg"], 5),
    }
    told = [{key: wrong} for key, values in wrong_values.items() for wrong in values]
    found = [{CHANGES: json.dumps(value | wrong).encode()} for wrong in told]
    far = (1 << 40).to_bytes(8) + bytes(PAGE)
    return [*found, {CHANGES: b"[" * 9000}, {PAGES: pages[:-1]}, {PAGES: pages + far}]


def test_hostile_changes_are_refused(full: Desk, folder: Path, tmp_path: Path) -> None:
    whole, changes = series(full, folder)
    with zipfile.ZipFile(changes) as archive:
        value, pages = json.loads(archive.read(CHANGES)), archive.read(PAGES)
    for number, wrong in enumerate(hostile(value, pages)):
        bad = rewritten(changes, dict(wrong), folder / f"bad{number}.zip")
        with pytest.raises(EditorError) as told:
            restore_backup(bad, tmp_path / "again.desk")
        assert told.value.hint
        assert not (tmp_path / "again.desk").exists()
    shutil.copy(changes, whole)
    with pytest.raises(BadInput, match=f"^{whole.name} is not a backup"):
        restore_backup(changes, tmp_path / "again.desk")


def test_folder_in_a_desk_takes_no_backup(full: Desk) -> None:
    for place in ("", "backups"):
        with pytest.raises(OutputError, match="is inside the desk"):
            full.backup(full.path / place)


def cancelled_after(reports: int) -> tuple[Progress, list[tuple[int, int, str]]]:
    """A Progress that is cancelled after some reports, and what was reported."""
    seen: list[tuple[int, int, str]] = []

    def on_report(done: int, total: int, step: str) -> None:
        seen.append((done, total, step))
        if len(seen) == reports:
            progress.cancel()

    progress = Progress(on_report)
    return progress, seen


def test_backup_and_restore_report_and_can_be_cancelled(
    full: Desk, folder: Path, tmp_path: Path
) -> None:
    progress, seen = cancelled_after(-1)
    whole = full.backup(folder, progress=progress).file
    assert {step for *_counts, step in seen} == {"Copying", "Packing"}
    assert all(0 <= done <= total for done, total, _step in seen)
    assert [done for done, *_rest in seen] == sorted(done for done, *_rest in seen)
    before = sorted(tmp_path.rglob("*"))
    for reports in range(1, len(seen)):
        with pytest.raises(Cancelled):
            full.backup(tmp_path / "b.zip", progress=cancelled_after(reports)[0])
        assert sorted(tmp_path.rglob("*")) == before
    progress, seen = cancelled_after(-1)
    restore_backup(whole, tmp_path / "whole.desk", progress=progress)
    steps = [step for *_counts, step in seen]
    assert set(steps) == {"Unpacking", "Verifying"}
    assert all(0 <= done <= total for done, total, _step in seen)
    shutil.rmtree(tmp_path / "whole.desk")
    for reports in (1, steps.index("Verifying")):
        with pytest.raises(Cancelled):
            restore_backup(whole, tmp_path / "x.desk", progress=cancelled_after(reports)[0])
        assert sorted(tmp_path.rglob("*")) == before


def test_restore_is_cancelled_inside_the_check_of_the_database(
    full: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = full.backup(tmp_path / "b.zip").file
    monkeypatch.setattr(backup, "_STEPS", 10)
    unpacked = int(1000 * backup._UNPACKED)
    progress = Progress(lambda done, _total, _step: progress.cancel() if done >= unpacked else None)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Cancelled):
        restore_backup(file, tmp_path / "x.desk", progress=progress)
    assert sorted(tmp_path.rglob("*")) == before


def test_backup_keeps_its_copy_of_the_database_where_the_backup_will_be(
    full: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    old = folder / ".stonehand-abcdefgh"
    old.mkdir()
    (old / DATABASE).write_bytes(b"of a backup that was killed")
    for path in (old / DATABASE, old):
        os.utime(path, (0, 0))
    copies: list[Path] = []
    progress = Progress(lambda *_report: copies.extend(folder.glob(f"*/{DATABASE}")))
    full.backup(folder, progress=progress)
    assert copies
    assert not old.exists()
    assert len([*folder.iterdir()]) == 1


def test_desk_is_written_by_another_thread_while_it_is_backed_up(
    full: Desk, folder: Path, tmp_path: Path
) -> None:
    saved: list[Changes] = []

    def save(_done: int, _total: int, step: str) -> None:
        if step == "Copying" and not saved:
            story = SaveStory(Story(headline="Meanwhile"))
            with ThreadPoolExecutor(1) as other:
                saved.append(other.submit(full.do, story, LINA).result(timeout=20))

    count = reading(full).count()
    with full.read() as snapshot:  # as on the thread that reads for the window
        assert snapshot.count() == count
        file = full.backup(folder, progress=Progress(save)).file
        assert snapshot.count() == count
    assert saved
    restore_backup(file, tmp_path / "again.desk", undo=True)
    with Desk.open(tmp_path / "again.desk") as again:
        assert reading(again).count() == count
    assert reading(full).count() == count + 1


def test_whole_backup_can_be_asked_for(full: Desk, folder: Path) -> None:
    whole, changes = series(full, folder)
    again = full.backup(folder, is_whole=True)
    assert not again.base
    found = latest_backup(folder, full.path)
    assert found is not None
    assert found[:1] + found[2:] == (again.file, again.file.stat().st_size, True)
    again.file.unlink()
    changed, first = (
        latest_backup(folder, full.path, is_whole=is_whole) for is_whole in (False, True)
    )
    assert changed is not None
    assert first is not None
    assert (changed.file, changed.is_whole) == (changes, False)
    assert (first.file, first.is_whole) == (whole, True)


def test_files_of_others_in_the_folder_are_no_backups_of_the_desk(full: Desk, folder: Path) -> None:
    stem = full.path.stem
    for name in (f"{stem} 2026-13-01 101010.zip", f"{stem}.zip", "Other 2026-10-01 101010.zip"):
        (folder / name).write_bytes(b"x")
    assert latest_backup(folder, full.path) is None


KILLED = """
import os, signal, sys
from pathlib import Path
from editor.progress import Progress
from editor.store.desk import Desk
def die(done, total, step):
    if step == "Packing":
        os.kill(os.getpid(), signal.SIGKILL)
Desk.open(Path(sys.argv[1])).backup(Path(sys.argv[2]), progress=Progress(die))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_backup_leaves_the_older_ones_as_they_were(full: Desk, folder: Path) -> None:
    whole, changes = series(full, folder)
    before = {path: path.read_bytes() for path in (whole, changes)}
    full.do(SaveStory(Story(headline="Gamma")), LINA)
    command = [sys.executable, "-c", KILLED, str(full.path), str(folder)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert {path: path.read_bytes() for path in folder.glob("[!.]*")} == before
    assert full.backup(folder).base == whole.name
