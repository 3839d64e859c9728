"""One job under way, one waiting, stale answers dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from editor.errors import BadValue, EditorError
from editor.gui.coalescer import Coalescer, LastAnswer
from editor.gui.jobs import Jobs, Work
from editor.progress import Progress


class Asker(QObject):
    """Asks for numbers; each job waits at a gate, and `started` lists those that began."""

    def __init__(self, jobs: Jobs, *, show_stale: bool = False, pause_ms: int = 0) -> None:
        super().__init__()
        self.wanted = 0
        self.gate = threading.Event()
        self.started: list[int] = []
        self.answers: list[int] = []
        self.errors: list[EditorError] = []
        self.coalescer = Coalescer[int](
            jobs,
            self,
            self._prepare,
            self.answers.append,
            self.errors.append,
            show_stale=show_stale,
            pause_ms=pause_ms,
        )

    def ask(self, number: int) -> None:
        self.wanted = number
        self.coalescer.ask()

    def _prepare(self) -> Work[int] | None:
        number = self.wanted
        if not number:
            return None

        def job(_progress: Progress) -> int:
            self.started.append(number)
            self.gate.wait(10)
            if number < 0:
                raise BadValue("The template is broken.")
            return number

        return job


Make = Callable[..., Asker]


@pytest.fixture
def make(jobs: Jobs) -> Iterator[Make]:
    made: list[Asker] = []

    def asker(**options: bool | int) -> Asker:
        made.append(Asker(jobs, **options))  # type: ignore[arg-type]
        return made[-1]

    yield asker
    for asker in made:
        asker.gate.set()


def test_only_the_latest_of_many_requests_follows_the_one_under_way(
    make: Make, qtbot: QtBot
) -> None:
    asker = make()
    for number in range(1, 51):
        asker.ask(number)
    asker.gate.set()
    qtbot.waitUntil(lambda: not asker.coalescer.busy)
    assert asker.started == [1, 50]
    assert asker.answers == [50]


def test_stale_answers_are_shown_on_the_way_where_wanted(make: Make, qtbot: QtBot) -> None:
    asker = make(show_stale=True)
    for number in range(1, 51):
        asker.ask(number)
    asker.gate.set()
    qtbot.waitUntil(lambda: not asker.coalescer.busy)
    assert asker.answers == [1, 50]


def test_cancelled_answer_is_dropped(make: Make, jobs: Jobs, qtbot: QtBot) -> None:
    asker = make()
    asker.ask(1)
    asker.coalescer.cancel()
    asker.ask(2)
    asker.gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert asker.answers == [2]


def test_known_problem_is_reported_and_the_next_request_is_served(make: Make, qtbot: QtBot) -> None:
    asker = make()
    asker.gate.set()
    asker.ask(-1)
    asker.ask(2)
    qtbot.waitUntil(lambda: bool(asker.answers))
    assert [str(error) for error in asker.errors] == ["The template is broken."]


def test_bug_in_a_job_does_not_block_the_next_request(qtbot: QtBot, make: Make) -> None:
    jobs = Jobs()
    asker = Asker(jobs)
    asker.gate.set()
    asker.started = None  # type: ignore[assignment]  # appending to it is the bug
    with qtbot.waitSignal(jobs.crashed):
        asker.ask(1)
    asker.started = []
    asker.ask(2)
    qtbot.waitUntil(lambda: asker.answers == [2])
    jobs.close()


def test_nothing_to_do_starts_no_job(make: Make, jobs: Jobs) -> None:
    asker = make()
    asker.ask(0)
    assert not asker.coalescer.busy
    assert not jobs.busy


def test_requests_within_the_pause_become_one(make: Make, qtbot: QtBot) -> None:
    asker = make(pause_ms=30)
    asker.gate.set()
    for number in range(1, 11):
        asker.ask(number)
    assert asker.coalescer.pending
    qtbot.waitUntil(lambda: bool(asker.answers))
    assert asker.started == [10]


def test_no_answer_reaches_an_asker_that_was_deleted(make: Make, jobs: Jobs, qtbot: QtBot) -> None:
    asker = make()
    answers, gate = asker.answers, asker.gate
    asker.ask(1)
    delete(asker)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert answers == []


def test_only_the_answer_to_the_last_question_is_delivered() -> None:
    last_answer, answers = LastAnswer(), list[int]()
    first = last_answer.only(answers.append)
    second = last_answer.only(answers.append)
    second(2)
    first(1)
    assert answers == [2]
    third = last_answer.only(answers.append)
    last_answer.drop()
    third(3)
    assert answers == [2]
