"""Processes that verify a desk beside this one: two take half the time, and the window stays free.

Each gets tasks, and answers one after the other. What a process does not answer, this
one does itself: it may have been ended, or somebody wrote to the desk before it began.
"""

from __future__ import annotations

import os
import pickle
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from sqlalchemy import Connection, func, select

from editor.processes import end_process, pipes_of, start_process
from editor.store.db.engine import Database, plain
from editor.store.db.schema import events

_AT_MOST = 4
"""Each has some 80 MB of memory."""

_NO_ANSWER = (OSError, EOFError, pickle.UnpicklingError)
_STEPS = 1_000_000
"""After so many steps of SQLite a process says that it is still at its task."""

Answer = TypeVar("Answer")
Answers_co = TypeVar("Answers_co", covariant=True)
OnCounted = Callable[[int], object]
"""Is told how much more of a task is done: at times that is nothing."""


class ProcessEnded(Exception):
    """A process did not answer: it was ended, failed, or saw another state of the desk."""


class Task(Protocol[Answers_co]):
    """Something to verify on a connection."""

    def run(self, connection: Connection, on_counted: OnCounted) -> Answers_co:
        """Do it; what it raises ends the process."""


class Waiting(Protocol):
    """What answers the tasks that it was asked, in their order."""

    def ask(self, task: Task[Any]) -> None:
        """Give it another task."""

    def answer(self, on_counted: OnCounted) -> Any:
        """Return what comes of the next task; what `on_counted` raises passes."""


class ThisProcess:
    """Does every task in this process, once its answer is wanted."""

    are_beside = False

    def __init__(self, connection: Connection, *tasks: Task[Any]) -> None:
        self._connection = connection
        self._tasks = deque(tasks)

    def start(self, *tasks: Task[Any]) -> ThisProcess:
        """Keep tasks of their own."""
        return ThisProcess(self._connection, *tasks)

    def ask(self, task: Task[Any]) -> None:
        """Keep another task."""
        self._tasks.append(task)

    def answer(self, on_counted: OnCounted) -> Any:
        """Do the next task."""
        return self._tasks.popleft().run(self._connection, on_counted)

    def answers(self, tasks: Iterable[Task[Answer]], on_counted: OnCounted) -> Iterator[Answer]:
        """Do tasks, one after the other."""
        return (task.run(self._connection, on_counted) for task in tasks)


class VerifyingProcess:
    """A process beside this one; it answers its tasks one after the other."""

    def __init__(self, state: tuple[str, int], seed: int) -> None:
        try:
            # Sums of hashes are added up between processes: see `search_words`.
            self._process = start_process(f"{__name__}:serve", PYTHONHASHSEED=str(seed))
        except OSError as error:
            raise ProcessEnded from error
        self._send(state)

    def ask(self, task: Task[Any]) -> None:
        """Give it another task; it begins when it has answered those before."""
        self._send(task)

    def answer(self, on_counted: OnCounted) -> Any:
        """Wait for what comes of the next task. Raises ProcessEnded."""
        _requests, answers = pipes_of(self._process)
        try:
            while isinstance(found := pickle.load(answers), int):  # noqa: S301  ours
                on_counted(found)
        except _NO_ANSWER as error:
            raise ProcessEnded from error
        return found[0]

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def end(self) -> None:
        """End it, whatever it does."""
        end_process(self._process)

    def _send(self, value: object) -> None:
        requests, _answers = pipes_of(self._process)
        try:
            pickle.dump(value, requests)
            requests.flush()
        except OSError as error:
            self.end()
            raise ProcessEnded from error


class VerifyingProcesses:
    """Some processes for the state of a desk that a connection sees; they end with it.

    Raises ProcessEnded where one does not answer.
    """

    are_beside = True

    def __init__(self, connection: Connection, count: int) -> None:
        self._state = _file(connection), last_id(connection)
        self._count = count
        self._seed = 1 + secrets.randbelow((1 << 32) - 1)
        self._all: list[VerifyingProcess] = []

    def __enter__(self) -> VerifyingProcesses:
        return self

    def __exit__(self, *_raised: object) -> None:
        for process in self._all:
            process.end()

    def start(self, *tasks: Task[Any]) -> VerifyingProcess:
        """Start a process of their own for some tasks."""
        process = VerifyingProcess(self._state, self._seed)
        self._all.append(process)
        for task in tasks:
            process.ask(task)
        return process

    def answers(self, tasks: Iterable[Task[Answer]], on_counted: OnCounted) -> Iterator[Answer]:
        """Yield what comes of tasks, in their order."""
        busy: deque[VerifyingProcess] = deque()
        for task in tasks:
            if len(busy) < self._count:
                busy.append(self.start(task))
            else:
                process = busy.popleft()
                answer = process.answer(on_counted)
                process.ask(task)
                busy.append(process)
                yield answer
        while busy:
            yield busy.popleft().answer(on_counted)


def processes_at_once() -> int:
    """How many processes this computer has processors for."""
    return min(os.cpu_count() or 1, _AT_MOST)


def last_id(connection: Connection) -> int:
    """The id of the entry that arrived last."""
    return int(connection.scalar(select(func.max(events.c.id))) or 0)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer the tasks of another process until it ends, if both see the same state."""

    def send(value: object) -> None:
        pickle.dump(value, answers)
        answers.flush()

    file, last = pickle.load(requests)  # noqa: S301  from the process that started this one
    database = Database(Path(file).parent, is_open=True)
    with closing(database), database.read() as connection, suppress(EOFError):
        plain(connection).set_progress_handler(lambda: send(0), _STEPS)
        while last_id(connection) == last:
            task = pickle.load(requests)  # noqa: S301
            send((task.run(connection, send),))


def _file(connection: Connection) -> str:
    """The file of a connection's database."""
    return str(plain(connection).execute("PRAGMA database_list").fetchone()[2])
