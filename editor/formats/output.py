"""Outputs of an export: a folder, a zip file or memory. All files appear, or none does."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.errors import DiskFull, OutputError
from editor.files import replacing, sync_folder
from editor.formats.file_moves import FileMoves, make_folders, remove_folders
from editor.formats.paths import SUMS
from editor.formats.sums import TEMPORARY, Sums, read_earlier_export, sums_data

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_COMPRESSED = (".jpg", ".jpeg", ".png", ".webp", ".zip")


class MemoryOutput:
    """Holds an export in memory: `files` has the bytes by path."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.sums = Sums()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_details: object) -> None:
        if kind is not None:
            self.files.clear()

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Sums.add` does."""
        self.files[self.sums.add(path, data)] = data


class _DiskOutput(ABC):
    """An output whose files appear together at the end of its `with` block, or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sums = Sums()
        self._block = self._transaction()

    def __enter__(self) -> Self:
        with _known_problems(self.path):
            self._block.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _known_problems(self.path):
            self._block.__exit__(kind, error, trace)

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[None]:
        """Prepare, let the caller write, then move all into place or leave all as it was."""


class ZipOutput(_DiskOutput):
    """Writes an export as one zip file, complete or not at all.

    The same files give the same bytes: fixed times and permissions, names in
    order in the directory. A zip file that would not change is left alone.
    """

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Sums.add` does, DiskFull."""
        entry = zipfile.ZipInfo(self.sums.add(path, data), _ZIP_TIME)
        entry.create_system = 3  # Unix, on whatever system it is made
        entry.external_attr = 0o100644 << 16
        is_compressed = path.lower().endswith(_COMPRESSED)
        entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
        with _known_problems(self.path):
            self._zip.writestr(entry, data)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.path.is_dir():
            raise OutputError(
                f"“{self.path.name}” is a folder, not a zip file.", "Choose another name."
            )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (
            replacing(self.path) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as self._zip,
        ):
            yield
            self._zip.filelist.sort(key=lambda entry: entry.filename)


class FolderOutput(_DiskOutput):
    """Writes an export into a folder, which changes only when all files are written.

    Files are written into a temporary folder and moved at the end; unchanged ones
    keep their time. Files of the last export that are no longer part of it are
    removed, by its SHA256SUMS. Other files are never touched, and a folder with
    files but without that list is refused. After an error or a stop the folder
    is as before.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._changed: list[str] = []

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Sums.add` does and for a foreign file.

        Raises DiskFull when there is no room; nothing has changed then.
        """
        self.sums.add(path, data)
        if path == SUMS:
            return  # it is this folder's own list, which is written last in any case
        with _known_problems(self.path):
            if _has_bytes(self.path / path, data):
                return
            self._refuse_foreign_files(path)
            temporary = self._temporary / "new" / path
            temporary.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        self._changed.append(path)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._before = read_earlier_export(self.path)
        made = make_folders(self.path)
        try:
            for left_over in self.path.glob(f"{TEMPORARY}*"):
                shutil.rmtree(left_over)
            with tempfile.TemporaryDirectory(
                prefix=TEMPORARY, dir=self.path, ignore_cleanup_errors=True
            ) as temporary:
                self._temporary = Path(temporary)
                yield
                self._commit()
        except BaseException:
            remove_folders(made)
            raise

    def _commit(self) -> None:
        hashes, data = self.sums.hashes, self.sums.data()
        removed = sorted(path for path in self._before if not self.sums.has(path))
        if not self._changed and not removed and _has_bytes(self.path / SUMS, data):
            return
        # While files move, the list has both old and new ones: after a power cut
        # the next export still knows that they are all ours.
        moves = FileMoves(self.path, self._temporary)
        old = {path: hash for path, hash in self._before.items() if hash}
        try:
            moves.write(SUMS, sums_data({**old, **hashes}))
            for path in self._changed:
                moves.replace(path, self._temporary / "new" / path)
            for path in removed:
                moves.remove(path)
            moves.write(SUMS, data)
        except BaseException:
            moves.undo()
            raise
        sync_folder(self.path)
        for path in removed:
            remove_folders(self._folders_of(path))

    def _refuse_foreign_files(self, path: str) -> None:
        is_blocked = any(
            folder.is_symlink() or (folder.exists() and not folder.is_dir())
            for folder in self._folders_of(path)
        )
        if is_blocked or (os.path.lexists(self.path / path) and path not in self._before):
            raise OutputError(
                f"“{path}” in “{self.path.name}” does not come from an earlier export.",
                "Move it away, or choose another folder.",
            )

    def _folders_of(self, path: str) -> list[Path]:
        """Return the folders between the output and a file in it, outermost first."""
        return [self.path / folder for folder in Path(path).parents][-2::-1]


def output_for(path: Path) -> FolderOutput | ZipOutput:
    """Choose by the name: `.zip` gives a zip file, anything else a folder."""
    return ZipOutput(path) if path.suffix.lower() == ".zip" else FolderOutput(path)


def _has_bytes(path: Path, data: bytes) -> bool:
    """Return whether a file already has these bytes, so that it can keep its time."""
    try:
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


@contextmanager
def _known_problems(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence and a hint."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise DiskFull(
                f"The disk has no room for the export “{path.name}”.",
                "Nothing was changed. Free some space, or choose another disk.",
            ) from error
        raise OutputError(
            f"The export “{path.name}” can't be written: {error.strerror or error}.",
            "Choose a folder that you may write to.",
        ) from error
