"""A crash loses at most two seconds of typing, and the text comes back by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.draft.draft import Draft
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.store.desk import Desk
from tests.reading import reading

_TYPIST = Path(__file__).with_name("typist.py")
_PROMISED_S = 2.0


@pytest.fixture
def typed(write: Callable[..., str], desk: Desk, python: str) -> tuple[str, list[str]]:
    """A story that another process typed into until kill -9; what it had typed, line by line."""
    if sys.platform == "win32":
        pytest.skip("Windows has no kill -9")
    story = write("ferry", body="")
    desk.close()
    command = [python, str(_TYPIST), str(desk.path), story]
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as typist:
        assert typist.stdout is not None
        lines: list[str] = []
        for line in typist.stdout:
            lines.append(line)
            first, last = (float(line.split()[0]) for line in (lines[0], lines[-1]))
            if last - first > 3 * _PROMISED_S:
                break
        typist.send_signal(signal.SIGKILL)
        lines += typist.stdout.readlines()
    return story, lines


def test_text_typed_until_a_kill_comes_back(
    typed: tuple[str, list[str]], desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    story, lines = typed
    times = {int(count): float(at) for at, count in (line.split() for line in lines)}
    with Desk.open(desk.path) as again:
        jobs = Jobs()
        session = Session(again, jobs)
        draft = Draft(session)
        form = StoryForm(session, draft)
        qtbot.addWidget(form)
        with qtbot.waitSignal(draft.opened):
            draft.open(story)
        numbers = [int(number) for number in draft.typed.body.split()]
        assert numbers == list(range(1, len(numbers) + 1)), "in order, with no gap"
        killed_at = max(times.values())
        lost = [at for count, at in times.items() if count > len(numbers)]
        # Twice what is promised: the machine may be busy with other tests.
        assert all(killed_at - at <= 2 * _PROMISED_S for at in lost)
        assert form.body.text().split() == draft.typed.body.split()
        assert "back" in form.notice.text()
        draft.close()
        qtbot.waitUntil(lambda: not jobs.busy)
        jobs.close()
        assert reading(again).stored(story).story.body.split() == [
            str(number) for number in numbers
        ]
