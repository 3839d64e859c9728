"""One person's Ed25519 key (RFC 8032), and the words to compare it by on the phone."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from joserfc import jws
from joserfc.jwk import OKPKey

from editor.core.canonical import Json, canonical_json
from editor.errors import BadInput
from editor.i18n import _

_ALGORITHM: Final = "Ed25519"  # RFC 9864; the older name EdDSA is deprecated
_REGISTRY = jws.JWSRegistry(algorithms=[_ALGORITHM])
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"

# Points of small order, their sign bit cleared: there is a signature under them that fits
# any text, and OpenSSL accepts it. The list is the one of libsodium.
_WEAK_KEYS: Final = frozenset(
    bytes.fromhex(key)
    for key in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


@lru_cache(maxsize=256)
def _is_public_key(x: str) -> bool:
    """Whether a text is a public key that can't be forged. Raises TypeError for no text."""
    try:
        raw = _raw(x)
    except ValueError:
        return False
    if len(raw) != 32 or _base64(raw) != x:
        return False
    return raw[:31] + bytes([raw[31] & 0x7F]) not in _WEAK_KEYS


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that everyone may have: 32 bytes, as base64url without padding (RFC 8037, `x`)."""

    x: str

    def __post_init__(self) -> None:
        try:
            is_key = _is_public_key(self.x)
        except TypeError:  # no text
            is_key = False
        if not is_key:
            raise BadInput(
                _("This is not a public key."),
                _("A key file has one line that starts with stonehand-key."),
            )

    @property
    def fingerprint(self) -> str:
        """The JWK thumbprint (RFC 7638), base64url: the name of the key in every signature."""
        return _fingerprint(self.x)

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
                _("This is not a Stonehand key."),
                _("Ask your colleague for the file that `stonehand key` writes."),
            )
        return cls(words[1]), " ".join(words[2].split())

    def verify_bytes(self, data: bytes, signature: bytes) -> bool:
        """Whether this key made the signature (64 bytes) of exactly these bytes."""
        try:
            _verifier(self.x).verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """The half that only its owner has, as PKCS #8 PEM. Never printed, never logged.

    Raises BadInput for anything but an unencrypted Ed25519 key.
    """

    pem: bytes = field(repr=False)
    public: PublicKey = field(init=False, compare=False)
    """The half to give away."""
    _signer: Ed25519PrivateKey = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        try:
            signer = load_pem_private_key(self.pem, None)
        except (ValueError, TypeError):
            signer = None
        if not isinstance(signer, Ed25519PrivateKey):
            raise BadInput(
                _("This is not a private key of Stonehand."), _("Look at what replaced it.")
            )
        object.__setattr__(self, "_signer", signer)
        x = _base64(signer.public_key().public_bytes_raw())
        object.__setattr__(self, "public", PublicKey(x))

    @classmethod
    def generate(cls) -> Self:
        """Make a new key from the system's randomness."""
        key = Ed25519PrivateKey.generate()
        return cls(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    def sign(self, value: Json) -> str:
        """Sign a value's canonical JSON as a compact JWS (RFC 7515)."""
        header = {"alg": _ALGORITHM, "kid": self.public.fingerprint}
        key = OKPKey.import_key(self.pem)
        return jws.serialize_compact(header, canonical_json(value), key, registry=_REGISTRY)

    def sign_bytes(self, data: bytes) -> bytes:
        """Sign these bytes as they are: 64 bytes, the same every time (RFC 8032)."""
        return self._signer.sign(data)


def spoken_words(text: str) -> str:
    """The first 64 bits of a text's SHA-256 as four proquints."""
    digest = hashlib.sha256(text.encode()).digest()
    return " ".join(
        _proquint(int.from_bytes(digest[i : i + 2]))
        + "-"
        + _proquint(int.from_bytes(digest[i + 2 : i + 4]))
        for i in (0, 4)
    )


def _proquint(number: int) -> str:
    return (
        _CONSONANTS[number >> 12 & 15]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _raw(x: str) -> bytes:
    return base64.urlsafe_b64decode(x + "=" * (-len(x) % 4))


@lru_cache(maxsize=1024)
def _fingerprint(x: str) -> str:
    value = {"crv": _ALGORITHM, "kty": "OKP", "x": x}
    return _base64(hashlib.sha256(canonical_json(value)).digest())


@lru_cache(maxsize=1024)
def _verifier(x: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(_raw(x))
