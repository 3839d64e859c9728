"""The key file: a private key that a passphrase opens, after its public half in plain.

    Stonehand-Key: <public key, as in `stonehand key`>
    Stonehand-Scrypt: <log2 of N> <r> <p> <salt, in hexadecimal>
    -----BEGIN ENCRYPTED PRIVATE KEY-----   (PKCS #8, RFC 5208)

Its own numbers open a file, so they can be raised for new ones. The first files
had one line, `Stonehand-Salt: <salt>`, and no public half.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from editor.errors import BadInput, KeyUnavailable
from editor.i18n import _
from editor.trust.keys import PrivateKey, PublicKey

COST = 18
"""The cost of new files: scrypt's N is 2**COST. About a second and 256 MB, in 2026."""

_KEY: Final = "Stonehand-Key"
_SCRYPT: Final = "Stonehand-Scrypt"
_OLD_SALT: Final = "Stonehand-Salt"
_OLD_COST: Final = 14
_R, _P = 8, 1
_MOST_MEMORY: Final = 1 << 30  # bytes: a planted file must not ask for all there is
_MOST_PASSES: Final = 16
_PEM: Final = re.compile(
    rb"-----BEGIN ENCRYPTED PRIVATE KEY-----\s+([A-Za-z0-9+/=\s]+)"
    rb"-----END ENCRYPTED PRIVATE KEY-----\s*"
)


def lock_key(key: PrivateKey, passphrase: str, cost: int | None = None) -> bytes:
    """Return a key file that only the passphrase opens; the cost is COST if it is not given."""
    stretch = _Stretch(COST if cost is None else cost, _R, _P, secrets.token_bytes(16))
    signer = load_pem_private_key(key.pem, None)
    encryption = BestAvailableEncryption(stretch.password(passphrase))
    pem = signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    numbers = f"{stretch.cost} {stretch.r} {stretch.p} {stretch.salt.hex()}"
    return f"{_KEY}: {key.public.x}\n{_SCRYPT}: {numbers}\n".encode() + pem


def unlock_key(data: bytes, passphrase: str) -> PrivateKey:
    """Open what `lock_key` returned.

    Raises BadInput for a wrong passphrase or a damaged file, and KeyUnavailable
    where the public half is not that of the private one.
    """
    public, stretch, pem = _parse_sound(data)
    try:
        signer = load_pem_private_key(pem, stretch.password(passphrase))
        if not isinstance(signer, Ed25519PrivateKey):
            raise TypeError("another kind of key")
        key = PrivateKey(signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    except (ValueError, TypeError):
        raise BadInput(
            _("The passphrase does not open this key."),
            _("Type it again. A script has it in STONEHAND_PASSPHRASE."),
        ) from None
    if public is not None and public != key.public:
        raise KeyUnavailable(
            _("The key file names a public key that is not the one of its private key."),
            _("Somebody changed the file: restore it from your own copy, and say so to the chief."),
        )
    return key


def public_key_in(data: bytes) -> PublicKey | None:
    """Read the public half from a key file; None in one of the first files, which have none.

    Until the file is opened, it is what the file says. Raises BadInput for a damaged file.
    """
    return _parse_sound(data)[0]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """How a passphrase becomes the password of the PEM part: scrypt (RFC 7914).

    PEM's own derivation, as the library makes it, takes a millisecond: too little
    to keep anybody from trying a dictionary on a stolen file.
    """

    cost: int
    r: int
    p: int
    salt: bytes

    def __post_init__(self) -> None:
        if not (0 < self.cost < 30 and self.r > 0 and 0 < self.p <= _MOST_PASSES):
            raise ValueError("numbers that scrypt does not take")
        if 128 * self.r << self.cost > _MOST_MEMORY:
            raise ValueError("too much memory")

    def password(self, passphrase: str) -> bytes:
        """Derive the password, in hexadecimal."""
        # A Mac may give é as two characters where Windows gives one.
        text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        n = 1 << self.cost
        memory = 128 * self.r * (n + self.p + 2) + (1 << 20)
        key = hashlib.scrypt(text, salt=self.salt, n=n, r=self.r, p=self.p, maxmem=memory)
        return key.hex().encode()


def _parse_sound(data: bytes) -> tuple[PublicKey | None, _Stretch, bytes]:
    """Read a key file's parts. Raises BadInput for one that is empty, cut short or changed."""
    try:
        return _parse(data)
    except ValueError:
        raise BadInput(
            _("The key file is damaged."),
            _("Restore it from your own copy, or make a new key: `stonehand key --new`."),
        ) from None


def _parse(data: bytes) -> tuple[PublicKey | None, _Stretch, bytes]:
    start = data.find(b"-----BEGIN ")
    if start < 0:
        raise ValueError("no PEM")
    _check_whole(data[start:])
    header = data[:start].decode("ascii").splitlines()
    lines = dict(line.split(": ", 1) for line in header)
    if len(lines) != len(header):
        raise ValueError("a line is there twice")
    if lines.keys() == {_OLD_SALT}:
        salt = bytes.fromhex(lines[_OLD_SALT])
        return None, _Stretch(_OLD_COST, _R, _P, salt), data[start:]
    if lines.keys() != {_KEY, _SCRYPT}:
        raise ValueError("another header")
    cost, r, p, salt_text = lines[_SCRYPT].split(" ")
    try:
        public = PublicKey(lines[_KEY])
    except BadInput as error:
        raise ValueError("no public key") from error
    stretch = _Stretch(int(cost), int(r), int(p), bytes.fromhex(salt_text))
    return public, stretch, data[start:]


def _check_whole(pem: bytes) -> None:
    """Check that a PEM part is as long as it says. Raises ValueError.

    What is cut short does not decrypt, which would look like a wrong passphrase.
    """
    found = _PEM.fullmatch(pem)
    if not found:
        raise ValueError("no whole PEM")
    der = base64.b64decode(b"".join(found[1].split()), validate=True)
    # X.690: a sequence is 0x30, then its length, in one byte or in so many that follow.
    if len(der) < 2 or der[0] != 0x30:
        raise ValueError("no sequence")
    more = max(der[1] - 0x80, 0)
    length = int.from_bytes(der[2 : 2 + more], "big") if more else der[1]
    if len(der) != 2 + more + length:
        raise ValueError("another length")
