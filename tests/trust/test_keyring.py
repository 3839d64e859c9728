"""Keys are saved once, where only their owner can use them."""

from __future__ import annotations

import errno
import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from editor.errors import BadInput, KeyUnavailable
from editor.trust import keyring as our_keyring
from editor.trust.keyring import KeyFolder, SystemKeyring, choose_key_store, ensure_key
from editor.trust.keys import PrivateKey
from tests.keyrings import Secrets


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


def test_key_file_needs_its_passphrase_and_is_private(tmp_path: Path, key: PrivateKey) -> None:
    store = KeyFolder(tmp_path / "keys", "open sesame")
    store.save("Mona", key)
    assert store.read("Mona") == key
    assert store.read("Ali") is None
    with pytest.raises(BadInput, match="passphrase"):
        KeyFolder(store.folder, "wrong").read("Mona")
    with pytest.raises(KeyUnavailable) as refusal:
        KeyFolder(store.folder, "").read("Mona")
    assert "STONEHAND_PASSPHRASE" in refusal.value.hint
    file = next(store.folder.iterdir())
    assert b"ENCRYPTED" in file.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_saved_key_is_never_replaced(tmp_path: Path, key: PrivateKey) -> None:
    store = KeyFolder(tmp_path, "p")
    assert ensure_key(store, "Mona") == ensure_key(store, "Mona")
    with pytest.raises(KeyUnavailable):
        store.save("Mona", key)


def test_environment_chooses_the_key_store(tmp_path: Path) -> None:
    folder = {"STONEHAND_KEYS": str(tmp_path), "STONEHAND_PASSPHRASE": "p"}
    assert choose_key_store(folder) == KeyFolder(tmp_path, "p")
    without = choose_key_store({})
    assert isinstance(without, KeyFolder | SystemKeyring)
    if isinstance(without, KeyFolder):
        with pytest.raises(KeyUnavailable):
            ensure_key(without, "Mona")


