"""Makes a C2PA manifest the same each time: the library puts random salts into it.

A salt hides what a redacted assertion said; nothing is redacted here. So each is derived from the
assertion, the hashes that name the assertions follow, and the claim is signed again.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from hashlib import sha256

_SALT = struct.pack(">I4s", 24, b"c2sh")
_SALT_BYTES = 16
_SIGNATURE_BYTES = 64


def repeatable(manifest: bytes, asked: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """Return a manifest (JUMBF, ISO/IEC 19566-5) without chance in it, as long as before.

    `asked` is what was signed of it (Sig_structure, RFC 9052, 4.4). `sign` gives the same
    signature for the same bytes. Raises ValueError for a manifest that is built otherwise.
    """
    data = bytearray(manifest)
    boxes = list(_salted(manifest))
    hashes = [_hash_of(data, box) for box in boxes]
    for number, (start, _end, salt) in enumerate(boxes):
        derived = sha256(b"%d" % number + manifest[start:salt]).digest()
        data[salt : salt + _SALT_BYTES] = derived[:_SALT_BYTES]
    claim = asked
    # An assertion may name another one: as often as there are, each new hash has arrived.
    for _round in boxes:
        for number, box in enumerate(boxes):
            before, after = hashes[number], _hash_of(data, box)
            data, claim = data.replace(before, after), claim.replace(before, after)
            hashes[number] = after
    if [_hash_of(data, box) for box in boxes] != hashes:
        raise ValueError("its assertions name each other")
    signature = sign(asked)
    if len(signature) != _SIGNATURE_BYTES or data.count(signature) != 1:
        raise ValueError("its signature is not where it was")
    return bytes(data.replace(signature, sign(claim)))


def _hash_of(data: bytes | bytearray, box: tuple[int, int, int]) -> bytes:
    return sha256(data[box[0] : box[1]]).digest()


def _salted(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of the content of each assertion with a salt, and where that is."""
    pending = [(0, len(data))]
    while pending:
        at, limit = pending.pop()
        while at < limit:
            size, kind = struct.unpack_from(">I4s", data, at)
            if size < 8 or at + size > limit:
                raise ValueError("its boxes are broken")
            if kind == b"jumb":
                description = at + 8
                [length] = struct.unpack_from(">I", data, description)
                salt = description + length - _SALT_BYTES
                if data[salt - len(_SALT) : salt] == _SALT:
                    yield description, at + size, salt
                pending.append((description + length, at + size))
            at += size
