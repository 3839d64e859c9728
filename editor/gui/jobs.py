"""Work off the main thread, and the one place where its results come back to Qt."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Final, Literal, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from editor.crash_reports import noted_refusal, save_crash_report
from editor.errors import Cancelled, EditorError
from editor.gui.garbage import MainThreadCollector
from editor.progress import Progress

T = TypeVar("T")
Work: TypeAlias = Callable[[Progress], T]
Lane: TypeAlias = Literal["store", "journal", "render", "spelling", "work", "ahead"]
OnProgress: TypeAlias = Callable[[int, int, str], object]

_LANES: Final[dict[Lane, int]] = {
    "store": 1,  # the desk, one command or query after the other: it needs no locks
    "journal": 1,  # unsaved text, on disk within two seconds whatever else is under way
    "render": 1,  # what a person who types waits for: page, findings, word count
    "spelling": 1,  # words looked up and suggested; dictionaries, which answer one at a time
    "work": 2,  # all that may take its time: imports, exports, pictures, comparisons
    "ahead": 1,  # what nobody waits for yet: pictures as an export will need them
}
"""How many threads each lane has."""
_CANCELLED = ("work", "ahead")
"""The lanes whose jobs are cancelled when nobody would see what comes of them."""

_FOR_EYES = ("render", "spelling")
"""The lanes whose jobs nobody needs who doesn't see the window."""

_LONGEST_HOLD_S = 0.0005
"""How long a worker holds Python's lock while the main thread waits for it.

A key takes the lock again after each step that Qt does, so with Python's usual 5 ms
one key beside a worker would wait for a tenth of a second.
"""


@dataclass(frozen=True, slots=True)
class _Delivery:
    """Who gets what a job comes to, always on the main thread."""

    owner: QObject
    done: Callable[[Any], object] | None
    failed: Callable[[EditorError], object] | None
    ended: Callable[[], object] | None
    on_progress: OnProgress | None


