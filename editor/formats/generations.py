"""One switch from the earlier export in a folder to the new one, where the system can do it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from editor.files import exchange, sync_folder
from editor.formats.file_moves import make_folders


def switch_folder(
    root: Path, staged: Path, files: Collection[str], earlier: Collection[str]
) -> bool:
    """Let `staged` take the place of `root` in one step; False where that can't be done.

    `staged` has what is new, and gets a second name of every other file of `files`; then
    the two folders trade names, and the `earlier` files are removed. Whenever the
    process ends, `root` is the old export or the new one. It can't be done on a system
    or a disk that does not know it, for a folder of somebody else, and where files of
    others are in it. Nothing has changed then.
    """
    root = Path(os.path.realpath(root))
    try:
        if set(_files_in(root)) - set(earlier) or _owner(root) != _owner(staged):
            return False
        for path in files:
            if not (staged / path).exists():
                make_folders((staged / path).parent)
                os.link(root / path, staged / path)
        for folder in (staged, *(path for path in staged.rglob("*") if path.is_dir())):
            old = root / folder.relative_to(staged)
            if old.is_dir():
                shutil.copystat(old, folder)
        exchange(root, staged)
    except (OSError, NotImplementedError):
        return False
    sync_folder(root.parent)
    _remove_earlier(staged, root, earlier)
    return True


def _remove_earlier(old: Path, root: Path, earlier: Collection[str]) -> None:
    """Remove the earlier export; a file that somebody put there at that moment stays."""
    for path in earlier:
        with suppress(OSError):
            (old / path).unlink()
    for path in _files_in(old):
        if path.endswith("/"):
            continue
        with suppress(OSError):
            make_folders((root / path).parent)
            os.link(old / path, root / path, follow_symlinks=False)


def _files_in(folder: Path) -> Iterator[str]:
    """Yield what is in a folder by its path: files, links, and folders with nothing in them."""
    for place, folders, names in os.walk(folder, onerror=_give_up):
        relative = Path(place).relative_to(folder)
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        if not folders and not names and place != str(folder):
            yield f"{relative.as_posix()}/"
        for name in (*names, *links):
            yield (relative / name).as_posix()


def _give_up(error: OSError) -> None:
    raise error


def _owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid
