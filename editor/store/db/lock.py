"""One window a desk: a lock of the operating system's, gone when its process is gone."""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import platform
import sys
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Any

from editor.core.times import instant_text
from editor.errors import DeskError, DeskInUse
from editor.store.db.errors import from_os

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading a locked byte, so the lock lies behind the text.
    _PLACE = 1 << 20

    def _take(file: FileIO) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


_TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class WindowLock:
    """The exclusive lock on a desk. The file says who has it; the lock itself is the system's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None

    def take(self, at: datetime) -> None:
        """Take the lock, or keep it. Raises DeskInUse, with who has it and since when."""
        if self._file is not None:
            return
        folder = self._path.parent
        try:
            # Unbuffered, and not emptied: until the lock is ours the text is somebody else's.
            file = FileIO(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666), "r+")
        except OSError as error:
            raise from_os(error, folder) from error
        try:
            _take(file)
        except OSError as error:
            holder = _holder(self._path)
            file.close()
            if error.errno in _TAKEN:
                raise DeskInUse(
                    f"The desk {folder.name} is open in another window{holder}.",
                    "Work in that window, or close it first.",
                ) from None
            raise DeskError(
                f"The disk with {folder.name} can't lock files, so two windows could meet there.",
                "Keep the desk on a disk of this computer.",
            ) from error
        self._file = file
        _say(file, at)

    def release(self) -> None:
        """Let the next window in."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.truncate(0)
            self._file.close()
            self._file = None


def _say(file: FileIO, at: datetime) -> None:
    who = {"user": _user(), "computer": platform.node(), "at": instant_text(at)}
    # Only a courtesy to the next one who asks: a full disk must not keep the window out.
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.seek(0)
        file.write(json.dumps(who).encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _holder(path: Path) -> str:
    try:
        who: Any = json.loads(path.read_bytes())
        user, computer, at = (str(who[name]) for name in ("user", "computer", "at"))
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    by = f" by {user}" if user else ""
    on = f" on {computer}" if computer else ""
    return f"{by}{on} since {at}"
