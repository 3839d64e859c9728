"""The files that the last export left in a folder, and which of them are still as it left them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from editor.core.export_memory import FileRecord, TargetStore
from editor.formats.paths import SIGNATURE, SUMS
from editor.formats.spare_folder import SpareFolder
from editor.formats.sums import read_earlier_export

_WHOLE = ""
"""The path under which a target's store has what the whole export was made of."""


class EarlierFiles:
    """What is in the folder of an export before a new one takes its place.

    `hashes` is the SHA-256 of each file by its path, as the export's own list says; `sizes`
    (bytes) and `numbers` (inodes) are of those that are there. What `targets` remembers counts
    only for the very list that is there, and of a file only while its size and time are what
    they were.
    """

    def __init__(self, root: Path, targets: TargetStore | None) -> None:
        self._root = root
        self._targets = targets
        self._target = os.path.realpath(root)
        self._changed: dict[str, FileRecord] = {}
        self._forgotten: set[str] = set()
        self._records: Mapping[str, FileRecord] = targets.read(self._target) if targets else {}
        if _is_list_of(root, self._records.get(SUMS), self._records.get(SIGNATURE)):
            self.hashes = {
                path: record.sha256
                for path, record in self._records.items()
                if path not in {SUMS, _WHOLE}
            }
        else:
            self._forgotten, self._records = {*self._records}, {}
            self.hashes = read_earlier_export(root)
        self._found: dict[str, tuple[int, int]] = {}
        self.numbers: dict[str, int] = {}
        for path, status in _files(self._target) if self.hashes else ():
            self._found[path] = status.st_size, status.st_mtime_ns
            self.numbers[path] = status.st_ino
        self.sizes = {path: size for path, (size, _mtime) in self._found.items()}

    @property
    def folders(self) -> set[str]:
        """The folders of its files, by their paths."""
        return {path.rpartition("/")[0] for path in self.hashes}

    def kept(self, path: str, key: bytes) -> FileRecord | None:
        """Return the record of a file that was made of the same and is as it was left."""
        record = self._records.get(path)
        if record is None or not key or record.key != key:
            return None
        return record if self._found.get(path) == (record.size, record.mtime) else None

    def has_bytes(self, path: str, data: bytes, sha256: str = "") -> bool:
        """Return whether a plain file of the folder has these bytes, so that it may stay.

        Their `sha256` says at once that they are others, if it is known.
        """
        if self.sizes.get(path) != len(data) and path != SUMS:
            return False
        if sha256 and self.hashes.get(path) not in {None, sha256}:
            return False
        try:
            file = self._root / path
            return not file.is_symlink() and file.read_bytes() == data
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False

    @property
    def spare(self) -> SpareFolder | None:
        """The spare tree of its files, if what is remembered of them is kept beside."""
        place = self._targets.spare(self._target) if self._targets else None
        return SpareFolder(place) if place else None

    def is_as_found(self, path: str) -> bool:
        """Return whether a file is still the one that was there when the export began."""
        try:
            status = os.lstat(self._root / path)
        except OSError:
            return False
        return self._found.get(path) == (status.st_size, status.st_mtime_ns)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises OSError."""
        return (self._root / path).read_bytes()

    def now_made_of(self, path: str, key: bytes, sha256: str) -> None:
        """Remember that a file that stays was made of something else, or was not known."""
        self._changed[path] = FileRecord(key, sha256, *self._found[path])

    def count_whole(self, key: bytes) -> int:
        """Return how many files there are if all of them are as an export of this key left them.

        Else 0.
        """
        whole = self._records.get(_WHOLE)
        if whole is None or not key or whole.key != key:
            return 0
        files = {path: record for path, record in self._records.items() if path != _WHOLE}
        is_whole = all(
            self._found.get(path) == (record.size, record.mtime) for path, record in files.items()
        )
        return len(files) if is_whole else 0

    def remember(
        self, written: Mapping[str, FileRecord], removed: Collection[str], whole: bytes
    ) -> None:
        """Remember the files as they are now, and what all of them are made of."""
        records = self._changed | dict(written) | {_WHOLE: FileRecord(whole, "", 0, 0)}
        changed = {
            path: record for path, record in records.items() if self._records.get(path) != record
        }
        gone = {*removed, *self._forgotten} - changed.keys()
        if self._targets is not None and (changed or gone):
            self._targets.write(self._target, changed, gone)


def is_remembered(root: Path, targets: TargetStore | None) -> bool:
    """Whether a folder has an export that is remembered, by the list of its files."""
    if targets is None:
        return False
    target = os.path.realpath(root)
    return _is_list_of(root, targets.find(target, SUMS), targets.find(target, SIGNATURE))


def _is_list_of(root: Path, record: FileRecord | None, signature: FileRecord | None) -> bool:
    """Whether the list that is there, signed or not, is the one that was remembered."""
    if record is None:
        return False
    try:
        data = (root / SUMS).read_bytes()
    except OSError:
        return False
    has_signature = os.path.lexists(root / SIGNATURE)
    is_same = hashlib.sha256(data).hexdigest() == record.sha256
    return is_same and has_signature == (signature is not None)


def _files(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the status of each plain file in a folder by its path. Raises OSError."""
    unread = [""]
    while unread:
        prefix = unread.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    unread.append(f"{prefix}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    yield prefix + entry.name, entry.stat(follow_symlinks=False)
