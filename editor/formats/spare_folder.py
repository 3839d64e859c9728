"""A second tree of the files of an export, which the next one takes and only changes.

Every file in it is a second name of the one that readers get, so it needs no room. An export
of thousands of files changes a few: they are changed in the spare tree, the trees trade
names, and the other one is changed alike. Nothing that stays is named again.

It may be lost at any time, and is believed in nothing: each name is compared with what is in
the export's folder before it is used.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from editor.files import PRIVATE_FOLDER
from editor.formats.paths import SUMS

_NOTE = "target"
"""The file beside the tree that says whose spare it is."""

_TREE = "tree"


class SpareFolder:
    """The spare tree of one export's folder, among the personal files at `place`."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def is_on_disk_of(self, root: Path) -> bool:
        """Whether its files can be other names of those in a folder. Raises OSError."""
        nearest = next(place for place in self._place.parents if place.is_dir())
        return os.name == "posix" and nearest.stat().st_dev == root.stat().st_dev

    def take(self, root: Path, staged: Path, numbers: Mapping[str, int]) -> bool:
        """Move the tree to `staged`, with the very files of `root`; False where there is none.

        `numbers` has the inode of each file in `root` by its path. Only what differs
        is named again. Raises OSError; a damaged tree may be at `staged` then.
        """
        tree = self._place / _TREE
        if tree.is_symlink() or not tree.is_dir():
            return False
        tree.rename(staged)
        _align(root, staged, numbers)
        return True

    def remove(self) -> None:
        """Remove the tree where it can't be used, as far as the disk lets it."""
        if self._place.is_dir():
            shutil.rmtree(self._place, ignore_errors=True)

    def give(self, tree: Path, root: Path) -> None:
        """Keep a tree of the files of `root` for the next export. Raises OSError."""
        self._place.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        (self._place / _NOTE).write_bytes(os.fsencode(root))
        kept = self._place / _TREE
        if kept.is_dir():  # of an export that was removed, and made again
            shutil.rmtree(kept)
        tree.rename(kept)


def remove_gone_spares(folder: Path, before: float) -> list[Path]:
    """Remove the spare trees in a folder whose exports are gone or others; return them.

    An export is the one of its tree while the list of its files is the very same file. What was
    used after `before` (seconds since 1970) stays: a disk may be away for a moment. Raises OSError.
    """
    removed = []
    for place in sorted(folder.iterdir()):
        with suppress(OSError):
            target = os.fsdecode((place / _NOTE).read_bytes())
            if os.path.samefile(os.path.join(target, SUMS), place / _TREE / SUMS):
                continue
        if place.lstat().st_mtime < before:
            shutil.rmtree(place)
            removed.append(place)
    return removed


def make_alike(root: Path, tree: Path, changed: Collection[str], gone: Collection[str]) -> None:
    """Give the files that changed in `root` their second names, and take those that are gone.

    Raises OSError.
    """
    for path in (*changed, *gone):
        with suppress(FileNotFoundError):
            os.unlink(f"{tree}/{path}")
    folders: set[str] = set()
    for path in changed:
        _link(root, tree, path, folders)
    remove_empty_folders(tree, gone)


def remove_empty_folders(tree: Path, gone: Collection[str]) -> None:
    """Remove the folders that nothing is in since files are gone from them."""
    for folder in sorted(folders_of(gone) - {""}, reverse=True):
        with suppress(OSError):  # something is in it
            os.rmdir(f"{tree}/{folder}")


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders that files are in, and those around them; the root is empty."""
    folders = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def copy_folder_status(source: str, target: str) -> None:
    """Give a folder the mode, time and attributes of another one where it has others.

    Raises OSError.
    """
    if _look(source) != _look(target):
        shutil.copystat(source, target)


def _align(root: Path, tree: Path, numbers: Mapping[str, int]) -> None:
    """Make a tree have a second name of each file in `root`, and nothing else."""
    found, folders = dict[str, int](), {""}
    for path, number in _entries(str(tree)):
        if number is None:
            folders.add(path)
        else:
            found[path] = number
    gone = [path for path, number in found.items() if numbers.get(path) != number]
    for path in gone:
        os.unlink(f"{tree}/{path}")
    made = set(folders)
    for path, number in numbers.items():
        if found.get(path) != number:
            _link(root, tree, path, made)
    for folder in sorted(folders - folders_of(numbers), reverse=True):
        os.rmdir(f"{tree}/{folder}")


def _link(root: Path, tree: Path, path: str, made: set[str]) -> None:
    folder = path.rpartition("/")[0]
    if folder not in made:
        os.makedirs(f"{tree}/{folder}", exist_ok=True)
        made.add(folder)
    os.link(f"{root}/{path}", f"{tree}/{path}", follow_symlinks=False)


def _entries(tree: str) -> Iterator[tuple[str, int | None]]:
    """Yield the inode of each file and link by its path, and None for each folder.

    Raises OSError.
    """
    unread = [""]
    while unread:
        prefix = unread.pop()
        with os.scandir(f"{tree}/{prefix}") as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    unread.append(f"{path}/")
                    yield path, None
                else:
                    yield path, entry.inode()


def _look(folder: str) -> tuple[object, ...]:
    status = os.stat(folder)
    names = os.listxattr(folder) if hasattr(os, "listxattr") else []
    attributes = [(name, os.getxattr(folder, name)) for name in names]
    flags = getattr(status, "st_flags", 0)
    return status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns, flags, attributes
