"""What this computer remembers of exports, so that nothing is made a second time.

All of it may be lost at any time: the next export is slower then, and the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol


class FileRecord(NamedTuple):
    """A file of the last export to a target, as it was left there.

    `key` is the hash of all that went into it, `sha256` that of its bytes (hexadecimal),
    `size` is in bytes and `mtime` in nanoseconds.
    """

    key: bytes
    sha256: str
    size: int
    mtime: int


class EditionSummary(NamedTuple):
    """What is said of an edition that is exported.

    `start` is the page to open first, `notices` are sentences, `stories` and `withdrawn` slugs.
    `left_out` counts the stories that are approved or live and stay, by their reason.
    """

    start: str = ""
    notices: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    left_out: Mapping[str, int] = {}


class EditionRecord(NamedTuple):
    """What an export of a desk is made of: `key` is the hash of all that goes into it.

    While nobody changes the desk, it is the same `until` an instant (seconds since 1970).
    """

    key: bytes
    until: float
    summary: EditionSummary


class EditionStore(Protocol):
    """What the exports of one edition are made of."""

    def put(self, exporter: str, by: str, record: EditionRecord) -> None:
        """Remember it for an exporter by its name, and for who signs; nobody is empty."""
        ...


class PartStore(Protocol):
    """Parts of pages that were made before, each by its kind and its input key."""

    def get(self, kind: str, key: bytes) -> bytes | None:
        """Return a part; None where it is not kept, or not as it was written."""
        ...

    def put(self, kind: str, key: bytes, data: bytes) -> None:
        """Keep a part; one that is used again is kept longer."""
        ...

    def flush(self) -> None:
        """Keep what was put beyond the end of this process."""
        ...


class TargetStore(Protocol):
    """The files that exports left at their targets; `target` is an absolute path."""

    def read(self, target: str) -> Mapping[str, FileRecord]:
        """Return the files of the last export to a target by path; none if it is not known."""
        ...

    def find(self, target: str, path: str) -> FileRecord | None:
        """Return one file of the last export to a target; None if it is not known."""
        ...

    def write(
        self, target: str, changed: Mapping[str, FileRecord], removed: Collection[str]
    ) -> None:
        """Remember which files changed and which are gone."""
        ...

    def spare(self, target: str) -> Path | None:
        """Return where the spare tree of a target's files may be kept; None for nowhere."""
        ...


class MemoryParts:
    """Parts that are kept as long as the value is: for a preview, and where nothing is kept."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, bytes], bytes] = {}

    def get(self, kind: str, key: bytes) -> bytes | None:
        """Return a part; None where it is not kept."""
        return self._parts.get((kind, key))

    def put(self, kind: str, key: bytes, data: bytes) -> None:
        """Keep a part."""
        self._parts[kind, key] = data

    def flush(self) -> None:
        """Do nothing: parts in memory end with it."""
