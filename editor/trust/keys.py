"""One person's Ed25519 key (RFC 8032), and the words to compare it by on the phone."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from editor.core.canonical import Json, canonical_json
from editor.errors import BadInput, UntrustedSignature

_ALGORITHM: Final = "Ed25519"  # RFC 9864; the older name EdDSA is deprecated
_REGISTRY = jws.JWSRegistry(algorithms=[_ALGORITHM])
_SALT: Final = "Stonehand-Salt: "
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that everyone may have: 32 bytes, as base64url without padding (RFC 8037, `x`)."""

    x: str

    def __post_init__(self) -> None:
        try:
            raw = base64.urlsafe_b64decode(self.x + "=" * (-len(self.x) % 4))
        except ValueError:
            raw = b""
        if len(raw) != 32 or base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != self.x:
            raise BadInput(
                "This is not a public key.",
                "A key file has one line that starts with stonehand-key.",
            )

    @property
    def fingerprint(self) -> str:
        """The JWK thumbprint (RFC 7638), base64url: the name of the key in every signature."""
        return str(_jwk(self.x).thumbprint())

    @property
    def words(self) -> str:
        """The key as four pronounceable words, e.g. `lusab-babad gutih-tugad` (64 bits).

        Proquints (arXiv:0901.4016): they can be read out on the phone in any language.
        """
        return spoken_words(self.x)

    def line(self, name: str) -> str:
        """The key as one line of text to send to a colleague."""
        return f"stonehand-key {self.x} {name}"

    @classmethod
    def from_line(cls, text: str) -> tuple[Self, str]:
        """Read what `line` wrote: the key and whose it is. Raises BadInput."""
        words = text.split(maxsplit=2)
        if len(words) != 3 or words[0] != "stonehand-key":
            raise BadInput(
                "This is not a Stonehand key.",
                "Ask your colleague for the file that `stonehand key` writes.",
            )
        return cls(words[1]), " ".join(words[2].split())

    def verify(self, token: str) -> bytes:
        """The payload of a compact JWS signed by this key. Raises UntrustedSignature."""
        try:
            signed = jws.deserialize_compact(token, _jwk(self.x), registry=_REGISTRY)
        except (JoseError, ValueError):
            raise UntrustedSignature(
                "The signature does not verify.", "The text or the signature was altered."
            ) from None
        return signed.payload

    def verify_bytes(self, data: bytes, signature: bytes) -> bool:
        """Whether a raw 64-byte signature of this key is on some bytes."""
        try:
            _jwk(self.x).public_key.verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """The half that only its owner has, as PKCS #8 PEM. Never printed, never logged."""

    pem: bytes

    def __repr__(self) -> str:
        return f"PrivateKey({self.public.fingerprint})"

    @classmethod
    def generate(cls) -> Self:
        """Make a new key from the system's randomness."""
        return cls(OKPKey.generate_key(_ALGORITHM).as_pem(private=True))

    @property
    def public(self) -> PublicKey:
        """The half to give away."""
        return PublicKey(str(OKPKey.import_key(self.pem).as_dict(private=False)["x"]))

    def sign(self, value: Json) -> str:
        """Sign a value's canonical JSON as a compact JWS (RFC 7515)."""
        header = {"alg": _ALGORITHM, "kid": self.public.fingerprint}
        key = OKPKey.import_key(self.pem)
        return jws.serialize_compact(header, canonical_json(value), key, registry=_REGISTRY)

    def sign_bytes(self, data: bytes) -> bytes:
        """The raw 64-byte signature on some bytes."""
        return bytes(OKPKey.import_key(self.pem).private_key.sign(data))

    def locked(self, passphrase: str) -> bytes:
        """The key as PEM (PKCS #8) that only the passphrase opens, after a line with its salt."""
        salt = secrets.token_hex(16)
        password = _stretched(passphrase, salt)
        pem = OKPKey.import_key(self.pem).as_pem(private=True, password=password)
        return f"{_SALT}{salt}\n".encode() + pem

    @classmethod
    def unlock(cls, locked: bytes, passphrase: str) -> Self:
        """Open what `locked` made. Raises BadInput for a wrong passphrase or a damaged file."""
        try:
            salt, _, pem = locked.removeprefix(_SALT.encode()).partition(b"\n")
            password = _stretched(passphrase, salt.decode("ascii"))
            key = OKPKey.import_key(pem, password=password)
            return cls(key.as_pem(private=True))
        except (JoseError, ValueError, TypeError):
            raise BadInput(
                "The passphrase does not open this key.", "Check STONEHAND_PASSPHRASE."
            ) from None


def key_id(token: str) -> str:
    """The fingerprint of the key a compact JWS claims; not yet verified.

    Raises UntrustedSignature for what is no JWS.
    """
    try:
        header = jws.extract_compact(token.encode()).headers()
        return str(header["kid"])
    except (JoseError, ValueError, KeyError):
        raise UntrustedSignature("This is not a signature.", "Something was altered.") from None


def spoken_words(text: str) -> str:
    """The first 64 bits of a text's SHA-256 as four proquints."""
    digest = hashlib.sha256(text.encode()).digest()
    return " ".join(
        _proquint(int.from_bytes(digest[i : i + 2]))
        + "-"
        + _proquint(int.from_bytes(digest[i + 2 : i + 4]))
        for i in (0, 4)
    )


@lru_cache(maxsize=64)
def _stretched(passphrase: str, salt: str) -> str:
    # PEM's own derivation, as the library makes it, takes a millisecond: too little
    # to keep anybody from trying a dictionary on a stolen file. scrypt: RFC 7914.
    key = hashlib.scrypt(passphrase.encode(), salt=bytes.fromhex(salt), n=1 << 14, r=8, p=1)
    return key.hex()


def _proquint(number: int) -> str:
    return (
        _CONSONANTS[number >> 12 & 15]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )


def _jwk(x: str) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": _ALGORITHM, "x": x})
