"""Moving of many files into place, one after another, with undo."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from editor.files import write_file


class FileMoves:
    """Moves files into `root` and remembers what they replaced in `temporary`.

    Both folders must be on one disk. Every method raises OSError.
    """

    def __init__(self, root: Path, temporary: Path) -> None:
        self._root = root
        self._temporary = temporary
        self._done: list[tuple[Path, Path | None]] = []
        self._folders: list[Path] = []

    def write(self, path: str, data: bytes) -> None:
        """Write a file that must survive a power cut, and move it into place."""
        source = self._temporary / f"written-{len(self._done)}"
        write_file(source, data)
        self.replace(path, source)

    def replace(self, path: str, source: Path) -> None:
        """Move a file to its path in the root; the old one is saved for `undo`."""
        target = self._root / path
        self._folders += make_folders(target.parent)
        self._save(target)
        os.replace(source, target)

    def remove(self, path: str) -> None:
        """Remove a plain file, reached through plain folders; do nothing for anything else."""
        target = self._root / path
        parents = [folder for folder in target.parents if self._root in folder.parents]
        if target.is_file() and not any(part.is_symlink() for part in (target, *parents)):
            self._save(target)
            target.unlink()

    def undo(self) -> None:
        """Restore everything as it was, last move first."""
        for target, saved in reversed(self._done):
            if saved is None:
                target.unlink(missing_ok=True)
            else:
                os.replace(saved, target)
        remove_folders(self._folders)

    def _save(self, target: Path) -> None:
        saved = None
        if os.path.lexists(target):
            saved = self._temporary / f"old-{len(self._done)}"
            try:
                # A second name needs no space, and the file is never missing.
                os.link(target, saved, follow_symlinks=False)
            except (OSError, NotImplementedError):  # a system or a disk without second names
                shutil.copy2(target, saved, follow_symlinks=False)
        self._done.append((target, saved))


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and its missing parents; return those that were made, outermost first."""
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)][::-1]
    made: list[Path] = []
    for path in missing:
        try:
            path.mkdir()
        except FileExistsError:  # another process was faster
            continue
        except OSError:
            remove_folders(made)
            raise
        made.append(path)
    return made


def remove_folders(folders: list[Path]) -> None:
    """Remove the folders that are empty, last one first."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()
