"""Reading of many signed documents: a compact JWS (RFC 7515) of one shape, taken apart fast.

A signature of ours has a header of two members, `alg` (Ed25519, RFC 9864) and
`kid`, and nothing else is read: no other algorithm, no `crit`, no detached
payload. What this accepts, joserfc accepts as well (a test compares them).
"""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from typing import Any, NamedTuple, Self

from editor.errors import UntrustedSignature
from editor.i18n import _
from editor.trust.keys import PublicKey

_PART = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 1 << 20


class SignedDocument(NamedTuple):
    """A compact JWS, not verified yet: the key it names, and the bytes it signs."""

    key_id: str
    payload: bytes
    signed: bytes
    signature: bytes

    @classmethod
    def of(cls, token: str) -> Self:
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
                _("The signature does not verify."), _("The text or the signature was altered.")
            )
        try:
            return json.loads(self.payload)
        except (ValueError, RecursionError):
            raise _no_signature() from None


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
    return UntrustedSignature(_("This is not a signature."), _("Something was altered."))
