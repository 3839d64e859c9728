"""Ways around approval by files: pictures, backups, folders, and what computers remember."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from editor.core.commands import Kill, Publish, RemovePerson, Return, SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import DeskDamaged, EditorError, UntrustedSignature, WouldUndo
from editor.store.backup import restore_backup
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk, sample_keys
from editor.trust.keyring import KeyFolder
from tests.faults.newsroom import (
    LINA,
    MARA,
    PICTURE,
    TODAY,
    TOM,
    Attack,
    Room,
    Ways,
    pin_files,
)
from tests.people import approving, joining

ways = Ways()

OTHER = PICTURE.replace(bytes.fromhex("f8ff"), bytes.fromhex("f8fe"))
"""The same picture with one bit changed."""


# Pictures


def _site(room: Room) -> list[str]:
    return [
        "export",
        "site",
        "--desk",
        str(room.path),
        "--unsigned",
        "--out",
        str(room.path.with_name("site")),
    ]


@ways.command("picture .* is not what its name says")
def a_picture_is_swapped(room: Room) -> list[str]:
    room.picture().write_bytes(OTHER)
    return _site(room)


@ways.command("picture .* is not what its name says")
def a_picture_is_cut_short(room: Room) -> list[str]:
    room.picture().write_bytes(PICTURE[:-20])
    return _site(room)


@ways.command("picture .* is not what its name says")
def a_picture_is_emptied(room: Room) -> list[str]:
    room.picture().write_bytes(b"")
    return _site(room)


@ways.command("no picture")
def a_picture_is_deleted(room: Room) -> list[str]:
    room.picture().unlink()
    return _site(room)


@ways.command("picture .* is not what its name says")
def a_picture_is_linked_to_another_file(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    other = room.path.with_name("other.png")
    other.write_bytes(PICTURE)
    picture.symlink_to(other)
    return _site(room)


@ways.command("picture .* is not what its name says")
def a_picture_is_linked_to_a_swapped_file(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    other = room.path.with_name("other.png")
    other.write_bytes(OTHER)
    os.link(other, picture)
    return _site(room)


@ways.command("picture .* is not what its name says")
def a_picture_is_changed_through_its_second_name(room: Room) -> list[str]:
    second = room.path.with_name("second.png")
    os.link(room.picture(), second)
    second.write_bytes(OTHER)
    return _site(room)


@ways.command("picture .* is not what its name says|no picture")
def a_picture_becomes_a_folder(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    picture.mkdir()
    return _site(room)


@ways.command("picture .* is not what its name says")
def a_picture_becomes_a_pipe(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    os.mkfifo(picture)
    return _site(room)


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_story_names_another_picture(room: Room) -> None:
    other = f"{sha256(OTHER).hexdigest()}.png"
    (room.path / "pictures" / other).write_bytes(OTHER)
    room.sql("UPDATE versions SET content = replace(content, ?, ?)", room.picture_name(), other)


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_picture_is_called_another_type(room: Room) -> None:
    old = room.picture_name()
    room.picture().rename(room.path / "pictures" / old.replace(".png", ".jpg"))
    room.sql(
        "UPDATE versions SET content = replace(content, ?, ?)", old, old.replace(".png", ".jpg")
    )


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_credit_is_edited(room: Room) -> None:
    room.sql("UPDATE versions SET content = replace(content, 'Lina Haddad', 'Nobody')")


def _backup(room: Room) -> Path:
    file = room.path.with_name("post.backup")
    with room.desk() as desk:
        assert desk.backup(file) == []
    return file


def _repacked(
    file: Path, change: dict[str, bytes | None], rename: tuple[str, str] = ("", "")
) -> Path:
    """A backup with other members: the bytes by name, None for one that is left out."""
    to = file.with_name("repacked.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            data = change.get(name, source.read(name))
            if data is not None:
                target.writestr(name.replace(*rename) if rename[0] else name, data)
        for name in change.keys() - set(source.namelist()):
            target.writestr(name, change[name] or b"")
    return to


def _restore(room: Room, file: Path, *, undo: bool = False) -> None:
    room.path = room.path.with_name("restored.desk")
    try:
        restore_backup(file, room.path, undo=undo)
    finally:
        if not room.path.exists():
            room.path = room.path.with_name("post.desk")


@ways.door(DeskDamaged, "picture .* in the backup is not what its name says")
def a_picture_is_swapped_inside_a_backup(room: Room) -> None:
    name = f"pictures/{room.picture_name()}"
    _restore(room, _repacked(_backup(room), {name: OTHER}))


@ways.door(DeskDamaged, "picture .* in the backup is not what its name says")
def a_picture_is_retyped_inside_a_backup(room: Room) -> None:
    _restore(room, _repacked(_backup(room), {}, (".png", ".jpg")))


@ways.door(EditorError, "not a backup of a desk|not what its name says")
def a_picture_is_linked_inside_a_backup(room: Room) -> None:
    file, name = _backup(room), f"pictures/{room.picture_name()}"
    to = file.with_name("linked.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == name:
                info.external_attr, data = 0o120777 << 16, b"/etc/passwd"
            target.writestr(info, data)
    _restore(room, to)


@ways.command("no picture")
def a_picture_is_left_out_of_a_backup(room: Room) -> list[str]:
    name = f"pictures/{room.picture_name()}"
    _restore(room, _repacked(_backup(room), {name: None}))
    return _site(room)


@ways.door(EditorError, "not a backup of a desk")
def a_key_folder_is_planted_inside_a_backup(room: Room) -> None:
    _restore(room, _repacked(_backup(room), {"keys/planted.pem": b"x"}))


@ways.door(EditorError, "not a backup of a desk")
def a_backup_leads_out_of_its_folder(room: Room) -> None:
    _restore(room, _repacked(_backup(room), {"drafts/../../out": b"x"}))


def _edited_database(room: Room, file: Path, statement: str) -> bytes:
    copy = file.with_name("copy.sqlite3")
    with zipfile.ZipFile(file) as archive:
        copy.write_bytes(archive.read(DATABASE))
    raw = sqlite.connect(copy)
    with raw:
        assert raw.execute(statement).rowcount
    raw.close()
    return copy.read_bytes()


@ways.door(UntrustedSignature, "backup was changed after it was made. .*text of")
def a_text_is_edited_inside_a_backup(room: Room) -> None:
    file = _backup(room)
    edit = "UPDATE versions SET content = replace(content, 'by sea', 'by air')"
    _restore(room, _repacked(file, {DATABASE: _edited_database(room, file, edit)}))


@ways.door(UntrustedSignature, "backup was changed after it was made.*entry was changed")
def a_stage_is_set_inside_a_backup(room: Room) -> None:
    file = _backup(room)
    edit = "UPDATE stories SET stage = 'approved'"
    _restore(room, _repacked(file, {DATABASE: _edited_database(room, file, edit)}))


@ways.door(DeskDamaged, "trigger of its own")
def a_trigger_is_planted_inside_a_backup(room: Room) -> None:
    file = _backup(room)
    copy = file.with_name("copy.sqlite3")
    with zipfile.ZipFile(file) as archive:
        copy.write_bytes(archive.read(DATABASE))
    raw = sqlite.connect(copy)
    raw.execute("CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM notes; END")
    raw.close()
    _restore(room, _repacked(file, {DATABASE: copy.read_bytes()}))


# Older copies


@ways.door(WouldUndo, "older than what was done since")
def a_backup_of_before_a_kill_is_restored(room: Room) -> None:
    file, story = _backup(room), room.id("ferry")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))
    _restore(room, file)


@ways.door(WouldUndo, "older than what was done since")
def a_backup_of_before_a_return_is_restored(room: Room) -> None:
    file = _backup(room)
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    _restore(room, file)


@ways.door(WouldUndo, "older than what was done since")
def a_backup_of_before_somebody_left_is_restored(room: Room) -> None:
    file = _backup(room)
    room.do((RemovePerson(TOM), MARA))
    _restore(room, file)


@ways.command("older than what was done since")
def a_backup_of_before_a_kill_is_restored_by_command(room: Room) -> list[str]:
    file, story = _backup(room), room.id("ferry")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))
    return ["restore-desk", str(file), str(room.path.with_name("restored.desk"))]


@ways.story("ferry", "seen number 5: an older one was put in its place")
def an_old_database_is_put_back(room: Room) -> None:
    old = room.copy_database()
    room.do((RemovePerson(TOM), MARA))
    room.put_database(old)


def _kill(room: Room) -> None:
    story = room.id("ferry")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))


@ways.story("ferry", "older copy was put in its place")
def an_old_database_is_put_under_another_name(room: Room) -> None:
    old = room.copy_database()
    _kill(room)
    other = room.path.with_name("other.desk")
    shutil.copytree(room.path, other)
    room.path = other
    room.put_database(old)


@ways.story("ferry", "older copy was put in its place")
def an_old_folder_is_renamed(room: Room) -> None:
    old = room.copy_database()
    _kill(room)
    room.put_database(old)
    room.path = room.path.rename(room.path.with_name("renamed.desk"))


@ways.story("ferry", "older copy was put in its place")
def an_old_folder_is_reached_by_a_link(room: Room) -> None:
    old = room.copy_database()
    _kill(room)
    room.put_database(old)
    link = room.path.with_name("link.desk")
    link.symlink_to(room.path)
    room.path = link


@ways.story("ferry", "older copy was put in its place")
def an_old_database_is_reached_by_a_link(room: Room) -> None:
    old = room.copy_database()
    _kill(room)
    room.put_database(old)
    (room.path / DATABASE).rename(old)
    (room.path / DATABASE).symlink_to(old)


@ways.story("ferry", "held another desk before")
def another_desk_is_put_into_the_folder(room: Room) -> None:
    there = room.path.with_name("there.desk")
    house, chief = House("Harbour Post"), Person(LINA, Role.CHIEF)
    with Desk.create(there, house, chief, clock=lambda: TODAY, keys=room.keys) as desk:
        story = desk.do(SaveStory(Story(slug="ferry", headline="F")), LINA).ids("story")[0]
        desk.do(Submit(story, 1), LINA)
        desk.do(approving(desk, story), LINA)
    room.put_database(there / DATABASE)


# What this computer remembers


def _turned_back(room: Room) -> None:
    old = room.copy_database()
    _kill(room)
    room.put_database(old)


@ways.story("ferry", "What this computer remembers of desks is gone")
def one_file_of_memory_is_deleted(room: Room) -> None:
    _turned_back(room)
    pin_files()[0].unlink()


@ways.story("ferry", "What this computer remembers of desks is gone")
def the_other_file_of_memory_is_deleted(room: Room) -> None:
    _turned_back(room)
    pin_files()[1].unlink()


@ways.story("ferry", "What this computer remembers of desks is gone")
def one_file_of_memory_is_emptied(room: Room) -> None:
    _turned_back(room)
    pin_files()[0].write_bytes(b"")


@ways.story("ferry", "What this computer remembers of desks is gone")
def one_file_of_memory_is_damaged(room: Room) -> None:
    _turned_back(room)
    pin_files()[1].write_text('{"desks": {"a": 1}')


@ways.story("ferry", "What this computer remembers of desks is gone|do not agree|older copy")
def one_file_of_memory_forgets_this_desk(room: Room) -> None:
    _turned_back(room)
    file = pin_files()[0]
    value = json.loads(file.read_bytes())
    value["desks"] = {"f" * 32: next(iter(value["desks"].values()))}
    file.write_text(json.dumps(value))


@ways.story("ferry", "What this computer remembers of desks|do not agree|older copy")
def one_file_of_memory_is_an_older_one(room: Room) -> None:
    before = pin_files()[0].read_bytes()
    _turned_back(room)
    pin_files()[0].write_bytes(before)


@ways.story("ferry", "What this computer remembers of desks is gone")
def both_files_of_memory_are_emptied(room: Room) -> None:
    _turned_back(room)
    for file in pin_files():
        file.write_bytes(b"")


@ways.story("ferry", "What this computer remembers of desks|older copy|rewritten")
def one_file_of_memory_becomes_a_folder(room: Room) -> None:
    _turned_back(room)
    pin_files()[0].unlink()
    pin_files()[0].mkdir()


# Keys


def _plant(room: Room, folder: Path) -> None:
    """Put a key folder of one's own somewhere, with a key in the editor's name."""
    folder.mkdir(parents=True)
    planted = KeyFolder(folder, "sample")
    joining(TOM, Role.EDITOR, planted)


@ways.door(EditorError, "not on this computer|passphrase|masthead")
def a_key_folder_is_planted_inside_the_desk(room: Room) -> None:
    _plant(room, room.path / "keys")
    room.keys_file(TOM).unlink()
    room.approve("tides", TOM)


@ways.door(EditorError, "not the one on the masthead")
def a_key_folder_is_planted_as_that_of_a_sample(room: Room) -> None:
    _plant(room, sample_keys(room.chain().desk).folder)
    with Desk.open(room.path, clock=lambda: TODAY) as desk:
        desk.do(approving(desk, room.id("tides")), TOM)


@ways.door(EditorError, "not the one on the masthead")
def a_journalists_key_is_put_in_the_editors_place(room: Room) -> None:
    shutil.copy(room.keys_file(LINA), room.keys_file(TOM))
    room.approve("tides", TOM)


@ways.door(EditorError, "not the one of its private key|names a public key")
def a_key_file_claims_the_editors_public_key(room: Room) -> None:
    theirs, mine = room.keys_file(TOM), room.keys_file(LINA)
    public = theirs.read_bytes().split(b"\n")[0]
    theirs.write_bytes(public + b"\n" + mine.read_bytes().split(b"\n", 1)[1])
    room.approve("tides", TOM)


@pytest.mark.parametrize("attack", ways.params)
def test_attack_with_files_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
