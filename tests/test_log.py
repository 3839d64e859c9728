"""The log costs nobody anything where it can't be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor.log import log_folder

_WRITE = """
import logging, sys
from editor.log import log, start_log
start_log()
for number in range(200):
    log.info("%s", "x" * 20_000)
log.error("An error")
"""


def written(python: str, data: Path) -> str:
    """Return what a process that logs more than a file may have prints on stderr."""
    environment = {**os.environ, "STONEHAND_DATA": str(data)}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    found = subprocess.run(
        [python, "-c", _WRITE], env=environment, capture_output=True, text=True, check=True
    )
    return found.stderr


def test_log_is_rotated(python: str) -> None:
    assert written(python, log_folder().parent) == ""
    assert {file.name for file in log_folder().iterdir()} == {
        "stonehand.log", "stonehand.log.1", "stonehand.log.2",
    }  # fmt: skip


def test_where_no_log_can_be_written_only_errors_are_shown(python: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    [line] = written(python, tmp_path / "file").splitlines()
    assert line.endswith("ERROR stonehand: An error")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets a full file be opened again")
def test_log_that_can_not_be_rotated_prints_nothing(python: str, tmp_path: Path) -> None:
    (tmp_path / "logs" / "stonehand.log.1" / "inside").mkdir(parents=True)
    assert written(python, tmp_path) == ""


def test_bug_in_a_line_of_the_log_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from editor.log import log, start_log

    monkeypatch.setenv("STONEHAND_DATA", str(tmp_path))
    monkeypatch.setattr(log, "propagate", False)  # to pytest, which raises it
    before = log.handlers[:]
    start_log()
    try:
        log.info("%d", "no number")
    finally:
        [made] = [handler for handler in log.handlers if handler not in before]
        log.removeHandler(made)
        made.close()
    assert "no number" in capsys.readouterr().err


def test_log_that_is_started_again_is_written_once_and_where_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from editor.log import log, log_folder, start_log

    before = len(log.handlers)
    for folder in ("first", "second"):
        monkeypatch.setenv("STONEHAND_DATA", str(tmp_path / folder))
        start_log()
    log.info("Once")
    assert log_folder() == tmp_path / "second" / "logs"
    assert (log_folder() / "stonehand.log").read_text(encoding="utf-8").count("Once") == 1
    assert not (tmp_path / "first" / "logs" / "stonehand.log").read_text(encoding="utf-8")
    assert len(log.handlers) <= before + 1
