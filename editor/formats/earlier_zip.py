"""The zip file of an earlier export: which files are in it, and what they say."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.core.export_memory import FileRecord, TargetStore
from editor.formats.sums import UNREADABLE_ZIP, read_zipped_export, zip_prefix

_ITSELF = ""
"""The path under which a target's store has the zip file, and what all of it was made of."""


class EarlierZip:
    """What is at the place of a zip file before a new one is; nothing unless it is an export.

    `hashes` is the SHA-256 of each file by its path, as the export's own list says; `sizes`
    (bytes) are those of all its files. What `targets` remembers counts only while the size and
    the time of the zip file are what they were.
    """

    def __init__(self, file: Path, targets: TargetStore | None = None) -> None:
        self._file = file
        self._targets = targets
        self._target = os.path.realpath(file)
        self.hashes = read_zipped_export(file) if file.is_file() else {}
        self._archive = zipfile.ZipFile(file) if self.hashes else None
        entries = self._archive.infolist() if self._archive else []
        self._prefix = zip_prefix(entry.filename for entry in entries)
        self.sizes = {
            entry.filename.removeprefix(self._prefix): entry.file_size for entry in entries
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._archive is not None:
            self._archive.close()

    def count_whole(self, key: bytes) -> int:
        """Return how many files there are if an export of this key left them; else 0."""
        record = self._targets.find(self._target, _ITSELF) if self._targets and key else None
        if record is None or not self.hashes or record != self._record(key):
            return 0
        return len(self.sizes)

    def remember(self, key: bytes) -> None:
        """Remember what the zip file that is there now was made of. Raises OSError."""
        if self._targets is not None:
            self._targets.write(self._target, {_ITSELF: self._record(key)}, ())

    def _record(self, key: bytes) -> FileRecord:
        status = self._file.stat()
        return FileRecord(key, "", status.st_size, status.st_mtime_ns)

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where it is not there or damaged. Raises OSError."""
        try:
            return self._archive.read(self._prefix + path) if self._archive is not None else None
        except UNREADABLE_ZIP:
            return None
