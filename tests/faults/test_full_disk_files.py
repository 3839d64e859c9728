"""A full disk, or a full folder for temporary files: a sentence each, and nothing half is left."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.cli import main
from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import DiskFull, KeyUnavailable
from editor.store.db.engine import DATABASE, Database
from editor.store.db.identity import LATEST
from editor.store.db.upgrade import upgrade
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, ensure_key
from editor.trust.keys import PrivateKey
from tests.faults.conftest import CHIEF, filled
from tests.store.db.test_upgrade import NEXT, with_step

LONG = "\n\n".join(f"Paragraph {number} of a long story." for number in range(20_000))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "Harbour.desk"
    with Desk.create(path, House("Harbour Post"), Person(CHIEF, Role.CHIEF)) as made:
        made.do(SaveStory(Story(slug="long", body=LONG)), CHIEF)
    return path


@pytest.fixture
def full_temporary(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of temporary files, with room for a few bytes only."""
    monkeypatch.setenv("TMPDIR", str(small_disk))
    monkeypatch.setattr(tempfile, "tempdir", None)
    with filled(small_disk, leave=100_000):
        yield small_disk
    monkeypatch.setattr(tempfile, "tempdir", None)


def test_backup_needs_no_room_for_temporary_files_elsewhere(
    desk: Path, full_temporary: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copy.stonehand-backup"
    assert main(["backup", str(desk), "--out", str(out)]) == 0
    assert out.is_file()
    assert [path.name for path in full_temporary.iterdir()] == ["filler"]


def test_backup_to_a_full_disk_is_refused(
    desk: Path, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with filled(small_disk, leave=50_000):
        assert main(["backup", str(desk), "--out", str(small_disk / "copy.zip")]) == 1
        assert "is full" in capsys.readouterr().err
        assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_desk_whose_copy_before_a_migration_has_no_room_stays_as_it_is(
    small_disk: Path, tmp_path: Path
) -> None:
    path = small_disk / "Harbour.desk"
    with Desk.create(path, House("Harbour Post"), Person(CHIEF, Role.CHIEF)) as made:
        made.do(SaveStory(Story(slug="long", body=LONG[:200_000])), CHIEF)
    steps = with_step(tmp_path, "op.execute('CREATE TABLE more (a)')")
    before = (path / DATABASE).read_bytes()
    database = Database(path)
    try:
        with filled(small_disk, leave=150_000), pytest.raises(DiskFull):
            upgrade(database, path, latest=NEXT, migrations=steps)
    finally:
        database.close()
    assert (path / DATABASE).read_bytes() == before
    assert not list((path / "backups").iterdir())
    assert int(LATEST) < int(NEXT)
    Desk.open(path).close()


def test_key_made_on_a_full_disk_leaves_nothing_and_is_made_once_there_is_room(
    small_disk: Path,
) -> None:
    store = KeyFolder(small_disk / "keys", "open sesame", cost=1)
    with filled(small_disk), pytest.raises(KeyUnavailable, match="No space left"):
        ensure_key(store, CHIEF)
    assert not list((small_disk / "keys").glob("*"))
    assert ensure_key(store, CHIEF).public == store.public_key(CHIEF)


def test_passphrase_changed_on_a_full_disk_leaves_the_key_as_it_was(small_disk: Path) -> None:
    store = KeyFolder(small_disk / "keys", "open sesame", cost=1)
    store.save(CHIEF, key := PrivateKey.generate())
    with filled(small_disk), pytest.raises(KeyUnavailable, match="No space left"):
        store.change_passphrase(CHIEF, "open sesame", "other words")
    assert len(list((small_disk / "keys").iterdir())) == 1
    assert KeyFolder(small_disk / "keys", "open sesame").read(CHIEF) == key


def test_empty_key_file_that_a_full_disk_left_is_no_key(tmp_path: Path) -> None:
    store = KeyFolder(tmp_path / "keys", "open sesame", cost=1)
    store.save(CHIEF, PrivateKey.generate())
    [file] = store.folder.iterdir()
    file.write_bytes(b"")
    again = KeyFolder(tmp_path / "keys", "open sesame", cost=1)
    assert not again.has(CHIEF)
    assert again.public_key(CHIEF) is None
    assert ensure_key(again, CHIEF) == again.read(CHIEF)
