"""Work off the main thread, delivered on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from editor.errors import EditorError, Stale
from editor.gui.jobs import Jobs
from editor.progress import Progress


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_a_known_problem_goes_to_failed_and_not_to_done(qtbot: QtBot, workers: Jobs) -> None:
    heard: list[object] = []

    def job(_progress: Progress) -> None:
        raise Stale("The story was changed.", "Look at both.")

    workers.run(job, lambda _r: heard.append("done"), heard.append)
    qtbot.waitUntil(lambda: not workers.busy)
    [error] = heard
    assert isinstance(error, EditorError)
    assert error.hint == "Look at both."


def test_a_bug_is_reported_without_values_and_the_lane_goes_on(qtbot: QtBot, workers: Jobs) -> None:
    heard: list[object] = []

    def bug(_progress: Progress) -> None:
        raise ZeroDivisionError("secret words of a story")

    with qtbot.waitSignal(workers.crashed) as crash:
        workers.run(bug, heard.append, heard.append, lane="store")
    workers.run(lambda _progress: "still alive", heard.append, lane="store")
    qtbot.waitUntil(lambda: not workers.busy)
    report = Path(crash.args[0]).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report
    assert "secret" not in report
    assert heard == ["still alive"]


def test_a_cancelled_job_calls_nobody(qtbot: QtBot, workers: Jobs) -> None:
    heard: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def job(progress: Progress) -> None:
        begun.set()
        go_on.wait(10)
        progress.report(1, 2)

    handle = workers.run(job, heard.append, heard.append)
    assert begun.wait(10)
    handle.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not workers.busy)
    assert heard == []


def test_callbacks_arrive_on_the_main_thread(qtbot: QtBot, workers: Jobs) -> None:
    threads: list[tuple[int, int]] = []
    workers.run(
        lambda _progress: threading.get_ident(),
        lambda worker: threads.append((worker, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(threads))
    worker, main = threads[0]
    assert main == threading.get_ident() != worker


def test_the_store_lane_is_one_thread_in_order(qtbot: QtBot, workers: Jobs) -> None:
    done: list[int] = []
    idents: set[int] = set()

    def job(number: int) -> int:
        idents.add(threading.get_ident())
        return number

    for number in range(30):
        workers.run(lambda _progress, number=number: job(number), done.append, lane="store")
    qtbot.waitUntil(lambda: not workers.busy)
    assert done == list(range(30))
    assert len(idents) == 1


def test_reports_are_thinned_but_the_last_one_is_shown(qtbot: QtBot, workers: Jobs) -> None:
    seen: list[tuple[int, int, str]] = []

    def job(progress: Progress) -> None:
        for step in range(5_000):
            progress.report(step + 1, 5_000, "pages")

    workers.run(job, watch=lambda *report: seen.append(report))
    qtbot.waitUntil(lambda: not workers.busy)
    assert seen[-1] == (5_000, 5_000, "pages")
    assert len(seen) < 5_000


def test_a_callback_of_a_gone_object_is_not_called(qtbot: QtBot, workers: Jobs) -> None:
    class Panel(QObject):
        called = False

        def show(self, _result: object) -> None:
            Panel.called = True

    panel = Panel()
    go_on = threading.Event()
    workers.run(lambda _progress: go_on.wait(10), panel.show)
    delete(panel)
    go_on.set()
    qtbot.waitUntil(lambda: not workers.busy)
    assert not Panel.called


def test_after_closing_nothing_is_begun(workers: Jobs) -> None:
    begun: list[int] = []
    workers.close()
    workers.run(lambda _progress: begun.append(1), begun.append)
    assert begun == []
    assert not workers.busy
