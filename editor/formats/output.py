"""Where exports go: a folder, a zip or memory. All of it arrives, or nothing does."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from editor.errors import DiskFull, OutputError
from editor.files import replacing, sync_folder, write_file
from editor.formats.paths import MANIFEST, Paths

__all__ = ["MANIFEST", "FolderOutput", "MemoryOutput", "ZipOutput", "output_for"]

_STAGE = ".stonehand-stage-"
"""How the folders begin in which files wait; a power cut may leave one behind."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PACKED = (".jpg", ".jpeg", ".png", ".webp", ".zip")


class MemoryOutput:
    """Keeps an export in memory: `files` has the bytes by path."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._paths = Paths()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.files.clear()

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Paths.add` does."""
        self.files[self._paths.add(path)] = data


class ZipOutput:
    """Writes an export as one zip file, which appears whole or not at all.

    The same files give the same bytes: fixed times and permissions, names in
    order in the directory. A zip that would not change is left alone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._paths = Paths()

    def __enter__(self) -> Self:
        if self.path.is_dir():
            raise OutputError(
                f"“{self.path.name}” is a folder, not a zip file.", "Choose another name."
            )
        with _disk(self.path), ExitStack() as stack:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = stack.enter_context(replacing(self.path))
            self._zip = stack.enter_context(zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED))
            self._end = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _disk(self.path):
            self._zip.filelist.sort(key=lambda entry: entry.filename)
            self._end.__exit__(kind, error, trace)

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Paths.add` does, DiskFull."""
        entry = zipfile.ZipInfo(self._paths.add(path), _ZIP_TIME)
        entry.create_system = 3  # Unix, wherever it is made
        entry.external_attr = 0o100644 << 16
        packed = path.lower().endswith(_PACKED)
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        with _disk(self.path):
            self._zip.writestr(entry, data)


