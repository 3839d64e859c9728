"""The one atomic writer: a crash leaves the old file or the new one, never a half."""

from __future__ import annotations

import errno
import filecmp
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from secrets import token_hex
from typing import Any

from editor.errors import NO_FILE

PRIVATE_FOLDER = 0o700
"""The mode of a folder that only its owner may enter. Windows has its own rules."""

PART = ".part"
"""What the names of unfinished files and folders end in."""

_HERE = -100  # AT_FDCWD
_RENAME_EXCHANGE = _RENAME_SWAP = 2
_PRIVATE_FILE = 0o600


@contextmanager
def replacing(path: Path, *, private: bool = False, is_new: bool = False) -> Iterator[Path]:
    """Give the path of an empty file, which takes the place of `path` at the end of the block.

    Only its owner may read it until then. After the block it has the mode of any
    new file, or stays `private`, and survives a power cut. A file that would not
    change keeps its time. After an error what was at `path` is still there. Raises
    OSError, and where it `is_new` FileExistsError for a file that is there by then.
    """
    part = _part_beside(path)
    try:
        mode = _PRIVATE_FILE if private else _usual_mode(path)
        part.touch(mode=_PRIVATE_FILE, exist_ok=False)
        yield part
        _set_mode(part, mode)
        _sync_file(part)
        if is_new:
            _move_to_new(part, path)
        elif path.is_file() and filecmp.cmp(part, path, shallow=False):
            part.unlink()
            if private:
                _set_mode(path, mode)
        else:
            os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it survives a power cut; see `replacing`. Raises OSError."""
    with replacing(path, private=private) as part:
        part.write_bytes(data)


def write_unsynced(path: Path, data: bytes) -> None:
    """Write a private file in one step, for what can be made again: a power cut may spoil it.

    Raises OSError.
    """
    part = _part_beside(path)
    try:
        part.touch(mode=_PRIVATE_FILE, exist_ok=False)
        part.write_bytes(data)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def create_private_file(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, once.

    Raises OSError, FileExistsError where there is a file already.
    """
    part = _part_beside(path)
    try:
        part.touch(mode=_PRIVATE_FILE, exist_ok=False)
        part.write_bytes(data)
        _sync_file(part)
        _move_to_new(part, path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def open_file(path: Path) -> BufferedReader:
    """Open a file that somebody named, to read it: never a pipe or a device, which may not end.

    Raises OSError, which says so (`errors.NO_FILE`) before anything waits for one.
    """
    return open(path, "rb", opener=_open_regular)


def stamp(status: os.stat_result) -> tuple[int, ...]:
    """Return what differs after a file was written or replaced: size, times, place on the disk."""
    # The time of change can't be set back by a program, the time of modification can.
    return (
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
        status.st_dev,
    )


def path_stamp(path: Path) -> tuple[int, ...]:
    """Return the stamp of the file at a path; nothing where there is none."""
    try:
        return stamp(path.stat())
    except (OSError, ValueError):
        return ()


def folder_stamps(folder: Path) -> dict[str, tuple[int, ...]]:
    """Return the stamps of a folder and of all in it by their paths, itself by an empty one.

    Nothing where there is none. Links in it are not followed. Raises OSError.
    """
    found = {"": path_stamp(folder)}
    if not found[""]:
        return {}
    unread = [""]
    while unread:
        prefix = unread.pop()
        with os.scandir(folder / prefix) as entries:
            for entry in entries:
                path = prefix + entry.name
                found[path] = stamp(entry.stat(follow_symlinks=False))
                if entry.is_dir(follow_symlinks=False):
                    unread.append(f"{path}/")
    return found


def parse_json(data: bytes | str) -> Any:
    """Read JSON that anybody may have written. Raises ValueError for all that is none.

    That is also what is nested more deeply than Python reads.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def write_json(path: Path, value: Any) -> bool:
    """Write a value as JSON, in a folder made if need be; False where the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, json.dumps(value, indent=1, sort_keys=True).encode())
    except OSError:
        return False
    return True


@contextmanager
def building(path: Path) -> Iterator[Path]:
    """Give a new folder to fill, which takes the name `path` at the end of the block.

    Only an empty folder may be at `path`. It and all in it are private to their owner.
    After the block all of it survives a power cut; after an error nothing is left.
    Raises OSError.
    """
    part = _part_beside(path)
    try:
        part.mkdir(mode=PRIVATE_FOLDER)
        yield part
        for inside in (part, *part.rglob("*")):
            is_folder = inside.is_dir()
            _set_mode(inside, PRIVATE_FOLDER if is_folder else _PRIVATE_FILE)
            (sync_folder if is_folder else _sync_file)(inside)
        if path.exists():
            path.rmdir()  # Windows does not rename over it
        os.replace(part, path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(path.parent)


def exchange(first: Path, second: Path) -> None:
    """Let two folders on one disk trade names, in one step.

    Raises OSError where the system or the disk can't: Linux since 3.15 and macOS can,
    on most of their own disks.
    """
    import ctypes  # noqa: PLC0415 - only a restore trades folders

    paths = os.fsencode(first), os.fsencode(second)
    library: Any = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if hasattr(library, "renameat2"):  # Linux
        failed = library.renameat2(_HERE, paths[0], _HERE, paths[1], _RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):  # macOS
        failed = library.renamex_np(*paths, _RENAME_SWAP)
    else:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(first))


def remove(path: Path) -> None:
    """Remove a file for good; nothing happens where there is none. Raises OSError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def remove_leftovers(folder: Path) -> None:
    """Remove the unfinished files of a crash, where nobody writes at the moment."""
    for part in folder.glob(f".*{PART}"):
        with suppress(OSError):
            part.unlink()


def sync_folder(folder: Path) -> None:
    """Put a folder's own list of names on disk. Windows does that by itself."""
    if os.name != "nt":
        _sync(folder, os.O_RDONLY)


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in a folder. Only trying tells, on every system."""
    probe = _part_beside(folder / "probe")
    try:
        probe.touch()
    except PermissionError:
        return False
    except OSError as error:
        # ERROR_WRITE_PROTECT is Windows' word for it; a full disk is writable, only full.
        return error.errno != errno.EROFS and getattr(error, "winerror", 0) != 19
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return True


def _move_to_new(part: Path, path: Path) -> None:
    """Rename a file, unless there is one of that name: FileExistsError."""
    try:
        os.link(part, path)  # unlike a rename it never replaces
    except OSError:
        if path.exists():
            raise
        os.replace(part, path)  # FAT has no links
    else:
        part.unlink()


def _part_beside(path: Path) -> Path:
    """A name nobody else uses, on the same disk: two writers must not share a file."""
    return path.with_name(f".{token_hex(8)}{PART}")


def _usual_mode(path: Path) -> int:
    """Return the mode of a new file. Only making one tells: reading the umask changes it."""
    probe = _part_beside(path)
    try:
        probe.touch(exist_ok=False)  # a signal may come when it is there
        return stat.S_IMODE(probe.stat().st_mode)
    finally:
        probe.unlink(missing_ok=True)


def _open_regular(path: str, flags: int) -> int:
    """Open what is no pipe, socket or device. Why a folder is no file the system says."""
    # Before it is opened: a pipe waits for its other end, and some devices do something.
    mode = os.stat(path).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, NO_FILE)
    return os.open(path, flags)


def _set_mode(path: Path, mode: int) -> None:
    # A disk without modes (FAT, some network disks) may refuse to set one, or not know how.
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) != mode:
        with suppress(PermissionError, NotImplementedError):
            path.chmod(mode)


def _sync_file(path: Path) -> None:
    _sync(path, os.O_RDWR)  # Windows syncs only what may be written


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
