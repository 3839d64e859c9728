"""What this computer remembers of the files that it sent to a target; it may be lost."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import msgspec

from editor.delivery.remote import LocalFile, RemoteFile
from editor.files import write_file

_NAME = "sent"
_encode = msgspec.json.Encoder().encode
_Row = tuple[str, str, int, str]
_decode = msgspec.json.Decoder(_Row).decode


class SentFile(NamedTuple):
    """A file as it was sent: its SHA-256, and how the target listed it then."""

    sha256: str
    remote: RemoteFile


class SentFiles:
    """The files that this computer sent to one target, in a file with a line for each.

    A line is added when a file is at the target, so a delivery that was killed is known as far
    as it came. `folder` is the outbox's own for what is known of the target.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, SentFile] = {}
        self._open: BinaryIO | None = None
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            for line in (folder / _NAME).read_bytes().splitlines():
                # The last line of a killed process may be half a one.
                with suppress(msgspec.MsgspecError):
                    path, sha256, size, tag = _decode(line)
                    self.files[path] = SentFile(sha256, RemoteFile(size, tag))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def add(self, file: LocalFile, remote: RemoteFile) -> None:
        """Remember that a file is at the target. Raises OSError."""
        if self._open is None:
            self._open = (self.folder / _NAME).open("ab")
            self._open.write(b"\n")  # after half a line of a killed process
        self.files[file.path] = SentFile(file.sha256, remote)
        self._open.write(_row(file.path, self.files[file.path]))
        self._open.flush()

    def replace(self, files: Mapping[str, SentFile]) -> None:
        """Remember these files and no other. Raises OSError."""
        self._close()
        self.files = dict(files)
        rows = b"".join(_row(path, file) for path, file in sorted(files.items()))
        write_file(self.folder / _NAME, rows, private=True)

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _row(path: str, file: SentFile) -> bytes:
    return _encode((path, file.sha256, file.remote.size, file.remote.tag)) + b"\n"
