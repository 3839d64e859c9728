"""Keys sign and verify; wrong ones are refused in a sentence."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import BadInput
from editor.trust.compact import SignedDocument
from editor.trust.keys import PrivateKey, PublicKey, spoken_words


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


@pytest.mark.parametrize("line", ["", "ssh-ed25519 AAAA Mona", "stonehand-key short Mona", "x y"])
def test_line_without_a_key_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        PublicKey.from_line(line)
    assert refusal.value.hint


def test_signed_value_is_canonical_json(key: PrivateKey) -> None:
    token = key.sign({"b": 1, "a": "é"})
    assert SignedDocument.of(token).payload == '{"a":"é","b":1}'.encode()


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


def test_private_key_is_its_pem(key: PrivateKey) -> None:
    assert PrivateKey(key.pem) == key
    assert PrivateKey(key.pem).public == key.public
    other = X25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    for pem in (b"", b"text", key.pem[:60], other):
        with pytest.raises(BadInput):
            PrivateKey(pem)


def test_fingerprint_is_the_thumbprint_of_rfc_8037() -> None:
    # The example of RFC 8037, appendix A.3.
    key = PublicKey("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    assert key.fingerprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_bytes_are_signed_as_rfc_8032_says() -> None:
    # The third test of RFC 8032, section 7.1.
    secret = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
    signature = (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    pem = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    assert PrivateKey(pem).sign_bytes(b"\xaf\x82").hex() == signature
    assert PrivateKey(pem).public.verify_bytes(b"\xaf\x82", bytes.fromhex(signature))


KEY = PrivateKey.generate()


@given(st.binary(), st.integers(0, 511))
def test_changed_bytes_or_signature_do_not_verify(data: bytes, bit: int) -> None:
    signature = KEY.sign_bytes(data)
    assert len(signature) == 64
    assert KEY.public.verify_bytes(data, signature)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    assert not KEY.public.verify_bytes(data, bytes(flipped))
    assert not KEY.public.verify_bytes(data + b" ", signature)
    assert not PrivateKey.generate().public.verify_bytes(data, signature)


@pytest.mark.parametrize("signature", [b"", b"short", bytes(64), bytes(65), b"\xff" * 64])
def test_what_is_no_signature_does_not_verify(key: PrivateKey, signature: bytes) -> None:
    assert not key.public.verify_bytes(b"text", signature)


def test_key_that_fits_any_text_is_refused() -> None:
    # The neutral point: with it one signature is valid for every text.
    neutral = bytes([1, *bytes(31)])
    Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"any text")
    for raw in (neutral, bytes([1, *bytes(30), 0x80]), bytes(32), bytes([236, *b"\xff" * 30, 127])):
        with pytest.raises(BadInput):
            PublicKey(base64.urlsafe_b64encode(raw).rstrip(b"=").decode())
