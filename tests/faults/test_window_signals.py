"""The system ends Stonehand: kill, a closed terminal, Ctrl+C, a log-out. No word is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.files import PART
from editor.gui.window.window_state import load_window_state
from tests.faults.test_window_kill import (
    ROOT,
    Output,
    in_banner,
    in_note,
    in_story,
    prepared,
    reopened,
    sound,
)
from tests.reading import reading

SCRIPT = Path(__file__).with_name("window_until_signal.py")
WORDS = 15

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def typed_until(
    desk: Path, story: str, scene: str, ending: signal.Signals | None
) -> tuple[Output, int]:
    """What was typed until the process ended, and its exit code."""
    output, how = Output(), "signal" if ending else "log-out"
    command = [sys.executable, str(SCRIPT), str(desk), story, scene, how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        watchdog = Timer(90, process.kill)
        watchdog.start()
        for line in process.stdout:
            if line.startswith("typed"):
                output.hear(line)
                if ending and len(output.typed) == WORDS:
                    process.send_signal(ending)
        watchdog.cancel()
        return output, process.wait()


@pytest.mark.parametrize(
    ("ending", "scene"),
    [
        (signal.SIGTERM, "story"),
        (signal.SIGHUP, "note"),
        (signal.SIGINT, "banner"),
        (None, "story"),
    ],
)
def test_text_typed_until_the_system_ends_the_process_is_all_there(
    tmp_path: Path,
    ending: signal.Signals | None,
    scene: str,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "post.desk"
    story = prepared(path)
    output, code = typed_until(path, story, scene, ending)
    assert len(output.typed) >= WORDS
    assert code == (128 + ending if ending else -signal.SIGKILL)
    assert not [left for left in path.rglob("*") if left.name.endswith(PART)]
    if ending:
        assert load_window_state().on_desk(path)["story"] == story
    sound(path)
    with reopened(path, qtbot) as window:
        assert reading(window.session.desk).stored(story).version == 1, "nobody saved a version"
        if scene == "story":
            back = in_story(window, output)
        else:
            back = in_note(window, qtbot) if scene == "note" else in_banner(window, qtbot)
    assert back == list(range(1, len(output.typed) + 1))
