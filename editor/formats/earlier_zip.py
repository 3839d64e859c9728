"""The zip file of an earlier export: which files are in it, and what they say."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.formats.sums import UNREADABLE_ZIP, read_zipped_export, zip_prefix


class EarlierZip:
    """What is at the place of a zip file before a new one is; nothing unless it is an export.

    `hashes` is the SHA-256 of each file by its path, as the export's own list says; `sizes`
    (bytes) are those of all its files.
    """

    def __init__(self, file: Path) -> None:
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

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where it is not there or damaged. Raises OSError."""
        try:
            return self._archive.read(self._prefix + path) if self._archive is not None else None
        except UNREADABLE_ZIP:
            return None
