"""Ways around approval by files: pictures, and what is inside a backup."""

from __future__ import annotations

import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from editor.errors import DeskDamaged, EditorError, UntrustedSignature
from editor.store.db.engine import DATABASE, sqlite
from tests.databases import open_database, replacing
from tests.faults.newsroom import (
    PICTURE,
    Attack,
    Room,
    Ways,
)

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


@ways.command("picture is not the original")
def a_picture_is_swapped(room: Room) -> list[str]:
    room.picture().write_bytes(OTHER)
    return _site(room)


@ways.command("picture is not the original")
def a_picture_is_cut_short(room: Room) -> list[str]:
    room.picture().write_bytes(PICTURE[:-20])
    return _site(room)


@ways.command("picture is not the original")
def a_picture_is_emptied(room: Room) -> list[str]:
    room.picture().write_bytes(b"")
    return _site(room)


@ways.command("no file of this picture")
def a_picture_is_deleted(room: Room) -> list[str]:
    room.picture().unlink()
    return _site(room)


@ways.command("picture is not the original")
def a_picture_is_linked_to_another_file(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    other = room.path.with_name("other.png")
    other.write_bytes(PICTURE)
    picture.symlink_to(other)
    return _site(room)


@ways.command("picture is not the original")
def a_picture_is_linked_to_a_swapped_file(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    other = room.path.with_name("other.png")
    other.write_bytes(OTHER)
    os.link(other, picture)
    return _site(room)


@ways.command("picture is not the original")
def a_picture_is_changed_through_its_second_name(room: Room) -> list[str]:
    second = room.path.with_name("second.png")
    os.link(room.picture(), second)
    second.write_bytes(OTHER)
    return _site(room)


@ways.command("picture is not the original|no file of this picture")
def a_picture_becomes_a_folder(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    picture.mkdir()
    return _site(room)


@ways.command("picture is not the original")
def a_picture_becomes_a_pipe(room: Room) -> list[str]:
    picture = room.picture()
    picture.unlink()
    os.mkfifo(picture)
    return _site(room)


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_story_names_another_picture(room: Room) -> None:
    other = f"{sha256(OTHER).hexdigest()}.png"
    (room.path / "pictures" / other).write_bytes(OTHER)
    room.sql(
        replacing("?", "?"),
        room.picture_name(),
        other,
    )


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_picture_is_called_another_type(room: Room) -> None:
    old = room.picture_name()
    room.picture().rename(room.path / "pictures" / old.replace(".png", ".jpg"))
    room.sql(
        replacing("?", "?"),
        old,
        old.replace(".png", ".jpg"),
    )


@ways.story("ferry", "text of version 1 .* was changed|text was changed")
def a_credit_is_edited(room: Room) -> None:
    room.sql(replacing("'Lina Haddad'", "'Nobody'"))


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


@ways.door(DeskDamaged, "picture in the backup is not the original")
def a_picture_is_swapped_inside_a_backup(room: Room) -> None:
    name = f"pictures/{room.picture_name()}"
    room.restore(_repacked(room.backup(), {name: OTHER}))


@ways.door(DeskDamaged, "picture in the backup is not the original")
def a_picture_is_retyped_inside_a_backup(room: Room) -> None:
    room.restore(_repacked(room.backup(), {}, (".png", ".jpg")))


@ways.door(EditorError, "not a backup of a desk|not the original")
def a_picture_is_linked_inside_a_backup(room: Room) -> None:
    file, name = room.backup(), f"pictures/{room.picture_name()}"
    to = file.with_name("linked.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == name:
                info.external_attr, data = 0o120777 << 16, b"/etc/passwd"
            target.writestr(info, data)
    room.restore(to)


@ways.command("no file of this picture")
def a_picture_is_left_out_of_a_backup(room: Room) -> list[str]:
    name = f"pictures/{room.picture_name()}"
    room.restore(_repacked(room.backup(), {name: None}))
    return _site(room)


@ways.door(EditorError, "not a backup of a desk")
def a_key_folder_is_planted_inside_a_backup(room: Room) -> None:
    room.restore(_repacked(room.backup(), {"keys/planted.pem": b"x"}))


@ways.door(EditorError, "not a backup of a desk")
def a_backup_leads_out_of_its_folder(room: Room) -> None:
    room.restore(_repacked(room.backup(), {"drafts/../../out": b"x"}))


def _edited_database(room: Room, file: Path, statement: str) -> bytes:
    copy = file.with_name("copy.sqlite3")
    with zipfile.ZipFile(file) as archive:
        copy.write_bytes(archive.read(DATABASE))
    raw = open_database(copy)
    with raw:
        assert raw.execute(statement).rowcount
    raw.close()
    return copy.read_bytes()


@ways.door(UntrustedSignature, "backup was changed after it was made. .*text of")
def a_text_is_edited_inside_a_backup(room: Room) -> None:
    file = room.backup()
    edit = replacing("'by sea'", "'by air'")
    room.restore(_repacked(file, {DATABASE: _edited_database(room, file, edit)}))


@ways.door(UntrustedSignature, "backup was changed after it was made.*entry was changed")
def a_stage_is_set_inside_a_backup(room: Room) -> None:
    file = room.backup()
    edit = "UPDATE stories SET stage = 'approved'"
    room.restore(_repacked(file, {DATABASE: _edited_database(room, file, edit)}))


@ways.door(DeskDamaged, "extra trigger")
def a_trigger_is_planted_inside_a_backup(room: Room) -> None:
    file = room.backup()
    copy = file.with_name("copy.sqlite3")
    with zipfile.ZipFile(file) as archive:
        copy.write_bytes(archive.read(DATABASE))
    raw = sqlite.connect(copy)
    raw.execute("CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM notes; END")
    raw.close()
    room.restore(_repacked(file, {DATABASE: copy.read_bytes()}))


@pytest.mark.parametrize("attack", ways.params)
def test_attack_with_files_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
