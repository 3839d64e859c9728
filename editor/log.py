"""Diagnostics, on this computer only: a rotating log, and what the toolkit prints."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from editor.places import data_folder

log = logging.getLogger("stonehand")

_STDERR = 2
"""The number of the file that every library of a process prints its messages to."""

_started: list[logging.Handler] = []
"""What `start_log` logs to: one, or none before the first call."""


def log_folder() -> Path:
    """Return the folder of the log and of reports of problems, which may not be there yet."""
    return data_folder() / "logs"


def start_log() -> None:
    """Log to a rotating file in the data folder; where it can't be written, only errors to stderr.

    A person who can't write there is not shown every line of the log instead. Called again, it
    logs where the data folder is then, and no longer where it was.
    """
    for earlier in _started:
        log.removeHandler(earlier)
        earlier.close()
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _LogFile(
            folder / "stonehand.log",
            maxBytes=1_000_000,
            backupCount=2,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    _started[:] = [handler]
    log.setLevel(logging.INFO)


class _LogFile(RotatingFileHandler):
    """Drops what the disk refuses, as where its folder can't be written or is full.

    Python's own prints a traceback for each line that it can't write.
    """

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def divert_toolkit_output() -> None:
    """Write what Qt, Chromium and the drivers print to `qt.log`, which each start empties.

    It means nothing to whoever started the program. What Python prints is shown as
    before; where the file can't be written, so is the rest.
    """
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "qt.log").open("wb") as file:
            shown = os.dup(_STDERR)
            os.dup2(file.fileno(), _STDERR)
    except OSError:
        return  # as in a program without a terminal, which has nothing to divert
    sys.stderr = os.fdopen(shown, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
