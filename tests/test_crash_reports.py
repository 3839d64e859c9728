"""Reports of bugs and of sudden ends have no secret, are few, and outlive a real fault."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor import in_use
from editor.crash_reports import (
    crash_reports,
    noted_refusal,
    report_faults,
    report_thread,
    save_crash_report,
    save_report,
)
from editor.log import log_folder

SECRET = "Qzjxv"
"""Is in all that a report may not have: a text, a person's name, a desk's path."""

_FAULTY = f"""
import ctypes, os, signal, sys
from editor.crash_reports import watch_for_faults
watch_for_faults()
print("ready", flush=True)
def {{name}}(headline):
    {{end}}
{{name}}("{SECRET} headline")
"""


def broken(headline: str) -> Path | None:
    """Save the report of a bug that has a secret in each place where Python keeps values."""
    try:
        try:
            Path(f"/home/{SECRET}/Paper.desk").read_text(encoding="utf-8")
        except OSError as cause:
            raise RuntimeError(headline) from cause
    except RuntimeError as error:
        return save_crash_report(type(error), error, error.__traceback__)
    return None


def test_report_has_the_frames_and_causes_but_no_value() -> None:
    path = broken(f"{SECRET} headline")
    assert path is not None
    assert path.parent == log_folder()
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[1] == "builtins.RuntimeError"
    assert "test_crash_reports.py:" in text
    assert "after builtins.FileNotFoundError" in text
    assert sys.platform in text
    assert SECRET not in text
    assert "/" not in text.replace("Stonehand", "")
    [report] = crash_reports()
    assert (report.path, report.text, report.title) == (path, text, "RuntimeError")


def test_bug_that_happens_again_has_one_report_of_the_last_time() -> None:
    paths = {save_report(f"bug {number % 2}\n") for number in range(40)}
    assert len(paths) == len(crash_reports()) == 2
    first = crash_reports()[-1]
    os.utime(first.path, (1, 1))
    save_report(first.text.partition("\n")[2])
    assert crash_reports()[0].path == first.path
    assert crash_reports()[0].at > datetime(2026, 1, 1, tzinfo=UTC)


def test_only_the_latest_reports_are_kept_and_no_old_ones() -> None:
    for number in range(30):
        save_report(f"bug {number}\n")
    titles = {report.title for report in crash_reports()}
    assert titles == {f"bug {number}" for number in range(10, 30)}
    old = (datetime.now(UTC) - timedelta(days=100)).timestamp()
    for report in crash_reports()[1:]:
        os.utime(report.path, (old, old))
    report_faults()
    assert len(crash_reports()) == 1


def test_folder_that_can_not_be_written_costs_only_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STONEHAND_DATA", str(tmp_path / "file"))
    assert save_report("bug\n") is None
    assert crash_reports() == []
    assert report_faults() == []


def test_report_is_whole_or_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_disk(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fill_disk)
        assert save_report("bug\n") is None
    assert list(log_folder().iterdir()) == []
    path = save_report("a file named \udcff.py\n")
    assert path is not None
    assert path.read_text(encoding="utf-8").endswith("a file named ?.py\n")


def test_what_the_system_refuses_leaves_a_trace_in_the_log_but_no_report(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise PermissionError(errno.EACCES, "Permission denied", SECRET)
    except PermissionError as error:
        problem = noted_refusal(error)
    assert problem is not None
    assert "PermissionError" in caplog.text
    assert "test_what_the_system_refuses" in caplog.text
    assert SECRET not in caplog.text
    assert crash_reports() == []
    assert noted_refusal(LookupError(SECRET)) is None


def test_bug_in_a_thread_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise LookupError(SECRET)

    monkeypatch.setattr(threading, "excepthook", report_thread)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    [report] = crash_reports()
    assert report.title == "LookupError"
    assert SECRET not in report.text


def faulty(python: str, folder: Path, end: str) -> subprocess.Popen[str]:
    """Start a process in a person's folder that watches for faults, and ends in some way."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "faulty.py"
    script.write_text(_FAULTY.format(name="typeset", end=end), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [python, str(script)], env=environment, stdin=pipe, stdout=pipe, text=True
    )


def faults() -> list[Path]:
    return sorted(log_folder().glob("fault-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process in another way")
@pytest.mark.parametrize(
    ("end", "number", "title"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", signal.SIGSEGV, "Segmentation fault"),
        ("os.abort()", signal.SIGABRT, "Aborted"),
    ],
)
def test_fault_of_a_real_process_is_reported_by_the_next_start(
    python: str, tmp_path: Path, end: str, number: signal.Signals, title: str
) -> None:
    with faulty(python, tmp_path / SECRET, end) as process:
        process.communicate()
    assert process.returncode == -number
    [path] = report_faults()
    assert faults() == []
    [report] = crash_reports()
    assert (report.path, report.title) == (path, title)
    assert "  faulty.py:" in report.text
    assert " typeset\n" in report.text
    assert report.text.startswith("Stonehand ")
    assert SECRET not in report.text
    assert "/" not in report.text
    assert report_faults() == [], "it is said once"


@pytest.mark.parametrize("end", ["pass", "raise SystemExit(3)"])
def test_process_that_ends_as_it_should_leaves_nothing(
    python: str, tmp_path: Path, end: str
) -> None:
    with faulty(python, tmp_path, end) as process:
        process.communicate()
    assert faults() == []
    assert report_faults() == []


def test_process_that_runs_or_was_killed_has_no_report(python: str, tmp_path: Path) -> None:
    with faulty(python, tmp_path, "sys.stdin.read()") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert report_faults() == []
        assert len(faults()) == 1, "it is left to the process that runs"
        process.kill()
    assert report_faults() == []
    assert faults() == []
    assert crash_reports() == []


def test_fault_is_reported_once_however_many_start_and_where_the_lock_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on Windows: the lock is elsewhere in the file, and no file is removed that is open."""
    log_folder().mkdir(parents=True)
    left = log_folder() / "fault-0.txt"
    left.write_text("Stonehand\nFatal Python error: Aborted\n", encoding="utf-8")
    monkeypatch.setattr(in_use, "_lock", lambda file: file.seek(1 << 20))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert len(report_faults()) == 1
        assert report_faults() == []
    assert report_faults() == []
    assert (faults(), len(crash_reports())) == ([], 1)


def refuse(path: Path, missing_ok: bool = False) -> None:
    raise PermissionError(path)


def test_nothing_unknown_is_taken_from_what_a_fault_left() -> None:
    log_folder().mkdir(parents=True)
    (log_folder() / "fault-0.txt").write_text(
        "Stonehand 0.1.0, Python 3.11.7, linux\n"
        f"Fatal Python error: Segmentation fault\n\n{SECRET}\n"
        f"Current thread 0x00007f (most recent call first): {SECRET}\n"
        f'  File "/home/{SECRET}/a b.py", line 7 in render\n'
        f'  File "C:\\Users\\{SECRET}\\c.py", line 8 in main\n  <no Python frame>\n'
        f"Extension modules: {SECRET} (total: 1)\n",
        encoding="utf-8",
    )
    [path] = report_faults()
    assert path.read_text(encoding="utf-8").splitlines() == [
        "Stonehand 0.1.0, Python 3.11.7, linux",
        "Fatal Python error: Segmentation fault",
        "Current thread 0x00007f",
        "  a b.py:7 render",
        "  c.py:8 main",
    ]
