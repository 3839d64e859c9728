"""Diagnostics, on this computer only: a rotating log, and crash reports without story text."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from editor import __version__
from editor.places import data_folder

log = logging.getLogger("stonehand")

_STDERR = 2
"""The number of the file that every library of a process prints its messages to."""


def start_log() -> None:
    """Log to a rotating file in the data folder; to stderr where that can't be written."""
    try:
        folder = data_folder() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "stonehand.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def divert_toolkit_output() -> None:
    """Write what Qt, Chromium and the drivers print to `qt.log`, which each start empties.

    It means nothing to whoever started the program. What Python prints is shown as
    before; where the file can't be written, so is the rest.
    """
    folder = data_folder() / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "qt.log").open("wb") as file:
            shown = os.dup(_STDERR)
            os.dup2(file.fileno(), _STDERR)
    except OSError:
        return  # as in a program without a terminal, which has nothing to divert
    sys.stderr = os.fdopen(shown, "w", encoding="utf-8", errors="backslashreplace", buffering=1)


def crash_report(kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> str:
    """Describe a bug by its type and its frames: no values, so no story text."""
    frames = "".join(
        f"  {Path(f.filename).name}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(tb)
    )
    return (
        f"Stonehand {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n"
        f"{kind.__module__}.{kind.__name__}\n{frames}"
    )


def save_crash_report(
    kind: type[BaseException], error: BaseException, tb: TracebackType | None
) -> Path | None:
    """Write a crash report beside the logs; None where the disk refuses. Never sent by itself."""
    report = crash_report(kind, error, tb)
    log.error("%s", report)
    name = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}.txt"
    try:
        folder = data_folder() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(report, encoding="utf-8")
    except OSError:
        return None
    return folder / name
