"""A key file opens with its passphrase only, and says whose half it holds."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from editor.errors import BadInput, KeyUnavailable
from editor.trust import key_file
from editor.trust.key_file import lock_key, public_key_in, unlock_key
from editor.trust.keys import PrivateKey


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


def old_file(key: PrivateKey, passphrase: str) -> bytes:
    """Return a file as the first version of Stonehand wrote it."""
    salt = bytes(range(16))
    password = hashlib.scrypt(passphrase.encode(), salt=salt, n=1 << 14, r=8, p=1).hex().encode()
    pem = load_pem_private_key(key.pem, None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)
    )
    return f"Stonehand-Salt: {salt.hex()}\n".encode() + pem


def test_public_half_is_read_without_the_passphrase(key: PrivateKey) -> None:
    assert public_key_in(lock_key(key, "p")) == key.public
    assert public_key_in(old_file(key, "p")) is None


def test_file_of_the_first_version_opens(key: PrivateKey) -> None:
    assert unlock_key(old_file(key, "p"), "p") == key
    with pytest.raises(BadInput, match="does not open"):
        unlock_key(old_file(key, "p"), "q")


def test_cost_is_written_in_the_file(key: PrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap, other = lock_key(key, "p"), lock_key(key, "p", 5)
    assert b"\nStonehand-Scrypt: 1 8 1 " in cheap
    assert b"\nStonehand-Scrypt: 5 8 1 " in other
    monkeypatch.setattr(key_file, "COST", 7)
    assert b"\nStonehand-Scrypt: 7 8 1 " in lock_key(key, "p")
    assert unlock_key(cheap, "p") == unlock_key(other, "p") == key


def test_passphrase_is_the_same_however_its_letters_are_composed(key: PrivateKey) -> None:
    assert unlock_key(lock_key(key, "caf\u00e9"), "cafe\u0301") == key


def test_passphrase_may_be_any_text(key: PrivateKey) -> None:
    for passphrase in (" ", "\ud800", "ملاحظة", "p" * 10_000, "a\0b"):
        assert unlock_key(lock_key(key, passphrase), passphrase) == key


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"text\n",
        b"Stonehand-Salt: zz\n",
        b"Stonehand-Salt: 00\nStonehand-Salt: 00\n",
        b"Stonehand-Key: KEY\n",
        b"Stonehand-Key: AAAA\nStonehand-Scrypt: 1 8 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 1 8 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: x 8 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 0 8 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: -1 8 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 40 8 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 29 8 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 1 999999999 1 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 1 8 999999999 00\n",
        b"Stonehand-Key: KEY\nStonehand-Scrypt: 1 8 1 00\nMore: 1\n",
        "Stonehand-Clé: 1\n".encode(),
    ],
)
def test_damaged_header_is_bad_input(key: PrivateKey, header: bytes) -> None:
    locked = lock_key(key, "p")
    data = header.replace(b"KEY", key.public.x.encode()) + locked[locked.index(b"-----BEGIN") :]
    with pytest.raises(BadInput, match="damaged"):
        unlock_key(data, "p")


def test_empty_or_truncated_file_is_damaged(key: PrivateKey) -> None:
    for locked in (lock_key(key, "p"), old_file(key, "p")):
        for length in range(0, len(locked) - 2, 7):
            for read in (lambda data: unlock_key(data, "p"), public_key_in):
                with pytest.raises(BadInput, match="damaged") as refusal:
                    read(locked[:length])
                assert refusal.value.hint


def test_file_with_lines_lost_inside_is_damaged(key: PrivateKey) -> None:
    lines = lock_key(key, "p").splitlines(keepends=True)
    for number in range(3, len(lines) - 1):
        with pytest.raises(BadInput, match="damaged"):
            unlock_key(b"".join(lines[:number] + lines[number + 1 :]), "p")


def test_public_half_of_another_key_is_refused(key: PrivateKey) -> None:
    other = PrivateKey.generate()
    forged = lock_key(key, "p").replace(key.public.x.encode(), other.public.x.encode())
    assert public_key_in(forged) == other.public
    with pytest.raises(KeyUnavailable, match="public key") as refusal:
        unlock_key(forged, "p")
    assert refusal.value.hint


def test_private_key_put_into_another_file_is_refused(key: PrivateKey) -> None:
    own, other = lock_key(key, "p"), lock_key(PrivateKey.generate(), "p")
    start = own.index(b"-----BEGIN")
    with pytest.raises(BadInput):
        unlock_key(own[:start] + other[other.index(b"-----BEGIN") :], "p")
