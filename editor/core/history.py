"""The history of a desk, as an edition gives it to whoever exports it: log entries, old texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from editor.core.listing import Listing
from editor.core.story import Story

PIECE = 500
"""Entries of a log that are in one file: what is full never changes again."""


class HistoryEntry(NamedTuple):
    """An entry of a log, with the canonical JSON of its event; see `core.events`."""

    seq: int
    previous: str
    skip: str
    hash: str
    event: str
    signature: bytes
    body: str


class LogPiece(NamedTuple):
    """The entries `first` to `last` of a log; `hash` and `signature` are those of the last."""

    log: str
    first: int
    last: int
    hash: str
    signature: bytes


class HistoryVersion(NamedTuple):
    """A version of a story by its number: the event that made it, and the hash of its text."""

    story: str
    number: int
    event: str
    hash: str
    was_imported: bool


class History(Protocol):
    """Reads the logs as they were when the edition was chosen, whoever writes meanwhile."""

    def pieces(self) -> Sequence[LogPiece]:
        """Return the pieces of all logs, `PIECE` entries each. Raises UntrustedSignature."""
        ...

    def entries(self, piece: LogPiece) -> Iterator[HistoryEntry]:
        """Yield the entries of a piece. Raises UntrustedSignature for one that was changed."""
        ...

    def versions(self, listings: Sequence[Listing]) -> Mapping[str, tuple[HistoryVersion, ...]]:
        """Return, by the ids of stories, the versions that readers could have, oldest first."""
        ...

    def text(self, version: HistoryVersion) -> Story:
        """Return the text of a version. Raises UntrustedSignature unless it has its hash."""
        ...
