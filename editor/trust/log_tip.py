"""What was seen of logs and mastheads: places and hashes, which need no signature to compare."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple


class LogTip(NamedTuple):
    """The last entry of a log: its number and its hash."""

    seq: int
    hash: str


def token_hash(token: str) -> str:
    """The SHA-256 of a signed document, as 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()
