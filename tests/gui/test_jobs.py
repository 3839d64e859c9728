"""Work off the main thread, delivered on it."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from editor.errors import EditorError, Stale
from editor.gui.jobs import Jobs, Lane
from editor.progress import Progress


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_known_problem_goes_to_failed_and_not_to_done(
    qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    delivered: list[object] = []

    def job(_progress: Progress) -> None:
        raise Stale("The story was changed.", "Look at both.")

    workers.run(job, owner=owner, done=lambda _r: delivered.append("done"), failed=delivered.append)
    qtbot.waitUntil(lambda: not workers.busy)
    [error] = delivered
    assert isinstance(error, EditorError)
    assert error.hint == "Look at both."


class Callback:
    """Notes the thread on which it was dropped."""

    def __init__(self, dropped: list[str]) -> None:
        self._dropped = dropped

    def __call__(self, *_values: object) -> None:
        """Take what is delivered."""

    def __del__(self) -> None:
        self._dropped.append(threading.current_thread().name)


def test_callbacks_are_dropped_on_the_main_thread(
    qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    """On another thread Qt would disconnect their signals, which the main thread waits for."""
    dropped: list[str] = []
    for _time in range(200):
        workers.run(Callback(dropped), owner=owner, done=Callback(dropped), lane="store")
    qtbot.waitUntil(lambda: not workers.busy)
    workers.wait_for("store")
    assert set(dropped) == {threading.main_thread().name}
    assert len(dropped) == 400


def test_bug_is_reported_without_values_and_the_lane_goes_on(
    qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    delivered: list[object] = []

    def bug(_progress: Progress) -> None:
        raise ZeroDivisionError("secret words of a story")

    with qtbot.waitSignal(workers.crashed) as crash:
        workers.run(bug, owner=owner, done=delivered.append, failed=delivered.append, lane="store")
    workers.run(lambda _progress: "still alive", owner=owner, done=delivered.append, lane="store")
    qtbot.waitUntil(lambda: not workers.busy)
    report = Path(crash.args[0]).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report
    assert "secret" not in report
    assert delivered == ["still alive"]


def test_place_that_the_system_refuses_is_a_known_problem(
    qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    refused: list[EditorError] = []

    def job(_progress: Progress) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/home/ana/Paper.desk")

    workers.run(job, owner=owner, failed=refused.append, lane="store")
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].sentence == "/home/ana/Paper.desk can't be used: Permission denied."
    # Where nobody takes a refusal it is reported.
    with qtbot.waitSignal(workers.crashed):
        workers.run(job, owner=owner, lane="store")


def test_cancelled_job_delivers_nothing(qtbot: QtBot, workers: Jobs, owner: QObject) -> None:
    delivered: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def job(progress: Progress) -> None:
        begun.set()
        go_on.wait(10)
        progress.report(1, 2)

    handle = workers.run(job, owner=owner, done=delivered.append, failed=delivered.append)
    assert begun.wait(10)
    handle.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not workers.busy)
    assert delivered == []


def test_callbacks_arrive_on_the_main_thread(qtbot: QtBot, workers: Jobs, owner: QObject) -> None:
    threads: list[tuple[int, int]] = []
    workers.run(
        lambda _progress: threading.get_ident(),
        owner=owner,
        done=lambda worker: threads.append((worker, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(threads))
    worker, main = threads[0]
    assert main == threading.get_ident() != worker


def test_the_store_lane_is_one_thread_in_order(qtbot: QtBot, workers: Jobs, owner: QObject) -> None:
    done: list[int] = []
    idents: set[int] = set()

    def job(number: int) -> int:
        idents.add(threading.get_ident())
        return number

    for number in range(30):
        workers.run(
            lambda _progress, number=number: job(number),
            owner=owner,
            done=done.append,
            lane="store",
        )
    qtbot.waitUntil(lambda: not workers.busy)
    assert done == list(range(30))
    assert len(idents) == 1


def test_reports_are_thinned_but_the_last_one_is_shown(
    qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    seen: list[tuple[int, int, str]] = []

    def job(progress: Progress) -> None:
        for step in range(5_000):
            progress.report(step + 1, 5_000, "pages")

    workers.run(job, owner=owner, on_progress=lambda *report: seen.append(report))
    qtbot.waitUntil(lambda: not workers.busy)
    assert seen[-1] == (5_000, 5_000, "pages")
    assert len(seen) < 5_000


def test_nothing_is_delivered_to_an_owner_that_was_deleted(
    qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    delivered: list[object] = []
    go_on = threading.Event()
    workers.run(
        lambda _progress: go_on.wait(10),
        owner=owner,
        done=delivered.append,
        ended=lambda: delivered.append("ended"),
    )
    delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: not workers.busy)
    assert delivered == []


@pytest.mark.parametrize("lane", ["store", "journal", "render"])
def test_long_work_delays_no_other_lane(
    lane: Lane, qtbot: QtBot, workers: Jobs, owner: QObject
) -> None:
    """Two slow imports must not keep unsaved text from the disk, or a save from the desk."""
    go_on = threading.Event()
    for _number in range(2):
        workers.run(lambda _progress: go_on.wait(10), owner=owner)
    done: list[str] = []
    workers.run(lambda _progress: lane, owner=owner, done=done.append, lane=lane)
    qtbot.waitUntil(lambda: done == [lane])
    assert not go_on.is_set()
    go_on.set()


def test_after_closing_nothing_is_started(workers: Jobs, owner: QObject) -> None:
    begun: list[int] = []
    workers.close()
    workers.run(lambda _progress: begun.append(1), owner=owner)
    assert begun == []
    assert not workers.busy


def test_what_takes_its_time_is_cancelled_when_the_window_closes(
    workers: Jobs, owner: QObject
) -> None:
    began = threading.Event()

    def long(progress: Progress) -> None:
        began.set()
        while True:
            progress.report(0, 1)

    workers.run(long, owner=owner)
    assert began.wait(10)
    workers.close()
