"""The files of an edition in a folder or a zip file, from anybody: nothing is trusted."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from bisect import bisect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, TypeAlias

from editor.errors import BadInput, reason_of
from editor.files import stamp
from editor.formats.paths import SUMS
from editor.formats.sums import zip_prefix
from editor.formats.verify.report import Alteration, AlteredFile, printable
from editor.formats.verify.zip_entry import SharedFile, open_entry
from editor.formats.verify.zip_layout import ZipEntry, unreadable_zip
from editor.i18n import _

Stamp: TypeAlias = tuple[int, ...]
"""Size, times and identity of a file; a file with the same stamp was not changed since."""

MOST_FILES = 500_000
LARGEST_FILE = 1 << 30
_CHUNK = 1 << 20
_ZIP_RATIO = 50
"""How many times its size a zip file may unpack to; pages come to about 6."""
_ZIP_ALLOWANCE = 100 << 20
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, ValueError, OSError)
"""What reading raises for a zip file that is damaged, has a password or an unknown compression."""
_HASH_AT_ONCE = 1 << 17


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Bundle(ABC):
    """An edition's files by path; `odd` are those that no export could have written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stamps: dict[str, Stamp] = {}
        self.odd: list[AlteredFile] = []

    def _add_folders(self, folders: Iterable[str]) -> None:
        """Name those that are above no file: no export writes them, whatever they are called."""
        files = sorted(self.stamps)
        for folder in sorted(folders):
            after = bisect(files, folder)
            if after == len(files) or not files[after].startswith(folder):
                self.odd.append(AlteredFile(printable(folder), Alteration.FOLDER))

    @abstractmethod
    def open(self, path: str) -> IO[bytes]:
        """Open a file of `stamps`. Raises OSError, or what a broken zip file raises."""

    def read(self, path: str, limit: int, sha256: str = "") -> bytes | None:
        """Return a file's bytes; None where it is missing, unreadable or above the limit.

        And None where it has not this hash: somebody may replace a file after it was hashed.
        """
        if path not in self.stamps or self.stamps[path][0] > limit:
            return None
        try:
            with self.open(path) as file:
                # Python makes room for all that is asked for.
                data = file.read(self.stamps[path][0] + 1)
        except BROKEN_ZIP:
            return None
        is_listed = not sha256 or hashlib.sha256(data).hexdigest() == sha256
        return data if len(data) <= limit and is_listed else None

    def sha256(self, path: str) -> str:
        """Return a file's SHA-256; empty where it can't be read or is larger than any of ours."""
        if self.stamps[path][0] > LARGEST_FILE:
            return ""
        try:
            with self.open(path) as file:
                return _sha256(file)
        except BROKEN_ZIP:
            return ""


class FolderBundle(Bundle):
    """The files of a folder and of the folders in it. Links are never followed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._root = os.fspath(path)
        folders: set[str] = set()
        waiting = [("", self._root)]
        while waiting:
            prefix, folder = waiting.pop()
            for entry in self._entries(folder):
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(name + "/")
                    waiting.append((name + "/", entry.path))
                elif entry.is_file(follow_symlinks=False):
                    self.stamps[name] = stamp(entry.stat(follow_symlinks=False))
                else:
                    self.odd.append(AlteredFile(printable(name), Alteration.LINK))
                if len(self.stamps) + len(self.odd) + len(folders) > MOST_FILES:
                    raise _too_many(path)
        self._add_folders(folders)

    def open(self, path: str) -> IO[bytes]:
        """Open a file, unless it became a link since. Raises OSError."""
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(os.path.join(self._root, path), flags)
        return open(handle, "rb", buffering=0)

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                yield from entries
        except OSError as error:
            name = os.path.relpath(folder, self._root)
            raise BadInput(
                _("The folder “{what}” can't be read: {strerror}.").format(
                    what=printable(name), strerror=reason_of(error)
                ),
                _("Look who may read it."),
            ) from None


class ZipBundle(Bundle):
    """The files of a zip file, by their paths in the one folder that a bag has in it.

    It is never unpacked to disk, so no name in it can lead anywhere. Whoever does unpack it
    sees the same files: other layouts are refused with BadInput.
    """

    def __init__(self, path: Path) -> None:
        """Open a zip file. Raises BadInput, OSError."""
        super().__init__(path)
        self._file = SharedFile(path)
        try:
            self._add_all()
        except BaseException:
            self._file.close()
            raise

    def _add_all(self) -> None:
        entries = self._file.entries(MOST_FILES)
        most = self._file.size * _ZIP_RATIO + _ZIP_ALLOWANCE
        if sum(entry.size for entry in entries) > most:
            raise BadInput(
                _("“{name}” unpacks to far more than an edition.").format(name=self.path.name),
                _("Don't open it; ask its sender."),
            )
        self._entries: dict[str, ZipEntry] = {}
        self._prefix = zip_prefix(entry.name for entry in entries)
        folders: set[str] = set()
        for entry in entries:
            self._add(entry, folders)
        self._add_folders(folders)

    def _add(self, entry: ZipEntry, folders: set[str]) -> None:
        name = entry.name.removeprefix(self._prefix)
        is_folder = entry.name.endswith("/")
        if not entry.name.startswith(self._prefix):
            self.odd.append(AlteredFile.added(entry.name))
        elif name in self._entries:
            self.odd.append(AlteredFile(printable(name), Alteration.TWICE))
        elif entry.kind not in (0, stat.S_IFDIR if is_folder else stat.S_IFREG):
            self.odd.append(AlteredFile(printable(name), Alteration.LINK))
        elif is_folder and entry.size == 0:
            folders.add(name)
        else:
            # One name of each is in memory, not both.
            self._entries[name] = entry._replace(name=name)
            self.stamps[name] = (entry.size,)

    def open(self, path: str) -> IO[bytes]:
        """Open an entry. Raises what a broken zip file raises; BadInput as reading it does."""
        if path not in self._entries:
            raise FileNotFoundError(errno.ENOENT, "not in the zip file", path)
        return open_entry(self._file, self._entries[path])

    def close(self) -> None:
        """Close the zip file, once every entry of it is closed."""
        self._file.close()


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """Open a folder or a zip file for a `with` block. Raises BadInput."""
    if path.is_dir():
        # Before all of it is listed: somebody may have chosen a whole disk.
        if not os.path.lexists(path / SUMS):
            raise no_edition(path)
        yield FolderBundle(path)
        return
    if not path.is_file():
        raise BadInput(
            _("There is nothing to check at “{path}”.").format(path=path),
            _("Choose a folder or a zip file."),
        )
    try:
        bundle = ZipBundle(path)
    except (*BROKEN_ZIP, MemoryError) as error:
        raise unreadable_zip(path) from error
    try:
        yield bundle
    finally:
        bundle.close()


def no_edition(path: Path) -> BadInput:
    """Return the error for what has no list of files."""
    return BadInput(
        _("“{name}” is not an edition: it has no list of files ({sums}).").format(
            name=path.name, sums=SUMS
        ),
        _("Choose the folder or the zip file that an export made."),
    )


def file_stamp(path: Path) -> Stamp:
    """Return the stamp of a file or folder itself. Raises OSError."""
    return stamp(path.stat())


def newest_time(found: Stamp) -> int:
    """Return when a file was last written or renamed, in nanoseconds since 1970."""
    return max(found[1:3], default=0)


def _sha256(file: _Source) -> str:
    data = file.read(_HASH_AT_ONCE)
    digest = hashlib.sha256(data)
    size = len(data)
    while data and size <= LARGEST_FILE:
        data = file.read(_CHUNK)
        digest.update(data)
        size += len(data)
    return digest.hexdigest() if not data else ""


def _too_many(path: Path) -> BadInput:
    return BadInput(
        _("“{name}” has more than {most_files:,} files.").format(
            name=path.name, most_files=MOST_FILES
        ),
        _("Choose the folder of an edition."),
    )
