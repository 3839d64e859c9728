"""One file that is the whole desk; first, files that are none."""

from __future__ import annotations

import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from editor.core.commands import OrderFront, SaveHouse, SaveStory, SetPolicy
from editor.core.front import Front
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.errors import (
    BadInput,
    BadValue,
    DeskDamaged,
    EditorError,
    NotFound,
    NotOurs,
    OutputError,
    PictureDamaged,
    UntrustedSignature,
    WouldUndo,
)
from editor.progress import Progress
from editor.store import backup_file
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk
from tests.databases import open_database, replacing
from tests.reading import reading
from tests.store.conftest import LINA, MARA, approved, edition_at
from tests.store.test_pictures import JPEG, PNG, drawn

AT = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with an approved story that has a picture, and a draft beside it."""
    picture = desk.pictures.add(JPEG)
    approved(desk, "Alpha", pictures=(picture,))
    desk.journal.write("story:new", {"headline": "Half a"})
    return desk


def rewritten(file: Path, change: dict[str, bytes], to: Path) -> Path:
    """A copy of a backup with some members changed, or added."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            new.writestr(name, change.pop(name, old.read(name)))
        for name, data in change.items():
            new.writestr(name, data)
    return to


def refused(file: Path, to: Path, error: type[EditorError], match: str) -> None:
    with pytest.raises(error, match=match) as caught:
        restore_backup(file, to)
    assert caught.value.hint
    assert not [path for path in to.parent.iterdir() if to.name in path.name and path != to]


