"""Ways around approval by older copies, by what a computer remembers, and by key files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from editor.core.commands import Kill, Publish, RemovePerson, Return, SaveStory, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import EditorError, WouldUndo
from editor.store.db.engine import DATABASE
from editor.store.desk import Desk, sample_keys
from editor.trust.keyring import KeyFolder
from tests.faults.newsroom import (
    LINA,
    MARA,
    TODAY,
    TOM,
    Attack,
    Room,
    Ways,
    pin_files,
)
from tests.people import approving, joining

ways = Ways()


# Older copies


@ways.door(WouldUndo, "older than what was done since")
def a_backup_of_before_a_kill_is_restored(room: Room) -> None:
    file, story = room.backup(), room.id("ferry")
    room.do((Publish(story, 1), TOM), (Kill(story, 1, "It was never true."), MARA))
    room.restore(file)


@ways.door(WouldUndo, "older than what was done since")
def a_backup_of_before_a_return_is_restored(room: Room) -> None:
    file = room.backup()
    room.do((Return(room.id("ferry"), 1, "Who says so?"), TOM))
    room.restore(file)


@ways.door(WouldUndo, "older than what was done since")
def a_backup_of_before_somebody_left_is_restored(room: Room) -> None:
    file = room.backup()
    room.do((RemovePerson(TOM), MARA))
    room.restore(file)


@ways.command("older than what was done since")
def a_backup_of_before_a_kill_is_restored_by_command(room: Room) -> list[str]:
    file, story = room.backup(), room.id("ferry")
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
        story = desk.do(SaveStory(Story(slug="ferry", headline="F", body="It sails.")), LINA).ids(
            "story"
        )[0]
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
def test_attack_with_copies_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
