"""The key of content credentials: in the keyring, and only where it is the certificate's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from editor.errors import BadInput, KeyUnavailable, OutputError
from editor.trust.certificates import read_chain
from editor.trust.picture_keys import (
    KEY_VARIABLE,
    OWN_YEARS,
    KeyringPictureKeys,
    make_own_certificates,
    read_key_file,
    read_picture_key,
)
from tests.certificates import NOW, chain, key_pem, new_key
from tests.keyrings import Secrets


def test_own_certificates_are_as_c2pa_asks_for() -> None:
    text, key = make_own_certificates("Harbour Post", NOW)
    found = read_chain(text)
    found.check_time(NOW)
    assert (found.name, found.issuer) == ("Harbour Post", "Harbour Post content credentials")
    assert found.end == NOW + timedelta(days=365 * OWN_YEARS)
    assert key.is_of(found)
    assert "PRIVATE" not in text
    assert "PRIVATE" not in repr(key)


def test_paper_with_a_very_long_name_has_certificates() -> None:
    text, key = make_own_certificates("صحيفة الميناء " * 20, NOW)
    assert key.is_of(read_chain(text))


def test_signature_is_the_same_each_time() -> None:
    key = read_picture_key(key_pem(new_key()))
    assert key.sign(b"a") == key.sign(b"a") != key.sign(b"b")
    assert len(key.sign(b"a")) == 64


def test_key_is_found_by_its_certificate(secrets: Secrets) -> None:
    keys, (text, key) = KeyringPictureKeys(), make_own_certificates("Harbour Post", NOW)
    known = read_chain(text)
    assert not keys.has(known)
    with pytest.raises(OutputError, match="not on this computer"):
        keys.signer(text)
    keys.keep(known, key)
    assert keys.has(known)
    assert KeyringPictureKeys().signer(text)(b"a") == key.sign(b"a")
    other, _key = make_own_certificates("Harbour Post", NOW)
    assert not keys.has(read_chain(other))
    with pytest.raises(BadInput, match="not that of the first certificate"):
        keys.keep(read_chain(other), key)


def test_closed_keyring_is_said(secrets: Secrets) -> None:
    secrets.is_locked = True
    text, key = make_own_certificates("Harbour Post", NOW)
    with pytest.raises(OutputError, match="keyring of this computer did not open"):
        KeyringPictureKeys().signer(text)
    with pytest.raises(KeyUnavailable, match="keyring of this computer did not open"):
        KeyringPictureKeys().keep(read_chain(text), key)


def test_computer_without_a_home_folder_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: str) -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("keyring.get_password", fail)
    monkeypatch.setattr("keyring.set_password", fail)
    text, key = make_own_certificates("Harbour Post", NOW)
    with pytest.raises(OutputError, match="keyring of this computer did not open"):
        KeyringPictureKeys().signer(text)
    with pytest.raises(KeyUnavailable, match="keyring of this computer did not open"):
        KeyringPictureKeys().keep(read_chain(text), key)


def test_key_file_serves_one_run(
    secrets: Secrets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    text, file = chain(key), tmp_path / "key.pem"
    file.write_bytes(key_pem(key, b"open sesame"))
    monkeypatch.setenv(KEY_VARIABLE, str(file))
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "open sesame")
    assert KeyringPictureKeys().signer(text)(b"a") == read_picture_key(key_pem(key)).sign(b"a")
    assert not secrets.passwords
    with pytest.raises(BadInput, match="not that of the first certificate"):
        KeyringPictureKeys().signer(chain(new_key()))


def test_encrypted_key_needs_its_passphrase(tmp_path: Path) -> None:
    key = new_key()
    file = tmp_path / "key.pem"
    file.write_bytes(key_pem(key, b"open sesame"))
    assert read_key_file(file, "open sesame") == read_picture_key(key_pem(key))
    with pytest.raises(KeyUnavailable, match="A passphrase opens"):
        read_key_file(file)
    with pytest.raises(KeyUnavailable, match="does not open"):
        read_key_file(file, "wrong")


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.pem can't be read"):
        read_key_file(tmp_path / "none.pem")
    with pytest.raises(BadInput, match="no private key"):
        read_picture_key(b"\xff\x00 no key")
    for key in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())):
        with pytest.raises(BadInput, match="not a P-256 key"):
            read_picture_key(key_pem(key))
