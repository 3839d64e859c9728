"""Reading of many signed documents: a compact JWS (RFC 7515) of one shape, taken apart fast.

A signature of ours has a header of two members, `alg` (Ed25519, RFC 9864) and
`kid`, and nothing else is read: no other algorithm, no `crit`, no detached
payload. What this accepts, joserfc accepts as well (a test compares them).
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple

from editor.errors import UntrustedSignature
from editor.trust.approval import ApprovalStatement, check_statement
from editor.trust.keys import PublicKey
from editor.trust.masthead import Masthead, MastheadChain

_PART = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 1 << 20
_TEXTS = [field.name for field in fields(ApprovalStatement) if field.type == "str"]


class SignedDocument(NamedTuple):
    """A compact JWS, not verified yet: who is said to have signed which bytes."""

    key_id: str
    payload: bytes
    signed: bytes
    signature: bytes

    @classmethod
    def of(cls, token: str) -> SignedDocument:
        """Take a token apart. Raises UntrustedSignature for anything but one of ours."""
        header, payload, signature = (*token.split(".", 3), "", "", "")[:3]
        if token.count(".") != 2 or len(token) > _LONGEST:
            raise _no_signature()
        return cls(
            _key_id(header),
            _decoded(payload),
            f"{header}.{payload}".encode("ascii"),
            _decoded(signature),
        )

    def verified_by(self, key: PublicKey) -> Any:
        """Return the payload's JSON, signed by this key. Raises UntrustedSignature."""
        if len(self.signature) != 64 or not key.verify_bytes(self.signed, self.signature):
            raise UntrustedSignature(
                "The signature does not verify.", "The text or the signature was altered."
            )
        try:
            return json.loads(self.payload)
        except (ValueError, RecursionError):
            raise _no_signature() from None


class ApprovalReader:
    """Verifies the approvals of one desk by its mastheads; made for thousands of them."""

    def __init__(self, chain: MastheadChain) -> None:
        self._desk = chain.desk
        self._mastheads = dict(zip(chain.hashes, chain.mastheads, strict=True))
        self._keys = {
            key.fingerprint: key
            for masthead in chain.mastheads
            for member in masthead.members
            for key in member.keys
        }

    def masthead(self, masthead_hash: str) -> Masthead | None:
        """The masthead with a hash, if the desk ever had it."""
        return self._mastheads.get(masthead_hash)

    def signer(self, document: SignedDocument) -> PublicKey:
        """The key that a document names. Raises UntrustedSignature for a stranger's."""
        if found := self._keys.get(document.key_id):
            return found
        raise UntrustedSignature(
            "Its signer is not on the masthead.", "Ask the newsroom which desk it comes from."
        )

    def read(self, token: str) -> ApprovalStatement:
        """Verify an approval as `read_statement` does. Raises UntrustedSignature."""
        document = SignedDocument.of(token)
        signer = self.signer(document)
        statement = ApprovalStatement.from_json(document.verified_by(signer))
        if not all(isinstance(getattr(statement, name), str) for name in _TEXTS):
            raise _no_signature()
        if statement.desk != self._desk:
            raise UntrustedSignature("The approval was made on another desk.", "Ask the newsroom.")
        masthead = self.masthead(statement.masthead)
        if masthead is None:
            raise UntrustedSignature(
                "The approval names a masthead this desk never had.", "Ask the newsroom."
            )
        check_statement(statement, signer, masthead)
        return statement


@lru_cache(maxsize=256)
def _key_id(header: str) -> str:
    try:
        members = json.loads(_decoded(header))
    except (ValueError, RecursionError):
        raise _no_signature() from None
    if not isinstance(members, dict) or members.keys() != {"alg", "kid"}:
        raise _no_signature()
    if members["alg"] != "Ed25519" or not isinstance(members["kid"], str):
        raise _no_signature()
    return members["kid"]


def _decoded(part: str) -> bytes:
    """Decode base64url without padding, in its one canonical spelling (RFC 7515, appendix C)."""
    if not _PART.fullmatch(part) or len(part) % 4 == 1:
        raise _no_signature()
    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    # The unused bits of the last character must be zero, or one signature has two spellings.
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != part:
        raise _no_signature()
    return data


def _no_signature() -> UntrustedSignature:
    return UntrustedSignature("This is not a signature.", "Something was altered.")