class Job:
    """A piece of work under way. Whoever started it may cancel it."""

    def __init__(self) -> None:
        self.progress = Progress()
        self._report: tuple[int, int, str] | None = None
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; neither `done` nor `failed` is called then."""
        self.progress.cancel()

    def hold_report(self, report: tuple[int, int, str]) -> bool:
        """Hold the latest report until it is shown; True when none was held before."""
        with self._lock:
            is_first = self._report is None
            self._report = report
            return is_first

    def take_report(self) -> tuple[int, int, str] | None:
        """Return the report that is held, once."""
        with self._lock:
            report, self._report = self._report, None
            return report


@dataclass(eq=False, slots=True)
class _Task:
    """A job with all that belongs to it, and what came of it."""

    job: Work[Any]
    handle: Job
    delivery: _Delivery
    outcome: Callable[[], object] | None = None
    crash_report: str | None = None


class Jobs(QObject):
    """Run plain functions on worker threads and deliver their results on the main thread.

    Each lane keeps a promise (see `_LANES`), so that work in one never delays
    another. Create it on the main thread and `close` it there.
    """

    crashed = Signal(str)
    """A job had a bug: the path of the crash report, or empty where none could be written."""
    idle = Signal()
    """The last job that was under way has been delivered."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(threads, f"stonehand-{lane}")
            for lane, threads in _LANES.items()
        }
        self._tasks: dict[int, _Task] = {}
        self._numbers = count()
        self._at_work: set[Job] = set()
        self._closed = False
        self._collector = MainThreadCollector(self)
        sys.setswitchinterval(_LONGEST_HOLD_S)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(  # noqa: PLR0913 - who asks, who hears of it, and where it runs
        self,
        job: Work[T],
        *,
        owner: QObject,
        done: Callable[[T], object] | None = None,
        failed: Callable[[EditorError], object] | None = None,
        ended: Callable[[], object] | None = None,
        on_progress: OnProgress | None = None,
        lane: Lane = "work",
    ) -> Job:
        """Start a job; nothing is delivered once its `owner` is deleted.

        `done` gets the result, `failed` a known problem; `ended` is called after
        either, after a crash, and after a cancelled job. Reports that come faster
        than they can be shown are dropped, except the latest.
        """
        handle = Job()
        if self._closed:
            return handle
        delivery = _Delivery(owner, done, failed, ended, on_progress)
        number = next(self._numbers)
        handle.progress = Progress(lambda *report: self._report(number, report))
        self._tasks[number] = _Task(job, handle, delivery)
        if lane in _CANCELLED:
            self._at_work.add(handle)
        self._lanes[lane].submit(self._work, number)
        return handle

    @property
    def busy(self) -> bool:
        """Whether any job is under way or waits to be delivered."""
        return bool(self._tasks)

    def wait_for(self, lane: Lane) -> None:
        """Block until all that waits in a lane is done; it is delivered later, as ever."""
        if not self._closed:
            self._lanes[lane].submit(int).result()

    def cancel_work(self) -> None:
        """Cancel what may take its time: imports, exports and the like."""
        for job in self._at_work:
            job.cancel()

    def close(self) -> None:
        """Let running jobs end, and what waits for the desk or the journal; deliver nothing more.

        What may take its time is cancelled: nobody would see what comes of it.

        A window's timers may still fire while it closes; what they start then is
        of no use to anybody.
        """
        self._closed = True
        self.cancel_work()
        for lane, threads in self._lanes.items():
            threads.shutdown(wait=True, cancel_futures=lane in (*_FOR_EYES, *_CANCELLED))
        self._collector.stop()

    def _work(self, number: int) -> None:
        """Run on a worker thread; whatever happens ends as one thing to deliver.

        The main thread holds the task until it is delivered: a worker that dropped the last
        reference to a callback would disconnect its signals, and wait for Python's lock with a
        lock of Qt's that the main thread may be waiting for.
        """
        self._carry_out(number)
        self._post(partial(self._end, number))

    def _carry_out(self, number: int) -> None:
        task = self._tasks[number]
        delivery = task.delivery
        try:
            result = task.job(task.handle.progress)
        except Cancelled:
            return
        except EditorError as error:
            task.outcome = delivery.failed and partial(delivery.failed, error)
        except Exception as bug:  # noqa: BLE001 - a bug in a job is reported, and the lane goes on
            if delivery.failed and (problem := noted_refusal(bug)) is not None:
                task.outcome = partial(delivery.failed, problem)
                return
            report = save_crash_report(type(bug), bug, bug.__traceback__)
            task.crash_report = str(report or "")
        else:
            task.outcome = delivery.done and partial(delivery.done, result)

    def _report(self, number: int, report: tuple[int, int, str]) -> None:
        task = self._tasks.get(number)
        if (
            task is not None
            and task.delivery.on_progress is not None
            and task.handle.hold_report(report)
        ):
            self._post(partial(self._show_progress, number))

    def _show_progress(self, number: int) -> None:
        if (task := self._tasks.get(number)) is None:
            return
        report, on_progress = task.handle.take_report(), task.delivery.on_progress
        is_wanted = isValid(task.delivery.owner) and not task.handle.progress.cancelled
        if report and on_progress and is_wanted:
            on_progress(*report)

    def _end(self, number: int) -> None:
        task = self._tasks[number]
        delivery = task.delivery
        try:
            if task.crash_report is not None:
                self.crashed.emit(task.crash_report)
            for call in (task.outcome, delivery.ended):
                if call is not None and isValid(delivery.owner):
                    call()
        finally:
            del self._tasks[number]
            self._at_work.discard(task.handle)
            if not self._tasks:
                self.idle.emit()

    def _post(self, deliver: Callable[[], object]) -> None:
        if not self._closed:
            self._finished.emit(deliver)

    def _deliver(self, deliver: Callable[[], object]) -> None:
        if not self._closed:
            deliver()