def test_of_two_keys_made_at_once_the_first_stays(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Late(KeyFolder):
        """Looks just before another process makes the key."""

        looks: list[str] = field(default_factory=list)

        def read(self, name: str) -> PrivateKey | None:
            self.looks.append(name)
            if len(self.looks) == 1:
                ensure_key(KeyFolder(tmp_path, "p"), name)
                return None
            return super().read(name)

    assert ensure_key(Late(tmp_path, "p"), "Mona") == KeyFolder(tmp_path, "p").read("Mona")


def test_public_key_needs_no_passphrase(tmp_path: Path, key: PrivateKey) -> None:
    KeyFolder(tmp_path, "p").save("Mona", key)
    store = KeyFolder(tmp_path, "")
    assert store.public_key("Mona") == key.public
    assert store.has("Mona")
    assert store.public_key("Ali") is None
    assert not store.has("Ali")


def test_key_file_is_opened_once(
    tmp_path: Path, key: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []

    def count(data: bytes, passphrase: str) -> PrivateKey:
        opened.append(data)
        return key

    store = KeyFolder(tmp_path, "p")
    store.save("Mona", key)
    monkeypatch.setattr(our_keyring, "unlock_key", count)
    assert store.read("Mona") == key
    assert opened == []
    again = store.unlocked("p")
    assert again.read("Mona") == again.read("Mona") == key
    assert len(opened) == 1
    with pytest.raises(KeyUnavailable):
        again.unlocked("").read("Mona")
    assert again.unlocked("").is_locked
    assert not again.is_locked


def test_replaced_key_file_is_read_again(tmp_path: Path, key: PrivateKey) -> None:
    store = KeyFolder(tmp_path, "p")
    store.save("Mona", key)
    file = next(tmp_path.iterdir())
    file.unlink()
    assert store.read("Mona") is None
    other = ensure_key(KeyFolder(tmp_path, "p"), "Mona")
    assert store.read("Mona") == other != key


def test_damaged_key_file_is_said_to_be_damaged(tmp_path: Path, key: PrivateKey) -> None:
    store = KeyFolder(tmp_path, "p")
    store.save("Mona", key)
    next(tmp_path.iterdir()).write_bytes(b"text")
    assert store.has("Mona")
    with pytest.raises(BadInput, match="damaged"):
        store.public_key("Mona")


def test_passphrase_is_not_in_the_repr(tmp_path: Path) -> None:
    assert "sesame" not in repr(KeyFolder(tmp_path, "sesame"))


def test_keyring_has_what_was_saved_in_it(secrets: Secrets, key: PrivateKey) -> None:
    store = SystemKeyring()
    assert not store.has("Mona")
    assert store.public_key("Mona") is None
    store.save("Mona", key)
    assert store.has("Mona")
    assert store.read("Mona") == key
    assert store.public_key("Mona") == key.public
    assert ensure_key(store, "Mona") == key
    with pytest.raises(KeyUnavailable, match="already"):
        store.save("Mona", PrivateKey.generate())
    assert store.unlocked("p") == store


def test_locked_keyring_is_no_empty_one(secrets: Secrets, key: PrivateKey) -> None:
    store = SystemKeyring()
    secrets.is_locked = True
    with pytest.raises(KeyUnavailable, match="keyring"):
        store.has("Mona")
    with pytest.raises(KeyUnavailable):
        store.public_key("Mona")
    with pytest.raises(KeyUnavailable):
        store.save("Mona", key)
    assert secrets.passwords == {}


def test_what_is_no_key_in_the_keyring_is_bad_input(secrets: Secrets) -> None:
    secrets.passwords["Stonehand", "Mona"] = "text"
    with pytest.raises(BadInput):
        SystemKeyring().read("Mona")


def test_computer_without_a_home_folder_has_no_keyring(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail() -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("keyring.get_keyring", fail)
    monkeypatch.setenv("STONEHAND_DATA", str(tmp_path))
    assert isinstance(choose_key_store({}), KeyFolder)


def test_keyring_is_chosen_first(secrets: Secrets) -> None:
    assert isinstance(choose_key_store({}), SystemKeyring)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_passphrase_is_changed(tmp_path: Path, key: PrivateKey) -> None:
    store = KeyFolder(tmp_path, "old")
    store.save("Mona", key)
    [file] = tmp_path.iterdir()
    store.change_passphrase("Mona", "old", "new")
    assert list(tmp_path.iterdir()) == [file]
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert store.read("Mona") == KeyFolder(tmp_path, "new").read("Mona") == key
    with pytest.raises(BadInput, match="does not open"):
        KeyFolder(tmp_path, "old").read("Mona")


def test_passphrase_is_not_changed_for_whoever_does_not_know_it(
    tmp_path: Path, key: PrivateKey
) -> None:
    store = KeyFolder(tmp_path, "old")
    store.save("Mona", key)
    before = files(tmp_path)
    for old, new, match in (
        ("wrong", "new", "does not open"),
        ("", "new", "does not open"),
        ("old", "", "empty"),
    ):
        with pytest.raises(BadInput, match=match) as refusal:
            store.change_passphrase("Mona", old, new)
        assert refusal.value.hint
    with pytest.raises(KeyUnavailable, match="no key of Ali"):
        store.change_passphrase("Ali", "old", "new")
    assert files(tmp_path) == before


def fail_at_flush(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the disk fail at the flush after so many."""
    left = [number]
    fsync = os.fsync

    def fail(handle: int) -> None:
        if left[0] == 0:
            raise OSError(errno.EIO, "Input/output error")
        left[0] -= 1
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail)


@pytest.mark.parametrize("number", range(4))
def test_disk_that_fails_leaves_the_key_with_its_old_passphrase(
    tmp_path: Path, key: PrivateKey, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The disk fails at the first, second, third… flush of a change."""
    store = KeyFolder(tmp_path, "old")
    store.save("Mona", key)
    before = files(tmp_path)
    fail_at_flush(monkeypatch, number)
    with pytest.raises(KeyUnavailable, match="could not be saved"):
        store.change_passphrase("Mona", "old", "new")
    monkeypatch.undo()
    assert files(tmp_path).items() >= before.items()
    assert KeyFolder(tmp_path, "old").read("Mona") == key


def test_old_key_file_returns_when_the_new_one_does_not_read_back(
    tmp_path: Path, key: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = KeyFolder(tmp_path, "old")
    store.save("Mona", key)
    before = files(tmp_path)

    def write_rubbish(path: Path, data: bytes, *, private: bool) -> None:
        path.write_bytes(data if path.suffix == ".old" else data[:90])

    monkeypatch.setattr(our_keyring, "write_file", write_rubbish)
    with pytest.raises(KeyUnavailable, match="read back"):
        store.change_passphrase("Mona", "old", "new")
    assert files(tmp_path) == before


def test_keyring_has_no_passphrase_to_change(secrets: Secrets) -> None:
    with pytest.raises(BadInput, match="no passphrase") as refusal:
        SystemKeyring().change_passphrase("Mona", "old", "new")
    assert refusal.value.hint


def test_new_key_takes_the_place_of_one_that_nobody_can_open(
    tmp_path: Path, key: PrivateKey
) -> None:
    forgotten = KeyFolder(tmp_path, "forgotten")
    assert forgotten.replace("Mona", key) == ""
    [file] = tmp_path.iterdir()
    old = file.read_bytes()
    store, new, newer = KeyFolder(tmp_path, "new"), PrivateKey.generate(), PrivateKey.generate()
    assert store.replace("Mona", new) == f"{file}.old-1"
    assert store.read("Mona") == KeyFolder(tmp_path, "new").read("Mona") == new
    file.write_bytes(b"-----BEGIN ")
    assert store.replace("Mona", newer) == f"{file}.old-2"
    assert store.read("Mona") == newer
    assert files(tmp_path).keys() == {file.name, f"{file.name}.old-1", f"{file.name}.old-2"}
    assert file.with_name(f"{file.name}.old-1").read_bytes() == old
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_key_is_not_replaced_without_a_passphrase(tmp_path: Path, key: PrivateKey) -> None:
    KeyFolder(tmp_path, "p").save("Mona", key)
    before = files(tmp_path)
    with pytest.raises(KeyUnavailable):
        KeyFolder(tmp_path, "").replace("Mona", PrivateKey.generate())
    assert files(tmp_path) == before


@pytest.mark.parametrize("number", range(4))
def test_disk_that_fails_leaves_the_old_key_in_its_place_or_the_new_one(
    tmp_path: Path, key: PrivateKey, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    KeyFolder(tmp_path, "old").save("Mona", key)
    [before] = files(tmp_path).values()
    fail_at_flush(monkeypatch, number)
    with pytest.raises(KeyUnavailable, match="could not be saved"):
        KeyFolder(tmp_path, "new").replace("Mona", PrivateKey.generate())
    monkeypatch.undo()
    assert before in files(tmp_path).values()
    assert KeyFolder(tmp_path, "").has("Mona")


def test_keyring_sets_the_old_key_aside(secrets: Secrets, key: PrivateKey) -> None:
    store, new = SystemKeyring(), PrivateKey.generate()
    assert store.replace("Mona", key) == ""
    assert "“Mona (old 1)”" in store.replace("Mona", new)
    assert store.read("Mona") == new
    assert store.read("Mona (old 1)") == key
    secrets.passwords["Stonehand", "Mona"] = "no key"
    assert "“Mona (old 2)”" in store.replace("Mona", new)
    assert secrets.passwords["Stonehand", "Mona (old 2)"] == "no key"
    assert store.read("Mona (old 1)") == key