def test_file_that_is_no_backup_is_refused(full: Desk, tmp_path: Path) -> None:
    file, to = tmp_path / "b.zip", tmp_path / "new.desk"
    full.backup(file)
    whole = file.read_bytes()
    bad = tmp_path / "bad.zip"
    for data in (b"", b"text", whole[: len(whole) // 2], whole[:-30]):
        bad.write_bytes(data)
        refused(bad, to, BadInput, "not a backup")
    for name in (
        "../evil",
        "/etc/evil",
        "pictures/../../evil",
        "keys/x.pem",
        "pictures/a/b",
        "x",
        "pictures/a.jpg",
    ):
        refused(rewritten(file, {name: b"x"}, bad), to, BadInput, "not a backup")
    refused(tmp_path / "none.zip", to, NotFound, "no file")
    assert not to.exists()
    assert not (tmp_path / "evil").exists()


def test_progress_of_a_backup_and_of_its_restore_ends_at_all_of_it(
    full: Desk, tmp_path: Path
) -> None:
    reports: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _step: reports.append((done, total)))
    for picture in (full.path / "pictures").iterdir():
        picture.write_bytes(b"")  # it is left out, so its bytes are never packed
    full.backup(tmp_path / "b.zip", progress=progress)
    assert reports == sorted(reports)
    assert reports[-1] == (1000, 1000)
    reports.clear()
    restore_backup(tmp_path / "b.zip", tmp_path / "b.desk", progress=progress)
    assert reports == sorted(reports)
    assert reports[-1] == (1000, 1000)


def test_existing_desk_is_not_replaced_by_a_backup(full: Desk, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    full.backup(file)
    (tmp_path / "empty").mkdir()
    for to in (full.path, tmp_path / "empty", file):
        with pytest.raises(BadValue, match="already something"):
            restore_backup(file, to)
    with pytest.raises(NotFound, match="no folder"):
        restore_backup(file, tmp_path / "no" / "where.desk")


def test_desk_that_appears_meanwhile_is_not_replaced(full: Desk, tmp_path: Path) -> None:
    def on_report(_done: int, _total: int, _step: str) -> None:
        (tmp_path / "b.desk" / "drafts").mkdir(parents=True, exist_ok=True)

    full.backup(tmp_path / "b.zip")
    with pytest.raises(BadValue, match="There is already something at"):
        restore_backup(tmp_path / "b.zip", tmp_path / "b.desk", progress=Progress(on_report))
    assert [path.name for path in (tmp_path / "b.desk").iterdir()] == ["drafts"]


def test_backup_into_no_folder_is_refused(full: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no folder"):
        full.backup(tmp_path / "no" / "b.zip")


def test_changed_or_damaged_backup_is_refused(full: Desk, tmp_path: Path) -> None:
    file, to, bad = tmp_path / "b.zip", tmp_path / "new.desk", tmp_path / "bad.zip"
    full.backup(file)
    with zipfile.ZipFile(file) as archive:
        database = archive.read(DATABASE)
    (tmp_path / "edited").write_bytes(database)
    raw = open_database(tmp_path / "edited")
    with raw:
        raw.execute(replacing("'Alpha'", "'Omega'"))
    raw.close()
    edited = (tmp_path / "edited").read_bytes()
    refused(rewritten(file, {DATABASE: edited}, bad), to, UntrustedSignature, "alpha was changed")
    half = database[: len(database) // 2]
    for data in (half, b"text", database[:4096] + bytes(len(database) - 4096)):
        named = "^The desk in bad.zip is damaged"
        refused(rewritten(file, {DATABASE: data}, bad), to, DeskDamaged, named)


def test_backup_is_restored_whole(full: Desk, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    full.backup(file)
    report = restore_backup(file, tmp_path / "again.desk")
    assert report.rows == len(reading(full).log())
    with Desk.open(tmp_path / "again.desk") as again:
        assert reading(again).log() == reading(full).log()
        assert again.journal.entries() == full.journal.entries()
        edition = edition_at(again, None, AT)
        assert edition.items == edition_at(full, None, AT).items
        assert edition.pictures.read(edition.items[0].story.pictures[0].file) == JPEG
        again.do(SaveStory(Story(headline="On")), LINA)


def test_the_same_desk_gives_the_same_bytes_and_replaces_the_file(
    full: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    full.backup(file)
    first = file.read_bytes()
    full.backup(file)
    assert file.read_bytes() == first
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    assert names[0] == DATABASE
    assert names[1:] == sorted(names[1:])
    assert [path.name for path in tmp_path.iterdir() if "b.zip" in path.name] == ["b.zip"]


def test_backup_has_no_private_keys(full: Desk, tmp_path: Path) -> None:
    (full.path / "keys").mkdir()
    (full.path / "keys" / "a.pem").write_text("secret")
    full.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not [name for name in archive.namelist() if "keys" in name]


def test_backup_of_a_desk_in_use_shows_one_moment(full: Desk, tmp_path: Path) -> None:
    full.hold()
    with Desk.open(full.path) as other:
        other.do(SaveStory(Story(headline="Meanwhile")), LINA)
        full.backup(tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", tmp_path / "again.desk")
    with Desk.open(tmp_path / "again.desk") as again:
        assert reading(again).find("meanwhile")
    shutil.rmtree(tmp_path / "again.desk")


NAME = f"{sha256(JPEG).hexdigest()}.jpg"
OTHER = drawn("JPEG", (50, 30))
SWAPS = {
    "another picture": {f"pictures/{NAME}": OTHER},
    "a byte more": {f"pictures/{NAME}": JPEG + b"\0"},
    "nothing": {f"pictures/{NAME}": b""},
    "where a link leads": {f"pictures/{NAME}": b"../../other.jpg"},
    "another picture more": {f"pictures/{'a' * 64}.png": PNG},
}


@pytest.mark.parametrize("swap", SWAPS)
def test_backup_with_a_swapped_picture_is_refused(full: Desk, tmp_path: Path, swap: str) -> None:
    full.backup(tmp_path / "b.zip")
    bad = rewritten(tmp_path / "b.zip", dict(SWAPS[swap]), tmp_path / "bad.zip")
    sentence = "A picture in the backup is not the original"
    refused(bad, tmp_path / "new.desk", PictureDamaged, sentence)


def test_retyped_picture_in_a_backup_is_refused(full: Desk, tmp_path: Path) -> None:
    full.backup(tmp_path / "b.zip")
    retyped = f"{sha256(PNG).hexdigest()}.jpg"
    bad = rewritten(tmp_path / "b.zip", {f"pictures/{retyped}": PNG}, tmp_path / "bad.zip")
    refused(bad, tmp_path / "new.desk", PictureDamaged, "A picture in the backup .* but png")


def test_linked_picture_in_a_backup_is_refused(full: Desk, tmp_path: Path) -> None:
    full.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "l", "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename.startswith("pictures/"):
                member.external_attr = 0o120777 << 16
                data = os.fsencode(tmp_path / "other.jpg")
            new.writestr(member, data)
    (tmp_path / "other.jpg").write_bytes(JPEG)
    refused(tmp_path / "l", tmp_path / "new.desk", PictureDamaged, "A picture in the backup")


def swapped(path: Path) -> None:
    path.write_bytes(OTHER)


def linked(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere.jpg")
    path.symlink_to(path.parent.parent / "elsewhere.jpg")


@pytest.mark.parametrize("harm", [swapped, linked])
def test_backup_leaves_out_a_damaged_picture_and_says_so(
    full: Desk, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    sound = full.pictures.add(PNG).file
    assert not full.backup(tmp_path / "b.zip").problems
    harm(full.path / "pictures" / NAME)
    (full.path / "pictures" / "notes.txt").write_text("not the desk's")
    [sentence] = full.backup(tmp_path / "b.zip").problems
    assert sentence.startswith("alpha: The file of this picture is not the original: it ")
    assert sentence.endswith("It is not in the backup.")
    restore_backup(tmp_path / "b.zip", tmp_path / "again.desk")
    with Desk.open(tmp_path / "again.desk") as again:
        assert [path.name for path in (again.path / "pictures").iterdir()] == [sound]
        assert [name for name, _ in again.pictures.damaged([sound, NAME])] == [NAME]


@pytest.mark.parametrize("place", ["", "pictures", "drafts", "backups"])
def test_backup_inside_a_desk_is_refused(full: Desk, tmp_path: Path, place: str) -> None:
    (tmp_path / "link").symlink_to(full.path / place)
    before = sorted(full.path.rglob("*"))
    for folder in (full.path / place, tmp_path / "link"):
        for force in (False, True):
            with pytest.raises(OutputError, match=r"is inside the desk") as caught:
                full.backup(folder / "b.zip", force=force)
            assert caught.value.hint
    with pytest.raises(OutputError, match="is inside the desk"):
        full.backup(full.path / DATABASE, force=True)
    assert sorted(full.path.rglob("*")) == before


def test_only_a_backup_is_replaced_by_a_backup(full: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "Dear desk")
    (tmp_path / "text").write_text("Dear desk")
    (tmp_path / "empty").touch()
    for name in ("other.zip", "text", "empty"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(NotOurs, match=f"“{name}”, which is not a backup of a desk") as caught:
            full.backup(tmp_path / name)
        assert caught.value.hint
        assert (tmp_path / name).read_bytes() == before
        full.backup(tmp_path / name, force=True)
    full.backup(tmp_path / "b.zip")
    full.backup(tmp_path / "b.zip")


def png_of_zeros(number: int, size: int) -> bytes:
    """A picture that is nearly all zeros."""
    text = b"Comment\0" + number.to_bytes(4) + b"\0" * size
    chunk = len(text).to_bytes(4) + b"tEXt" + text + zlib.crc32(b"tEXt" + text).to_bytes(4)
    return PNG[:33] + chunk + PNG[33:]


def test_small_file_of_many_large_pictures_is_refused(
    full: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_file, "_LEAST_ROOM", 1 << 20)
    full.backup(tmp_path / "a.backup")
    bomb = tmp_path / "bomb.backup"
    with zipfile.ZipFile(tmp_path / "a.backup") as old:
        database = old.read(DATABASE)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(DATABASE, database)
        for number in range(6):
            data = png_of_zeros(number, 8 << 20)
            new.writestr(f"pictures/{sha256(data).hexdigest()}.png", data)
    assert bomb.stat().st_size < 200_000
    refused(bomb, tmp_path / "b.desk", BadInput, "more than 100 times its size")
    assert not (tmp_path / "b.desk").exists()


@pytest.mark.parametrize("name", [DATABASE, "drafts/story-new.json"])
def test_a_small_file_that_would_fill_the_disk_is_refused(
    full: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(backup_file, "_LEAST_ROOM", 1 << 20)
    full.backup(tmp_path / "a.backup")
    bomb = tmp_path / "bomb.backup"
    with zipfile.ZipFile(tmp_path / "a.backup") as old:
        database = b"" if name == DATABASE else old.read(DATABASE)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        if database:
            new.writestr(DATABASE, database)
        new.writestr(name, b"\0" * (96 << 20))
    written = bomb.stat().st_size
    refused(bomb, tmp_path / "b.desk", BadInput, "more than 100 times its size")
    assert not (tmp_path / "b.desk").exists()
    assert written < 1 << 20


def test_older_backup_says_what_it_would_undo(full: Desk, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    full.backup(file)
    story = approved(full, "Beta")
    full.do(OrderFront(Front((story,)), Front().hash), MARA)
    house = reading(full).house()
    full.do(SaveHouse(replace(house, name="Evening Post"), house.hash), MARA)
    full.do(SetPolicy(Policy(FourEyes.NEVER)), MARA)
    with pytest.raises(WouldUndo) as caught:
        restore_backup(file, tmp_path / "old.desk")
    signed, changed, was_ordered, was_approved, was_submitted = caught.value.undone
    assert f"The masthead was signed by {MARA}" in signed
    assert changed.endswith(f"The paper's facts and style were changed by {MARA}.")
    assert was_ordered.endswith(f"The front page was ordered by {MARA}.")
    assert "“beta” was approved by" in was_approved
    assert "“beta” was submitted by" in was_submitted
