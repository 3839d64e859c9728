"""One switch from the earlier export in a folder to the new one, where the system can do it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from editor.files import exchange, sync_folder
from editor.formats.file_moves import make_folders


class FolderSwitch:
    """Lets a folder of new files take the place of an earlier export in one step.

    `staged` gets what is new, and with `add_unchanged` a second name of every other file
    of the `earlier` export in `root` that stays. Then the two folders trade names. Whenever
    the process ends, `root` is the old export or the new one. It can't be done on a
    system or a disk that does not know it, for a folder of somebody else, and where
    files of others are in it. Nothing has changed then. `there` are the plain files in `root`.
    """

    def __init__(
        self, root: Path, staged: Path, earlier: Collection[str], there: Collection[str]
    ) -> None:
        self._root = Path(os.path.realpath(root))
        self._staged = staged
        self._earlier = set(earlier)
        self._made = {""}
        self._can_link = self._earlier.issuperset(there)

    def add_unchanged(self, paths: Iterable[str]) -> None:
        """Give files of the earlier export a second name in the staged folder."""
        if not self._can_link:
            return
        try:
            self._link(paths)
        except (OSError, NotImplementedError):  # a system or a disk without second names
            self._can_link = False

    def finish(self) -> bool:
        """Let the folders trade names, then remove the earlier files; False where it can't be.

        Raises OSError where the disk can't keep that; then all is as it was.
        """
        if not (self._can_link and self._is_ours()):
            return False
        try:
            for folder in ("", *_folders_in(self._staged)):
                if (self._root / folder).is_dir():
                    shutil.copystat(self._root / folder, self._staged / folder)
            exchange(self._root, self._staged)
        except (OSError, NotImplementedError):  # a system or a disk that can't trade names
            return False
        try:
            sync_folder(self._root.parent)
        except OSError:
            exchange(self._root, self._staged)  # a disk that fails gets nothing new
            raise
        _remove_earlier(self._staged, self._root, self._earlier)
        return True

    def _link(self, paths: Iterable[str]) -> None:
        root, staged = str(self._root), str(self._staged)
        for path in paths:
            folder = path.rpartition("/")[0]
            if folder not in self._made:
                os.makedirs(f"{staged}/{folder}", exist_ok=True)
                self._made.add(folder)
            os.link(f"{root}/{path}", f"{staged}/{path}")

    def _is_ours(self) -> bool:
        """Whether all in the folder is of the earlier export, and the folder of who exports."""
        try:
            is_owner = _owner(self._root) == _owner(self._staged)
            return is_owner and self._earlier.issuperset(_files_in(self._root))
        except OSError:
            return False


def _remove_earlier(old: Path, root: Path, earlier: set[str]) -> None:
    """Remove the earlier export; a file that somebody put there at that moment stays."""
    for path in sorted(earlier):  # in the order in which they are on disk
        with suppress(OSError):
            os.unlink(f"{old}/{path}")
    with suppress(OSError):
        for path in _files_in(old):
            if not (path.endswith("/") or path in earlier):  # that could not be removed
                make_folders((root / path).parent)
                os.link(old / path, root / path, follow_symlinks=False)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield what is in a folder by its path: files, links, and folders with nothing in them.

    Raises OSError.
    """
    unread = [""]
    while unread:
        prefix = unread.pop()
        with os.scandir(folder / prefix) as entries:
            names = list(entries)
        if prefix and not names:
            yield prefix
        for entry in names:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                unread.append(f"{name}/")
            else:
                yield name


def _folders_in(folder: Path) -> Iterator[str]:
    """Yield the folders in a folder by their paths. Raises OSError."""
    unread = [""]
    while unread:
        prefix = unread.pop()
        with os.scandir(folder / prefix) as entries:
            inside = [f"{prefix}{entry.name}/" for entry in entries if entry.is_dir()]
        yield from inside
        unread += inside


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid
