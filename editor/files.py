"""Writing one file so that a crash leaves the old one or the new one, never a half."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file by temp, fsync and replace; on return it survives a power cut.

    Raises OSError, and then what was at `path` is still there.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file for good; nothing happens where there is none. Raises OSError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's own list of names on disk. Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def writable(folder: Path) -> bool:
    """Whether a file can be made in a folder. Only trying tells, on every system."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except PermissionError:
        return False
    except OSError as error:
        return not _read_only_disk(error)
    return True


def _read_only_disk(error: OSError) -> bool:
    # ERROR_WRITE_PROTECT is Windows' word for it; a full disk is writable, only full.
    return error.errno == errno.EROFS or getattr(error, "winerror", 0) == 19
