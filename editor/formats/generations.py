"""One switch from the earlier export in a folder to the new one, where the system can do it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from editor.files import exchange, sync_folder
from editor.formats.file_moves import make_folders


def switch_folder(root: Path, staged: Path, files: set[str], earlier: set[str]) -> bool:
    """Let `staged` take the place of `root` in one step; False where that can't be done.

    `staged` has what is new, and gets a second name of every other file of `files`; then
    the two folders trade names, and the `earlier` files are removed. Whenever the
    process ends, `root` is the old export or the new one. It can't be done on a system
    or a disk that does not know it, for a folder of somebody else, and where files of
    others are in it. Nothing has changed then.
    """
    root = Path(os.path.realpath(root))
    try:
        if not earlier.issuperset(_files_in(root)) or _owner(root) != _owner(staged):
            return False
        _link_others(root, staged, files)
        exchange(root, staged)
    except (OSError, NotImplementedError):  # a system or a disk that can't trade names
        return False
    sync_folder(root.parent)
    _remove_earlier(staged, root, earlier)
    return True


def _link_others(root: Path, staged: Path, files: set[str]) -> None:
    """Give what did not change a second name in the staged folder. Raises OSError."""
    others = files.difference(_files_in(staged))
    folders = {path.rpartition("/")[0] for path in files}
    for folder in sorted(folders):
        (staged / folder).mkdir(parents=True, exist_ok=True)
    before, after = f"{root}/", f"{staged}/"
    for path in others:
        os.link(before + path, after + path)
    for folder in {"", *folders, *(str(above) for name in folders for above in Path(name).parents)}:
        if (root / folder).is_dir():
            shutil.copystat(root / folder, staged / folder)


def _remove_earlier(old: Path, root: Path, earlier: set[str]) -> None:
    """Remove the earlier export; a file that somebody put there at that moment stays."""
    for path in earlier:
        with suppress(OSError):
            os.unlink(f"{old}/{path}")
    with suppress(OSError):
        for path in _files_in(old):
            if not path.endswith("/"):
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


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid
