"""The latest of many requests, answered off the main thread: typing never queues up work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject

from editor.errors import EditorError
from editor.gui.jobs import Jobs, Lane, Work
from editor.gui.widgets.layout import once

T = TypeVar("T")


class Coalescer(QObject, Generic[T]):
    """Run one job at a time, and after it at most one more: the latest.

    `prepare` is called on the main thread when a job can start, and gives the
    job, or None where nothing is to be done. `on_done` gets its result. A
    result that a later request has made stale is dropped, or with
    `show_stale` delivered all the same, as one step on the way.
    """

    def __init__(  # noqa: PLR0913 - what is run, who hears of it, and when
        self,
        jobs: Jobs,
        parent: QObject,
        prepare: Callable[[], Work[T] | None],
        on_done: Callable[[T], object],
        on_failed: Callable[[EditorError], object] | None = None,
        *,
        lane: Lane = "render",
        pause_ms: int = 0,
        longest_ms: int = 0,
        show_stale: bool = False,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._lane = jobs, lane
        self._prepare, self._on_done, self._on_failed = prepare, on_done, on_failed
        self._pause_ms, self._longest_ms, self._show_stale = pause_ms, longest_ms, show_stale
        self._timer = once(self, self._start)
        self._waiting_since = QElapsedTimer()
        self._number = 0
        self._is_running = self._is_asked = False

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._is_running

    @property
    def pending(self) -> bool:
        """Whether a request waits: for the pause, or for the job that is under way."""
        return self._timer.isActive() or self._is_asked

    def ask(self, pause_ms: int | None = None) -> None:
        """Ask for a job: after the usual pause, after so many milliseconds, or with 0 at once.

        Each request begins the usual pause again, but none waits longer than `longest_ms`.
        """
        pause = self._usual_pause() if pause_ms is None else pause_ms
        self._is_asked = self._is_asked or self._is_running
        if pause:
            self._timer.start(pause)
        else:
            self._start()

    def drop_requests(self) -> None:
        """Start nothing more until the next request; what is under way is delivered."""
        self._timer.stop()
        self._waiting_since.invalidate()
        self._is_asked = False

    def cancel(self) -> None:
        """Drop what waits, and the answer to what is under way."""
        self.drop_requests()
        self._number += 1
        self._is_running = False

    def _usual_pause(self) -> int:
        if not self._longest_ms:
            return self._pause_ms
        if not self._waiting_since.isValid():
            self._waiting_since.start()
        return min(self._pause_ms, max(0, self._longest_ms - self._waiting_since.elapsed()))

    def _start(self) -> None:
        self._timer.stop()
        if self._is_running:
            self._is_asked = True
            return
        self.drop_requests()
        job = self._prepare()
        if job is None:
            return
        self._number += 1
        self._is_running = True
        self._jobs.run(
            job,
            owner=self,
            done=partial(self._done, self._number),
            failed=partial(self._fail, self._number),
            ended=partial(self._end, self._number),
            lane=self._lane,
        )

    def _done(self, number: int, result: T) -> None:
        if number == self._number and (self._show_stale or not self._is_asked):
            self._on_done(result)

    def _fail(self, number: int, error: EditorError) -> None:
        if number == self._number and self._on_failed is not None:
            self._on_failed(error)

    def _end(self, number: int) -> None:
        if number != self._number:
            return
        self._is_running = False
        if self._is_asked and not self._timer.isActive():
            self._start()


class LastAnswer:
    """Deliver the answer to the question asked last; answers to earlier ones are dropped."""

    def __init__(self) -> None:
        self._number = 0

    def only(self, done: Callable[[T], object]) -> Callable[[T], None]:
        """Wrap `done` for a new question: it is not called once another was asked."""
        self.drop()
        number = self._number

        def deliver(answer: T) -> None:
            if number == self._number:
                done(answer)

        return deliver

    def drop(self) -> None:
        """Drop the answer that is awaited."""
        self._number += 1
