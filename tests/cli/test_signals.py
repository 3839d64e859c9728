"""Ctrl+C and kill end a verb with a sentence and the usual exit code, and leave no half output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from editor.cli import main
from editor.core.commands import SaveHouse, SaveStory
from editor.core.story import Story
from editor.files import PART
from editor.places import data_folder
from editor.store.desk import Desk
from tests.reading import reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")

_VERB = """
import signal, sys
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.default_int_handler if number == 2 else signal.SIG_DFL)
from editor.trust import key_file
key_file.COST = 1
from editor.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""What `stonehand` does, in a process that ignores no signal, whoever runs the tests.

New keys open at once, as in the tests' own process.
"""


def signalled(
    started: Callable[[], bool], ending: signal.Signals, *words: object
) -> tuple[int, str]:
    """Run a verb, send a signal as soon as it has `started`; its exit code and its last words."""
    command = [sys.executable, "-c", _VERB, *map(str, words)]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(data_folder().parent)},
    ) as process:
        while process.poll() is None and not started():
            time.sleep(0.001)
        process.send_signal(ending)
        assert process.stderr is not None
        return process.wait(), process.stderr.read()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_backup_that_is_ended_leaves_no_file(
    desk_path: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    with Desk.open(desk_path) as desk:
        for number in range(2):
            body = "\n\n".join(os.urandom(4_000).hex() for _ in range(100))
            desk.do(SaveStory(Story(slug=f"long-{number}", body=body)), "Ines Duarte")
    out = tmp_path / "paper.stonehand-backup"
    code, words = signalled(
        lambda: any(tmp_path.glob(f".*{PART}")), ending, "backup", desk_path, "--out", out
    )
    assert (code, words.strip()) == (
        128 + ending,
        "Stopped. What was not finished was left as it was.",
    )
    assert not out.exists()
    assert not [*tmp_path.rglob(f"*{PART}"), *tmp_path.rglob(".stonehand-*")]
    with Desk.open(desk_path) as desk:
        assert reading(desk).verify_audit().reason == ""


def test_new_desk_that_is_ended_leaves_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "New.desk"
    code, words = signalled(
        lambda: any(tmp_path.glob(f".*{PART}")),
        *(signal.SIGTERM, "new", path, "--name", "Harbour Post", "--person", "Mara Quill"),
    )
    assert (code, "Stopped." in words) == (143, True)
    assert not list(tmp_path.glob(f".*{PART}"))
    assert not path.exists()


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_export_that_is_ended_leaves_the_earlier_one(
    desk_path: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out" / name
    words = ("export", "site", "--desk", desk_path, "--out", out, "--unsigned")
    assert main([str(word) for word in words]) == 0
    before = {path: path.read_bytes() for path in out.parent.rglob("*") if path.is_file()}
    with Desk.open(desk_path) as desk:
        house = reading(desk).house()
        desk.do(SaveHouse(replace(house, name="Another Post"), house.hash), "Nadia Rahman")
    code, last = signalled(lambda: any(out.parent.glob(".*")), signal.SIGTERM, *words)
    after = {path: path.read_bytes() for path in out.parent.rglob("*") if path.is_file()}
    if after == before:
        assert (code, "Stopped." in last) == (143, True)
    assert set(out.parent.iterdir()) == {out}
    assert main([str(word) for word in words]) == 0
