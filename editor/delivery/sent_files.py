"""What this computer remembers of the files that it sent to a target; it may be lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import msgspec

from editor.delivery.remote import LocalFile, RemoteFile
from editor.errors import DeliveryError, reason_of
from editor.files import write_file
from editor.i18n import _

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
        with _known_disk_problems():
            folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # what can't be read is as good as lost
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
        """Remember that a file is at the target. Raises DeliveryError where there is no room."""
        self.files[file.path] = SentFile(file.sha256, remote)
        with _known_disk_problems():
            if self._open is None:
                self._open = (self.folder / _NAME).open("ab")
                self._open.write(b"\n")  # after half a line of a killed process
            self._open.write(_row(file.path, self.files[file.path]))
            self._open.flush()

    def replace(self, files: Mapping[str, SentFile]) -> None:
        """Remember these files and no other. Raises DeliveryError where there is no room."""
        self._close()
        self.files = dict(files)
        rows = b"".join(_row(path, file) for path, file in sorted(files.items()))
        self.keep(_NAME, rows)

    def keep(self, name: str, data: bytes) -> Path:
        """Write a file beside what is remembered, and return it. Raises DeliveryError."""
        with _known_disk_problems():
            write_file(self.folder / name, data, private=True)
        return self.folder / name

    def _close(self) -> None:
        if self._open is not None:
            with suppress(OSError):  # what a full disk did not take is as good as lost
                self._open.close()
            self._open = None


@contextmanager
def _known_disk_problems() -> Iterator[None]:
    """Turn what this computer's disk says into a sentence."""
    try:
        yield
    except OSError as error:
        reason = reason_of(error)
        raise DeliveryError(
            _("What is sent can't be noted on this computer: {reason}.").format(reason=reason),
            _("Free some space, then send again: that sends only the rest."),
        ) from error


def _row(path: str, file: SentFile) -> bytes:
    return _encode((path, file.sha256, file.remote.size, file.remote.tag)) + b"\n"
