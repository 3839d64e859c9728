"""Outputs of an export: a folder, a zip file or memory. All files appear, or none does."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.errors import DiskFull, NotOurs, OutputError
from editor.files import replacing, sync_folder, write_file
from editor.formats.file_moves import FileMoves, make_folders, remove_folders
from editor.formats.generations import FolderSwitch
from editor.formats.paths import SUMS, UNFINISHED
from editor.formats.sums import (
    TEMPORARY,
    Sums,
    is_empty_or_export,
    is_zipped_export,
    read_earlier_export,
    sums_data,
)
from editor.i18n import _
from editor.in_use import remove_unused, using
from editor.targets import check_outside_desks, check_target_file, check_target_folder, name_of

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
    def check(self) -> None:
        """Raise OutputError for a place that can't be written to, NotOurs unless forced."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[None]:
        """Prepare, let the caller write, then move all into place or leave all as it was."""


class ZipOutput(_DiskOutput):
    """Writes an export as one zip file, complete or not at all.

    The same files give the same bytes: fixed times and permissions, names in
    order in the directory. A zip file that would not change is left alone. One that
    is no earlier export is refused unless `force`.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        super().__init__(path)
        self._force = force

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Sums.add` does, DiskFull."""
        entry = zipfile.ZipInfo(self.sums.add(path, data), _ZIP_TIME)
        entry.create_system = 3  # Unix, on whatever system it is made
        entry.external_attr = 0o100644 << 16
        is_compressed = path.lower().endswith(_COMPRESSED)
        entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
        with _known_problems(self.path):
            self._zip.writestr(entry, data)

    def check(self) -> None:
        """Raise OutputError for a place that can't be written to, NotOurs unless `force`."""
        what = _("an export of Stonehand")
        check_target_file(self.path, what, is_zipped_export, force=self._force)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.check()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (
            replacing(self.path) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as self._zip,
        ):
            yield
            self._zip.filelist.sort(key=lambda entry: entry.filename)