class FolderOutput:
    """Writes an export into a folder, which changes only when all of it is there.

    Files are staged beside their place and moved at the end; unchanged ones keep
    their time. Files of the previous export that are gone are removed, by our
    own manifest; a stranger's file is never touched, and a folder with files but
    without a manifest is refused. On an error or a stop the folder is as before.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._paths = Paths()
        self._sums: dict[str, str] = {}
        self._staged: list[str] = []

    def __enter__(self) -> Self:
        self._before = _read_manifest(self.path)
        with _disk(self.path):
            self._made = _make_folders(self.path)
            for left_behind in self.path.glob(f"{_STAGE}*"):
                shutil.rmtree(left_behind)
            try:
                self._stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=self.path))
            except OSError:
                _remove_folders(self._made)
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        done = False
        try:
            if kind is None:
                with _disk(self.path):
                    self._commit()
                done = True
        finally:
            shutil.rmtree(self._stage, ignore_errors=True)
            if not done:
                _remove_folders(self._made)

    def write(self, path: str, data: bytes) -> None:
        """Add one file. Raises OutputError as `Paths.add` does and for a stranger's file.

        Raises DiskFull when there is no room; nothing has changed then.
        """
        self._paths.add(path)
        target = self.path / path
        self._sums[path] = hashlib.sha256(data).hexdigest()
        with _disk(self.path):
            if _holds(target, data):
                return
            self._refuse_strangers(path)
            staged = self._stage / "new" / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(data)
        self._staged.append(path)

    def _refuse_strangers(self, path: str) -> None:
        parts = path.split("/")
        folders = [self.path.joinpath(*parts[:i]) for i in range(1, len(parts))]
        strange = any(
            folder.is_symlink() or (folder.exists() and not folder.is_dir()) for folder in folders
        )
        if strange or (os.path.lexists(self.path / path) and path not in self._before):
            raise OutputError(
                f"“{path}” in “{self.path.name}” does not come from an earlier export.",
                "Move it away, or choose another folder.",
            )

    def _commit(self) -> None:
        gone = [path for path in sorted(self._before) if path not in self._sums]
        if not self._staged and not gone and self._before == self._sums:
            return
        # While files move, the manifest lists both old and new ones: after a
        # power cut the next export still knows them all as ours.
        moves = _Moves(self.path, self._stage)
        try:
            moves.bring(MANIFEST, _manifest({**self._before, **self._sums}))
            for path in self._staged:
                moves.replace(path, self._stage / "new" / path)
            for path in gone:
                moves.remove(path)
            moves.bring(MANIFEST, _manifest(self._sums))
        except BaseException:
            moves.undo()
            raise
        sync_folder(self.path)
        _remove_empty(self.path, gone)


class _Moves:
    """Moves files into place, one after another, and can take them all back."""

    def __init__(self, root: Path, stage: Path) -> None:
        self._root = root
        self._stage = stage
        self._done: list[tuple[Path, Path | None]] = []
        self._folders: list[Path] = []

    def bring(self, path: str, data: bytes) -> None:
        """Write a file that must survive a power cut, and move it into place."""
        staged = self._stage / f"sum-{len(self._done)}"
        write_file(staged, data)
        self.replace(path, staged)

    def replace(self, path: str, staged: Path) -> None:
        """Move a staged file into its place; what was there is kept until the end."""
        target = self._root / path
        self._folders += _make_folders(target.parent)
        kept = self._keep(target)
        self._done.append((target, kept))
        os.replace(staged, target)

    def remove(self, path: str) -> None:
        """Take away a file of the previous export, if it is still a file."""
        target = self._root / path
        if _is_ours(self._root, path):
            kept = self._keep(target)
            self._done.append((target, kept))
            target.unlink()

    def undo(self) -> None:
        """Put everything back as it was, last move first."""
        for target, kept in reversed(self._done):
            if kept is None:
                target.unlink(missing_ok=True)
            else:
                os.replace(kept, target)
        _remove_folders(self._folders)

    def _keep(self, target: Path) -> Path | None:
        if not os.path.lexists(target):
            return None
        kept = self._stage / f"old-{len(self._done)}"
        try:
            # A second name costs no room, and the file is never away.
            os.link(target, kept, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(target, kept, follow_symlinks=False)
        return kept


def output_for(path: Path) -> FolderOutput | ZipOutput:
    """Choose by the name: `.zip` gives a zip file, anything else a folder."""
    return ZipOutput(path) if path.suffix.lower() == ".zip" else FolderOutput(path)


def _read_manifest(folder: Path) -> dict[str, str]:
    """What the previous export wrote: hash by path; empty when there was none."""
    if not os.path.lexists(folder):
        return {}
    if not folder.is_dir():
        raise OutputError(f"“{folder.name}” is a file, not a folder.", "Choose another name.")
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        if any(not each.name.startswith(_STAGE) for each in folder.iterdir()):
            raise OutputError(
                f"The folder “{folder.name}” has files in it that are no Stonehand export.",
                "Choose an empty folder, a new name, or the folder of an earlier export.",
            ) from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(folder) from error
    try:
        files = json.loads(text)["files"]
        checked = Paths()
        return {checked.add(path): str(files[path]) for path in files}
    except (ValueError, KeyError, TypeError, AttributeError, OutputError) as error:
        raise _unreadable(folder) from error


def _unreadable(folder: Path) -> OutputError:
    return OutputError(
        f"The list of the earlier export in “{folder.name}” can't be read.",
        f"Remove {MANIFEST} and what belongs to that export, or choose another folder.",
    )


def _manifest(sums: dict[str, str]) -> bytes:
    value = {"stonehand": 1, "files": sums}
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _is_ours(root: Path, path: str) -> bool:
    """Whether a path of the manifest still is a plain file, reached through plain folders."""
    target = root / path
    parents = [folder for folder in target.parents if folder != root and root in folder.parents]
    return (
        target.is_file()
        and not target.is_symlink()
        and not any(folder.is_symlink() for folder in parents)
    )


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file already has these bytes, so that it can keep its time."""
    try:
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; say which were made, outermost first."""
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)][::-1]
    for i, each in enumerate(missing):
        try:
            each.mkdir()
        except OSError:
            _remove_folders(missing[:i])
            raise
    return missing


def _remove_folders(folders: list[Path]) -> None:
    """Take away folders made for nothing, innermost first, if they are empty."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _remove_empty(root: Path, gone: list[str]) -> None:
    """Take away folders in which the last file of the previous export was."""
    for path in gone:
        for folder in (root / path).parents:
            if folder == root:
                break
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Say in a sentence what the system refuses."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(
                f"The disk has no room for the export “{path.name}”.",
                "Nothing was changed. Make room, or choose another disk.",
            ) from error
        raise OutputError(
            f"The export “{path.name}” can't be written: {error.strerror or error}.",
            "Choose a folder that you may write to.",
        ) from error
