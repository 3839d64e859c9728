"""One switch from the earlier export in a folder to the new one, where the system can do it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path

from editor.files import exchange, sync_folder
from editor.formats.file_moves import make_folders
from editor.formats.spare_folder import (
    SpareFolder,
    copy_folder_status,
    folders_of,
    make_alike,
    remove_empty_folders,
)


class FolderSwitch:
    """Lets a folder of new files take the place of an earlier export in one step.

    `staged`, in the folder `temporary`, gets what is new, and with `add_unchanged` a second name
    of every other file of the `earlier` export in `root` that stays; a `spare` tree has those
    names already. Then the two folders trade names. Whenever the process ends, `root` is the
    old export or the new one. It can't be done on a system or a disk that does not know it, for
    a folder of somebody else, and where files of others are in it. Nothing has changed then.
    `numbers` has the inode of each plain file in `root` by its path.
    """

    def __init__(
        self,
        root: Path,
        temporary: Path,
        earlier: Collection[str],
        numbers: Mapping[str, int],
        spare: SpareFolder | None,
    ) -> None:
        self._root = Path(os.path.realpath(root))
        self._earlier = set(earlier)
        self._can_link = self._earlier.issuperset(numbers)
        # The first export of all has no files that could have second names.
        is_usable = spare is not None and bool(numbers) and spare.is_on_disk_of(self._root)
        self._spare = spare if is_usable else None
        self._made = {""}
        self._is_done = False
        self.staged = temporary / "spare"
        self._has_all = self._can_link and self._take_spare(numbers)
        if not self._has_all:
            if spare is not None:
                spare.remove()  # what it has may be of an older export, with killed stories
            self.staged = temporary / "new"
            self.staged.mkdir()

    def open(self, path: str) -> BufferedWriter:
        """Open a new file in the staged folder: the one it replaces has another name, and stays."""
        place = f"{self.staged}/{path}"
        try:
            return open(place, "xb")
        except FileExistsError:
            os.unlink(place)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(place), exist_ok=True)
        return open(place, "xb")

    def add_unchanged(self, paths: Iterable[str]) -> None:
        """Give files of the earlier export a second name in the staged folder."""
        if self._has_all or not self._can_link:
            return
        try:
            self._link(paths)
        except (OSError, NotImplementedError):  # a system or a disk without second names
            self._can_link = False

    def finish(self, written: Collection[str], removed: Collection[str]) -> bool:
        """Let the folders trade names, then remove the earlier files; False where it can't be.

        `written` are the paths of what is staged as new. Raises OSError where the disk can't
        keep that; then all is as it was.
        """
        if not (self._can_link and self._is_ours()):
            return False
        try:
            if self._has_all:
                for path in self._earlier.intersection(removed):
                    with suppress(FileNotFoundError):  # somebody removed it before
                        os.unlink(self.staged / path)
                remove_empty_folders(self.staged, removed)
            for folder in folders_of(self._earlier):
                with suppress(FileNotFoundError):  # the new export has none
                    copy_folder_status(f"{self._root}/{folder}", f"{self.staged}/{folder}")
            exchange(self._root, self.staged)
        except (OSError, NotImplementedError):  # a system or a disk that can't trade names
            return False
        try:
            sync_folder(self._root.parent)
        except OSError:
            exchange(self._root, self.staged)  # a disk that fails gets nothing new
            raise
        self._is_done = True
        self._settle(written, removed)
        return True

    def give_back(self, written: Iterable[str]) -> None:
        """Keep a spare tree that was taken for an export that is not to be: without its files."""
        if self._spare and self._has_all and not self._is_done:
            with suppress(OSError):
                for path in written:
                    with suppress(FileNotFoundError):  # it was moved into place
                        os.unlink(self.staged / path)
                self._spare.give(self.staged, self._root)

    def _take_spare(self, numbers: Mapping[str, int]) -> bool:
        try:
            return self._spare is not None and self._spare.take(self._root, self.staged, numbers)
        except OSError:
            return False

    def _link(self, paths: Iterable[str]) -> None:
        root, staged = str(self._root), str(self.staged)
        for path in paths:
            folder = path.rpartition("/")[0]
            if folder not in self._made:
                os.makedirs(f"{staged}/{folder}", exist_ok=True)
                self._made.add(folder)
            os.link(f"{root}/{path}", f"{staged}/{path}")

    def _is_ours(self) -> bool:
        """Whether all in the folder is of the earlier export, and the folder of who exports."""
        try:
            is_owner = _owner(self._root) == _owner(self.staged)
            return is_owner and self._earlier.issuperset(_files_in(self._root))
        except OSError:
            return False

    def _settle(self, written: Collection[str], removed: Collection[str]) -> None:
        """Make the earlier tree the spare one, or remove it; a file that came just now stays."""
        old, root = self.staged, self._root
        if self._spare is None:
            for path in sorted(self._earlier):  # in the order in which they are on disk
                with suppress(OSError):
                    os.unlink(old / path)
        with suppress(OSError):
            for path in [*_files_in(old)]:
                if path.endswith("/") or path in self._earlier:  # that could not be removed
                    continue
                make_folders((root / path).parent)
                os.link(old / path, root / path, follow_symlinks=False)
                os.unlink(old / path)
            if self._spare is not None:
                make_alike(root, old, written, removed)
                self._spare.give(old, root)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield what is in a folder by its path: files, links, and folders with nothing in them.

    Raises OSError.
    """
    root, unread = str(folder), [""]
    while unread:
        prefix = unread.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            names = list(entries)
        if prefix and not names:
            yield prefix
        for entry in names:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                unread.append(f"{name}/")
            else:
                yield name


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid
