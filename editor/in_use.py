"""Locks of the operating system, which end with their process, and folders that are in use."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    # On Windows nobody else can read a locked byte, so the lock is after the text.
    _LOCKED_BYTE = 1 << 20

    def _lock(file: FileIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


MARK = "in-use"
"""The file in a temporary folder that is locked while a process uses the folder."""

_STEP = 0.005
"""How many seconds whoever waits for a lock waits before it looks again."""
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def open_to_lock(path: Path) -> FileIO:
    """Open a file for a lock: unbuffered, and with what is in it. Raises OSError."""
    return FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def lock(file: FileIO) -> bool:
    """Lock a file until it is closed; False where somebody else has it locked.

    What is read or written next is at its beginning. Raises OSError on a disk that locks nothing.
    """
    try:
        _lock(file)
        file.seek(0)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


@contextmanager
def taking_turns(path: Path, patience: float = 2) -> Iterator[None]:
    """Wait until nobody else is inside with the same file: no other thread, no other process.

    After `patience` seconds, and where nothing can be locked, it goes on without: this is for
    what is read, changed and written back in a moment, which no hanging process may hold up.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open_to_lock(path)
    except OSError:
        yield
        return
    with file:
        end = time.monotonic() + patience
        while not _is_ours(file) and time.monotonic() < end:
            time.sleep(_STEP)
        yield


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Show every process that a new temporary folder is in use. Raises OSError."""
    with open_to_lock(folder / MARK) as mark:
        if not _is_ours(mark):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        yield


def remove_unused(folder: Path) -> bool:
    """Remove a folder and what is in it; False where a process uses it. Raises OSError."""
    try:
        mark = open_to_lock(folder / MARK)
    except OSError:  # as on a full disk: there is no mark
        _remove(folder)
        return True
    with mark:
        if not _is_ours(mark):
            return False
        if os.name == "nt":
            mark.close()  # no open file can be removed there
        _remove(folder)
    return True


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):  # another process is removing it as well
        shutil.rmtree(folder)


def _is_ours(mark: FileIO) -> bool:
    try:
        return lock(mark)
    except OSError:
        return True  # nobody can lock it: age alone has to tell what is left over