class FolderOutput(_DiskOutput):
    """Writes an export into a folder, which changes only when all files are written.

    Files are written into a temporary folder beside it. At the end the two folders trade
    names, or, where that can't be done, the files are moved one after another. Unchanged
    files keep their time. Files of the last export that are no longer part of it are
    removed, by its SHA256SUMS. Other files are never touched, and a folder with
    files but without that list is refused unless `force`. After an error or a stop the
    folder is as before.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        super().__init__(path)
        self._force = force
        self._changed: list[str] = []
        self._own_folders: set[Path] = set()

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Sums.add` does and for a foreign file.

        Raises DiskFull when there is no room; nothing has changed then.
        """
        self.sums.add(path, data)
        if path == SUMS:
            return  # it is this folder's own list, which is written last in any case
        with _known_problems(self.path):
            self._refuse_desks(path)
            if _has_bytes(self.path / path, data):
                self._switch.add_unchanged(path)
                return
            self._refuse_foreign_files(path)
            temporary = self._staged / path
            temporary.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        self._changed.append(path)

    def check(self) -> None:
        """Raise OutputError for a place that can't be written to, NotOurs unless `force`."""
        check_target_folder(self.path, is_empty_or_export, force=self._force)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.check()
        self._before = read_earlier_export(self.path)
        for path in self._before:
            self._refuse_desks(path)
        made = make_folders(self.path)
        try:
            with self._temporary_folder() as temporary, using(Path(temporary)):
                self._temporary = Path(temporary)
                self._staged = self._temporary / "new"
                self._staged.mkdir()
                self._switch = FolderSwitch(self.path, self._staged, {*self._before, SUMS})
                yield
                self._commit()
        except BaseException:
            remove_folders(made)
            raise

    def _temporary_folder(self) -> tempfile.TemporaryDirectory[str]:
        """Make a folder beside the output on the same disk, or in it where that can't be."""
        root = Path(os.path.realpath(self.path))
        prefix = f"{TEMPORARY}{hashlib.sha256(os.fsencode(root.name)).hexdigest()[:12]}-"
        for left_over in (*root.glob(f"{TEMPORARY}*"), *root.parent.glob(f"{prefix}*")):
            if left_over.is_dir() and not remove_unused(left_over):
                raise OutputError(
                    _("Another export to “{name}” is under way.").format(name=name_of(self.path)),
                    _("Wait until it is done, then export again."),
                )
        if root.stat().st_dev == root.parent.stat().st_dev:
            with suppress(OSError):
                return tempfile.TemporaryDirectory(
                    prefix=prefix, dir=root.parent, ignore_cleanup_errors=True
                )
        return tempfile.TemporaryDirectory(prefix=prefix, dir=root, ignore_cleanup_errors=True)

    def _commit(self) -> None:
        data = self.sums.data()
        removed = sorted(path for path in self._before if not self.sums.has(path))
        if not self._changed and not removed and _has_bytes(self.path / SUMS, data):
            return
        write_file(self._staged / SUMS, data)
        if not self._switch.finish():
            self._move_files(removed)

    def _move_files(self, removed: list[str]) -> None:
        """Move one file after another into place: new ones first, so that no link is dead."""
        # While files move, the list has both old and new ones: after a power cut the next
        # export still knows that they are all ours. It has a file that there never is as
        # well, so nobody takes the mixture for an edition.
        hashes = self.sums.hashes
        moves = FileMoves(self.path, self._temporary)
        old = {path: hash for path, hash in self._before.items() if hash}
        try:
            moves.write(SUMS, sums_data({**old, **hashes, UNFINISHED: "0" * 64}))
            for path in sorted(self._changed, key=self._before.__contains__):
                moves.replace(path, self._staged / path)
            for path in removed:
                moves.remove(path)
            moves.write(SUMS, sums_data(hashes))
        except BaseException:
            moves.undo()
            raise
        sync_folder(self.path)
        for path in removed:
            remove_folders(self._folders_of(path))

    def _refuse_desks(self, path: str) -> None:
        """Raise OutputError for a file in a desk: a folder of the export may be called like one."""
        folder = (self.path / path).parent
        if folder not in self._own_folders:
            check_outside_desks(folder)
            self._own_folders.add(folder)

    def _refuse_foreign_files(self, path: str) -> None:
        target = self.path / path
        is_blocked = target.is_dir() or any(
            folder.is_symlink() or (folder.exists() and not folder.is_dir())
            for folder in self._folders_of(path)
        )
        is_foreign = os.path.lexists(target) and path not in self._before
        if is_blocked or (is_foreign and not self._force):
            sentence = _("“{path}” in “{folder}” does not come from an earlier export.")
            kind = OutputError if is_blocked else NotOurs
            raise kind(
                sentence.format(path=path, folder=name_of(self.path)),
                _("Move it away, or choose another folder."),
            )

    def _folders_of(self, path: str) -> list[Path]:
        """Return the folders between the output and a file in it, outermost first."""
        return [self.path / folder for folder in Path(path).parents][-2::-1]


def output_for(path: Path, *, force: bool = False) -> FolderOutput | ZipOutput:
    """Choose by the name: `.zip` gives a zip file, anything else a folder.

    What is there is replaced where it is an earlier export, or with `force`.
    """
    return (ZipOutput if is_zip_name(path) else FolderOutput)(path, force=force)


def is_zip_name(path: Path) -> bool:
    """Return whether an export under this name is a zip file."""
    return path.suffix.lower() == ".zip"


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
                f"The disk has no room for the export “{name_of(path)}”.",
                "Nothing was changed. Free some space, or choose another disk.",
            ) from error
        raise OutputError(
            f"The export “{name_of(path)}” can't be written: {error.strerror or error}.",
            "Choose a folder that you may write to.",
        ) from error
