"""Where garbage is collected while the window's threads run."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from editor.gui.jobs import Jobs


class Cycle:
    """Garbage that only the collector can free; notes the thread that freed it."""

    def __init__(self, freed_by: list[threading.Thread]) -> None:
        self.me, self._freed_by = self, freed_by

    def __del__(self) -> None:
        self._freed_by.append(threading.current_thread())


def make_many(_progress: object) -> list[list[int]]:
    """Make so many objects that a collection is due several times over."""
    return [[number] for number in range(20_000)]


@pytest.fixture
def jobs(qapp: object) -> Jobs:
    return Jobs()


def test_garbage_is_freed_on_the_main_thread_alone(jobs: Jobs, qtbot: QtBot) -> None:
    """A worker that frees what Qt has connected can wait for ever, and the window with it."""
    freed_by: list[threading.Thread] = []
    made: list[list[list[int]]] = []
    owner = QObject()
    Cycle(freed_by)
    for _ in range(3):
        jobs.run(make_many, owner=owner, done=made.append)
    qtbot.waitUntil(lambda: len(made) == 3)
    qtbot.waitUntil(lambda: bool(freed_by), timeout=20_000)
    assert freed_by == [threading.main_thread()]
    jobs.close()


def test_python_collects_by_itself_once_the_last_jobs_are_closed(qapp: object) -> None:
    before = gc.isenabled()
    first, second = Jobs(), Jobs()
    first.close()
    assert not gc.isenabled()
    second.close()
    second.close()
    assert gc.isenabled() is before
