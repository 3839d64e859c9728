"""What is served: which files anybody may read, and whether they changed; here of a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from editor.errors import BadInput, NotFound, reason_of
from editor.formats.paths import SUMS, UNFINISHED
from editor.formats.sums import read_earlier_export
from editor.i18n import _
from editor.serving.header_rules import HeaderRule, parse_header_rules
from editor.targets import desk_around

HEADERS = "_headers"
_CONFIGURATION = frozenset({HEADERS, "nginx.conf"})
"""Files for servers, which no server gives away; `.htaccess` begins with a dot."""
_WELL_KNOWN = ".well-known"  # RFC 8615
_SITE_OF_BUNDLE = ("data", "site")


class FileStamp(NamedTuple):
    """What tells one content of a file from another without reading it."""

    inode: int
    size: int
    time: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileStamp:
        """Take it from what the system says of a file."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class ServedFile:
    """An open file: its size in bytes, and a tag that another content does not have."""

    data: IO[bytes]
    size: int
    tag: str


class ServedFiles(Protocol):
    """An export that is served, whatever it is in."""

    @property
    def is_export(self) -> bool:
        """Whether it is an export of ours."""

    @property
    def state(self) -> str:
        """What another export has another value of."""

    def open(self, path: str) -> ServedFile | None:
        """Open a file by its relative path; None for none that readers get. Raises OSError."""

    def has(self, path: str) -> bool:
        """Return whether a file can be opened."""

    def rules(self) -> tuple[HeaderRule, ...]:
        """Return what `_headers` says."""


class ServedFolder:
    """An export in a folder, or any other folder, while it is served; it may change meanwhile."""

    def __init__(self, path: Path) -> None:
        """Take a folder. Raises NotFound, BadInput."""
        _check(path)
        self._path = path
        self._sums_stamp: FileStamp | None = None
        self._sums: Mapping[str, str] = {}
        self._state = ""
        self._hashes: dict[str, tuple[FileStamp, str]] = {}

    @property
    def is_export(self) -> bool:
        """Whether the folder is an export of ours."""
        self._read_sums()
        return bool(self._sums)

    @property
    def state(self) -> str:
        """What another export has another value of; it stays while one is being written."""
        self._read_sums()
        return self._state

    def open(self, path: str) -> ServedFile | None:
        """Open a file by its relative path; None for what is not there, or not for readers.

        The path is one that `OutputPaths` allows. Raises OSError for what can't be read.
        """
        real = self._locate(path)
        if real is None or not os.path.isfile(real):
            return None
        try:
            file = real.open("rb")
        except FileNotFoundError:  # an export has just removed it
            return None
        try:
            status = os.fstat(file.fileno())
            return ServedFile(file, status.st_size, self._tag(path, file, FileStamp.of(status)))
        except BaseException:
            file.close()
            raise

    def has(self, path: str) -> bool:
        """Return whether a file can be opened."""
        real = self._locate(path)
        return real is not None and os.path.isfile(real)

    def rules(self) -> tuple[HeaderRule, ...]:
        """Return what `_headers` says, nothing where there is no such file."""
        try:
            text = (self._path / HEADERS).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ()
        return parse_header_rules(text, lambda folder: (self._path / folder).is_dir())

    def _locate(self, path: str) -> Path | None:
        """Return where a file is, links followed; None outside the folder and for hidden ones."""
        root = os.path.realpath(self._path)
        real = Path(os.path.realpath(os.path.join(root, path)))
        if not real.is_relative_to(root):
            return None
        names = real.relative_to(root).parts
        if not names or is_hidden(path.split("/")) or is_hidden(names):
            return None
        return None if desk_around(real) else real

    def _tag(self, path: str, file: BufferedReader, stamp: FileStamp) -> str:
        """Return the hash of a file that is as the export lists it; else its size and time."""
        self._read_sums()
        listed = self._sums.get(path)
        if listed and self._hash(path, file, stamp) == listed:
            return listed
        return f"{stamp.size:x}-{stamp.time:x}"

    def _hash(self, path: str, file: BufferedReader, stamp: FileStamp) -> str:
        known = self._hashes.get(path)
        if known and known[0] == stamp:
            return known[1]
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        self._hashes[path] = (stamp, sha256)
        return sha256

    def _read_sums(self) -> None:
        """Read the export's list of files where it is another one than last time."""
        file = self._path / SUMS
        try:
            stamp = FileStamp.of(file.stat())
            if stamp == self._sums_stamp:
                return
            data = file.read_bytes()
        except OSError:  # there is none, or at this moment
            self._sums_stamp, self._sums = None, {}
            return
        self._sums_stamp, self._sums = stamp, read_earlier_export(self._path)
        if self._sums and UNFINISHED not in self._sums:
            self._state = hashlib.sha256(data).hexdigest()


def _check(path: Path) -> None:
    try:
        if not path.exists():
            raise NotFound(
                _("There is no folder {path}.").format(path=path),
                _("`stonehand export site --out FOLDER` makes one to serve."),
            )
        if not path.is_dir():
            raise BadInput(
                _("{path} is not a folder.").format(path=path),
                _("Choose the folder or the zip file of an export."),
            )
        refuse_desk(path)
        os.scandir(path).close()
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise BadInput(
            _("{path} can't be read: {reason}.").format(path=path, reason=reason),
            _("Choose a folder that you may read."),
        ) from error


def refuse_desk(path: Path) -> None:
    """Raise BadInput for what is in a desk."""
    if desk := desk_around(path):
        raise BadInput(
            _("{path} is in the desk “{desk}”, which readers never see.").format(
                path=path, desk=desk.name
            ),
            _("Export it first, and serve the export."),
        )


def is_hidden(names: list[str] | tuple[str, ...]) -> bool:
    """Return whether a file is not for readers: it or its folder begins with a dot."""
    if names[-1].lower() in _CONFIGURATION:
        return True
    inside = names[len(_SITE_OF_BUNDLE) :] if tuple(names[:2]) == _SITE_OF_BUNDLE else names
    shown = inside[1:] if inside and inside[0] == _WELL_KNOWN else inside
    return any(name.startswith(".") for name in shown)
