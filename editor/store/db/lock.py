"""One window per desk: a lock of the operating system, released when its process ends."""

from __future__ import annotations

import contextlib
import json
import platform
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Any

from editor.account import login_name
from editor.core.times import instant_text
from editor.dates import utc_text
from editor.errors import DeskError, DeskInUse
from editor.files import parse_json
from editor.i18n import _
from editor.in_use import lock, open_to_lock
from editor.store.disk_errors import from_os


class WindowLock:
    """The exclusive lock on a desk. The file names its holder; the lock itself is the system's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None

    def acquire(self, at: datetime) -> None:
        """Lock the desk, once. Raises DeskInUse, with who has it and since when."""
        if self._file is not None:
            return
        folder = self._path.parent
        try:
            # Not emptied: until the lock is ours the text is somebody else's.
            file = open_to_lock(self._path)
        except OSError as error:
            raise from_os(error, folder) from error
        try:
            is_ours = lock(file)
        except OSError as error:
            file.close()
            raise DeskError(
                _("The disk with {name} can't lock files, so two windows could meet there.").format(
                    name=folder.name
                ),
                _("Keep the desk on a disk of this computer."),
            ) from error
        if not is_ours:
            sentence = _sentence(folder.name, self._path)
            file.close()
            raise DeskInUse(
                sentence,
                _("Work in that window, or close it first."),
            )
        self._file = file
        _write_holder(file, at)

    def release(self) -> None:
        """Release the lock, so that the next window can have it."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.truncate(0)
            self._file.close()
            self._file = None


def _write_holder(file: FileIO, at: datetime) -> None:
    who = {"user": login_name(), "computer": platform.node(), "at": instant_text(at)}
    # Only for the message to the next window: a full disk must not keep this one out.
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.seek(0)
        file.write(json.dumps(who).encode())


def _sentence(name: str, path: Path) -> str:
    """Say who has a desk open, as far as the lock's file says it."""
    try:
        who: Any = parse_json(path.read_bytes())
        user, computer, at = (str(who[name]) for name in ("user", "computer", "at"))
    except (OSError, ValueError, KeyError, TypeError):
        return _("The desk {name} is open in another window.").format(name=name)
    sentence = _("The desk {name} is open in another window by {user} on {computer} since {at}.")
    return sentence.format(
        name=name, user=user or _("somebody"), computer=computer or "–", at=utc_text(at)
    )
