"""Keys sign, verify and are saved; wrong ones are refused in a sentence."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from editor.errors import BadInput, KeyUnavailable, UntrustedSignature
from editor.trust.keyring import KeyFolder, SystemKeyring, choose_key_store, ensure_key
from editor.trust.keys import PrivateKey, PublicKey, key_id, spoken_words


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


@pytest.mark.parametrize("line", ["", "ssh-ed25519 AAAA Mona", "stonehand-key short Mona", "x y"])
def test_line_without_a_key_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        PublicKey.from_line(line)
    assert refusal.value.hint


@pytest.mark.parametrize("token", ["", "a.b.c", "not a token", "e30.e30.e30"])
def test_text_without_a_signature_is_refused(key: PrivateKey, token: str) -> None:
    with pytest.raises(UntrustedSignature):
        key.public.verify(token)
    with pytest.raises(UntrustedSignature):
        key_id(token)


def test_changed_byte_or_another_key_does_not_verify(key: PrivateKey) -> None:
    token = key.sign({"hash": "abc"})
    header, payload, signature = token.split(".")
    other = PrivateKey.generate()
    flipped = "A" if payload[3] != "A" else "B"
    for forged in (
        f"{header}.{payload[:3]}{flipped}{payload[4:]}.{signature}",
        f"{header}.{payload}.{other.sign({'hash': 'abc'}).split('.')[2]}",
        f"{header}.{payload}.",
    ):
        with pytest.raises(UntrustedSignature):
            key.public.verify(forged)
    with pytest.raises(UntrustedSignature):
        other.public.verify(token)


def test_other_algorithms_are_refused(key: PrivateKey) -> None:
    none = "eyJhbGciOiJub25lIn0." + key.sign({"a": 1}).split(".")[1] + "."
    with pytest.raises(UntrustedSignature):
        key.public.verify(none)


def test_signed_value_is_canonical_json(key: PrivateKey) -> None:
    token = key.sign({"b": 1, "a": "é"})
    assert key.public.verify(token) == '{"a":"é","b":1}'.encode()
    assert key_id(token) == key.public.fingerprint


def test_key_is_read_back_from_its_line(key: PrivateKey) -> None:
    line = key.public.line("Ali Hassan")
    assert PublicKey.from_line(line + "\n") == (key.public, "Ali Hassan")


def test_words_are_proquints_and_differ_by_key(key: PrivateKey) -> None:
    # From the specification's own example: 127.0.0.1 is lusab-babad.
    assert key.public.words == spoken_words(key.public.x)
    assert len(key.public.words) == len("lusab-babad gutih-tugad")
    assert key.public.words != PrivateKey.generate().public.words


def test_private_key_is_not_in_its_repr(key: PrivateKey) -> None:
    assert "PRIVATE" not in repr(key)


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


@pytest.mark.parametrize(
    "data", [b"", b"text", b"Stonehand-Salt: zz\n", b"Stonehand-Salt: 00\nPEM"]
)
def test_damaged_key_file_is_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput, match="does not open"):
        PrivateKey.unlock(data, "p")


def test_truncated_key_file_is_bad_input(key: PrivateKey) -> None:
    locked = key.locked("p")
    assert PrivateKey.unlock(locked, "p") == key
    for length in range(0, len(locked) - 2, 7):
        with pytest.raises(BadInput):
            PrivateKey.unlock(locked[:length], "p")


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
