"""What this computer remembers of entries it verified: only the same ones count as verified."""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from editor import __version__


class VerifiedEntries(NamedTuple):
    """The entries of a desk up to the id `last`, as a whole verification found them sound.

    `newest` is the latest time in them (RFC 3339), `hash` their fingerprint with it.
    """

    last: int = 0
    newest: str = ""
    hash: str = ""


class Fingerprint:
    """The SHA-256 of entries in the order of arrival: every column but the signature.

    A signature may be added to an old entry, so it is verified each time. The same rows
    on another desk, or by another version of Stonehand, have another one.
    """

    def __init__(self, desk: str) -> None:
        self._hash = sha256(f"stonehand {__version__} entries of {desk}\n".encode())

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add the rows that follow, each an `Entry` or its plain values."""
        # marshal writes each value with its type and its length; its format 2 has no references.
        self._hash.update(b"".join([marshal.dumps(row[:-1], 2) for row in rows]))

    def of(self, last: int, newest: str) -> VerifiedEntries:
        """What to remember of the entries so far, where they are sound."""
        whole = self._hash.copy()
        whole.update(newest.encode())
        return VerifiedEntries(last, newest, whole.hexdigest())
