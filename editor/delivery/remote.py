"""The protocol of the places that files are sent to over a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

PRIVATE_FOLDER = ".stonehand-delivery"
"""In a target's folder: what a delivery needs there while it is under way. Never listed."""
NOTE = f"{PRIVATE_FOLDER}/sending"
"""The paths that a delivery under way is about to change, one a line."""
SENDER = f"{PRIVATE_FOLDER}/sender"
"""Who is sending, so that nobody else does at the same time."""


class Switching(Enum):
    """How readers of a place get from the old edition to the new one."""

    AT_ONCE = "at once"
    """All in one step, in `finish`."""
    BY_FILE = "by file"
    """Files are stored out of sight, and then shown one after another."""
    IN_PLACE = "in place"
    """A file that is stored is seen; there is nothing to show."""


class RemoteFile(NamedTuple):
    """A file at a target as its listing has it.

    `size` is in bytes, -1 where a listing has none. `tag` is whatever the place changes with the
    content (an ETag, a time of change, a blob's name); empty where it has nothing of the kind.
    """

    size: int
    tag: str = ""


class LocalFile(NamedTuple):
    """A file of the edition that is to be sent, on this computer.

    `path` is its place at the target, relative and with `/`; `sha256` is hexadecimal, `size` in
    bytes.
    """

    path: str
    source: Path
    sha256: str
    size: int

    @property
    def token(self) -> str:
        """The name under which it waits at a place out of sight: of its path and its content."""
        return sha256(f"{self.sha256}  {self.path}".encode()).hexdigest()


class Remote(Protocol):
    """A connection to a target. All paths are relative to the target's folder, with `/`.

    A delivery calls `begin`, then `store` for every file in its order, then `show` for every
    one, then `remove`, then `finish`; then it asks for a listing to verify. Each method raises a
    DeliveryError that names the target and the cause.
    """

    @property
    def title(self) -> str:
        """The target's name in quotes, as sentences have it."""
        ...

    @property
    def switching(self) -> Switching:
        """How readers get from the old edition to the new one."""
        ...

    def __enter__(self) -> Self:
        """Connect."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Disconnect; what was stored and not shown may stay for a delivery that goes on."""
        ...

    def listing(self) -> Mapping[str, RemoteFile]:
        """Return every file of the target by its path. Never a part of them: raises then."""
        ...

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file's bytes; None where there is none. Raises for one longer than `most`.

        Where the target is one zip file, the path is one in it.
        """
        ...

    def stored(self) -> Mapping[str, int]:
        """Return what an interrupted delivery stored and has not shown: sizes by `token`."""
        ...

    def begin(self) -> None:
        """Begin a delivery: what an earlier one left half done is given up."""
        ...

    def store(self, file: LocalFile, on_bytes: Callable[[int], None]) -> RemoteFile | None:
        """Send a file. Return it as a listing has it where readers see it at once, else None.

        `on_bytes` is called with the bytes sent since the last call, and may raise Cancelled.
        """
        ...

    def create(self, file: LocalFile) -> bool:
        """Store a small file for all to see if there is none; return whether there was none.

        A place that can't do both in one step stores it.
        """
        ...

    def show(self, file: LocalFile) -> RemoteFile | None:
        """Let readers see a file that was stored, in one step that can't be cut in the middle.

        Return it as a listing has it, None where that is not known yet.
        """
        ...

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files; one that is gone already is no fault. Folders left empty go as well."""
        ...

    def finish(self) -> None:
        """End the delivery: a place with an atomic switch makes it here."""
        ...
