"""Reports of bugs and of sudden ends: they stay on this computer until a person hands one on.

A report says where in the program something went wrong. It has no value that the program worked
with: no text, no name of a story or a person, and no folder.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path, PureWindowsPath
from secrets import token_hex
from types import TracebackType

from editor import __version__
from editor.errors import EditorError, refused_by_system
from editor.files import write_file
from editor.in_use import lock, open_to_lock
from editor.log import log, log_folder

_MOST = 20
_OLDEST_DAYS = 90
_LONGEST = 64 * 1024
"""Bytes that are read of a report: ours are much shorter."""
_MOST_CAUSES = 5

_REPORT, _FAULT = "crash-*.txt", "fault-*.txt"
_BUG, _FATAL = "builtins.", "Fatal Python error: "


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A report that is on this computer; `at` is when it last happened, in UTC."""

    path: Path
    at: datetime
    text: str

    @property
    def title(self) -> str:
        """What happened in a few words: the type of a bug, or how the process ended."""
        lines = self.text.splitlines()
        return lines[1].removeprefix(_BUG).removeprefix(_FATAL) if lines[1:] else self.path.name


def describe_bug(kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> str:
    """Describe a bug by its type, its frames and what led to it: no values, so no story text."""
    parts = [f"{_name_of(kind)}\n{_frames(tb)}"]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(parts) <= _MOST_CAUSES:
        parts.append(f"after {_name_of(type(cause))}\n{_frames(cause.__traceback__)}")
        cause = cause.__cause__ or cause.__context__
    return "".join(parts)


def save_crash_report(
    kind: type[BaseException], error: BaseException, tb: TracebackType | None
) -> Path | None:
    """Write a report of a bug; None where the disk refuses. It is never sent."""
    return save_report(describe_bug(kind, error, tb))


def noted_refusal(error: BaseException) -> EditorError | None:
    """Return the known problem in an error that nobody expected, and log where it was met.

    None for a bug. There is no report of it, and where it was our fault there has to be a trace.
    """
    problem = refused_by_system(error)
    if problem is not None:
        log.warning("%s", describe_bug(type(error), error, error.__traceback__))
    return problem


def report_thread(args: threading.ExceptHookArgs) -> None:
    """Write a report of a bug that ended a thread, in place of what Python prints."""
    if args.exc_value is not None:
        save_crash_report(args.exc_type, args.exc_value, args.exc_traceback)


def save_report(what: str) -> Path | None:
    """Write a report beside the log, and return where it is; None where the disk refuses.

    What has been reported already has one report, of the last time. The oldest are removed.
    """
    # A file's name may have bytes that are no text.
    text = (_program() + what).encode("utf-8", "replace").decode("utf-8")
    log.error("%s", text)
    try:
        known = next((report for report in crash_reports() if report.text == text), None)
        if known is not None:
            os.utime(known.path)
            return known.path
        path = _write(text)
        _remove_oldest()
    except OSError:
        return None
    return path


def crash_reports() -> list[CrashReport]:
    """Return the reports on this computer, the latest first."""
    found = []
    for path in log_folder().glob(_REPORT):
        with suppress(OSError), path.open("rb") as file:
            text = file.read(_LONGEST).decode("utf-8", "replace")
            at = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
            found.append(CrashReport(path, at, text))
    return sorted(found, key=lambda report: (report.at, report.path.name), reverse=True)


def watch_for_faults() -> None:
    """Let a fault that ends this process at once, as in a library, leave a report for later.

    Only `report_faults` of a later start reads it: a process that ends so can't do more than
    write its frames into a file that is open.
    """
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"fault-{token_hex(8)}.txt"
        file = open_to_lock(path)
        lock(file)
        file.write(_program().encode())
        faulthandler.enable(file)
    except (OSError, RuntimeError):
        return  # without such a file it ends without a report
    atexit.register(_stop_watching, file, path)


def report_faults() -> list[Path]:
    """Make reports of processes that a fault ended; return where they are."""
    reports = []
    for path in log_folder().glob(_FAULT):
        with suppress(OSError):
            with open_to_lock(path) as file:
                if not lock(file):
                    continue  # that process runs
                text = file.read(_LONGEST).decode("utf-8", "replace")
                at = os.fstat(file.fileno()).st_mtime
                if len(lines := [*_fault_lines(text)]) > 1:
                    report = _write("\n".join(lines) + "\n")
                    os.utime(report, (at, at))
                    reports.append(report)
                file.truncate(0)  # another start may open it before it is removed
            path.unlink()
    with suppress(OSError):
        _remove_oldest()
    return reports


def _stop_watching(file: FileIO, path: Path) -> None:
    """Leave nothing of a process that ends as it should."""
    faulthandler.disable()
    with suppress(OSError):
        file.close()
        path.unlink()


def _write(text: str) -> Path:
    """Write a new report, all of it or nothing. Raises OSError."""
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(4)}.txt"
    write_file(path, text.encode("utf-8", "replace"), private=True)
    return path


def _remove_oldest() -> None:
    """Remove what nobody will hand on any more. Raises OSError."""
    now = datetime.now(UTC)
    for number, report in enumerate(crash_reports()):
        if number >= _MOST or (now - report.at).days > _OLDEST_DAYS:
            report.path.unlink(missing_ok=True)


def _program() -> str:
    return f"Stonehand {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n"


def _name_of(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__name__}"


def _frames(tb: TracebackType | None) -> str:
    return "".join(
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}\n"
        for frame in traceback.extract_tb(tb)
    )


_THREAD = re.compile(r"(Current thread|Thread) (0x[0-9a-f]+)")
_FRAME = re.compile(r'  File "(.*)", line (\d+) in (.*)')
_ENDED = re.compile(r"(Fatal Python error|Windows fatal exception): ([\w ,.()-]+)")


def _fault_lines(text: str) -> Iterator[str]:
    """Yield the lines of a fault that say where in the program it was, without any folder.

    What faulthandler writes has the paths of files, which are perhaps in a person's folder.
    Nothing but what is known is taken from it.
    """
    first, *rest = text.split("\n")
    yield first
    for line in rest:
        if found := _ENDED.match(line):
            yield f"{found[1]}: {found[2].strip()}"
        elif found := _THREAD.match(line):
            yield f"{found[1]} {found[2]}"
        elif found := _FRAME.match(line):
            # The name of a file, wherever the process ran that wrote it.
            yield f"  {PureWindowsPath(found[1]).name}:{found[2]} {found[3]}"
