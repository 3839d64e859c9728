"""The fast reader accepts what joserfc accepts of ours, and nothing that joserfc refuses."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from editor.errors import UntrustedSignature
from editor.trust.approval import ApprovalReader, ApprovalStatement
from editor.trust.compact import SignedDocument
from editor.trust.keys import PrivateKey
from editor.trust.masthead import MastheadChain
from tests.formats.proven import CHIEF, EDITOR, WRITER, ProvenDesk

KEY = PrivateKey.generate()
TOKEN = KEY.sign({"type": "note", "text": "Ärger in the harbour"})


def encoded(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header: object, payload: object = 1) -> str:
    text = f"{encoded(header)}.{encoded(payload)}"
    return f"{text}.{encoded(KEY.sign_bytes(text.encode()))}"


def judged(token: str, key: PrivateKey = KEY) -> bytes:
    """The payload of a token that joserfc verifies."""
    jwk = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": key.public.x})
    registry = jws.JWSRegistry(algorithms=["Ed25519"])
    return jws.deserialize_compact(token, jwk, registry=registry).payload


def test_own_document_is_read_as_joserfc_reads_it() -> None:
    document = SignedDocument.of(TOKEN)
    assert document.key_id == KEY.public.fingerprint
    assert document.payload == judged(TOKEN)
    assert document.verified_by(KEY.public)["text"] == "Ärger in the harbour"


KID = {"kid": KEY.public.fingerprint}


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", **KID},
        {"alg": "EdDSA", **KID},
        {"alg": "HS256", **KID},
        {"alg": "Ed25519", "crit": ["b64"], "b64": False, **KID},
        {"alg": "Ed25519", "kid": 3},
        {"alg": "Ed25519"},
        ["Ed25519"],
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_other_headers_are_refused(header: object) -> None:
    with pytest.raises(UntrustedSignature):
        SignedDocument.of(signed(header)).verified_by(KEY.public)


@pytest.mark.parametrize("token", ["", "a.b.c", "not a token", "e30.e30.e30"])
def test_text_without_a_signature_is_refused(token: str) -> None:
    with pytest.raises(UntrustedSignature):
        SignedDocument.of(token)


def test_another_key_or_signature_does_not_verify() -> None:
    head, other = TOKEN.rpartition(".")[0], PrivateKey.generate()
    for forged in (f"{head}.{other.sign({'text': 'a'}).split('.')[2]}", TOKEN):
        with pytest.raises(UntrustedSignature):
            SignedDocument.of(forged).verified_by(other.public)


@pytest.mark.parametrize("payload", [b"[" * 100_000, b"\xff", b"", b"{"])
def test_signed_rubbish_is_no_document(payload: bytes) -> None:
    with pytest.raises(UntrustedSignature):
        SignedDocument.of(signed({"alg": "Ed25519", **KID}, payload)).verified_by(KEY.public)


def test_second_spelling_of_a_signature_is_refused() -> None:
    head, _, signature = TOKEN.rpartition(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = alphabet[alphabet.index(signature[-1]) ^ 1]
    for token in (f"{head}.{signature[:-1]}{other}", f"{head}.{signature}=", f" {TOKEN}"):
        with pytest.raises(UntrustedSignature):
            SignedDocument.of(token).verified_by(KEY.public)


@given(st.integers(0, len(TOKEN) - 1), st.characters(codec="ascii"))
def test_what_is_accepted_joserfc_accepts(place: int, letter: str) -> None:
    token = TOKEN[:place] + letter + TOKEN[place + 1 :]
    try:
        SignedDocument.of(token).verified_by(KEY.public)
    except UntrustedSignature:
        return
    assert judged(token)


def test_approvals_are_read_as_one_by_one() -> None:
    desk = ProvenDesk()
    chain = MastheadChain.verified(desk.mastheads)
    reader = ApprovalReader(chain)
    for by, writers in ((EDITOR, [WRITER]), (CHIEF, [CHIEF])):
        token = desk.approve("story", "a" * 64, "s1", by, writers)
        payload = judged(token, desk.keys[by])
        assert reader.read(token) == ApprovalStatement.from_json(json.loads(payload))
    stranger = ProvenDesk()
    for token in (
        desk.approve("story", "a" * 64, "s1", WRITER),
        desk.approve("house", "a" * 64, by=EDITOR),
        stranger.approve("story", "a" * 64, "s1"),
        desk.mastheads[0],
        "",
        "a.b",
        "a.b.c.d",
    ):
        with pytest.raises(UntrustedSignature):
            reader.read(token)
    other_desk = ProvenDesk("desk-2", desk.keys)
    with pytest.raises(UntrustedSignature, match="another desk"):
        reader.read(other_desk.approve("story", "a" * 64, "s1"))
