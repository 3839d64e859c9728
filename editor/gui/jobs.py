"""Work off the main thread, and the one place where its results come back to Qt."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from editor.errors import Cancelled, EditorError
from editor.log import save_crash_report
from editor.progress import Progress

T = TypeVar("T")
Lane: TypeAlias = Literal["store", "work"]
Watch: TypeAlias = Callable[[int, int, str], None]

_WORKERS = 2


@dataclass(frozen=True, slots=True)
class _Callbacks:
    """Who hears about a job, always on the main thread."""

    done: Callable[[Any], object] | None
    failed: Callable[[EditorError], object] | None
    watch: Watch | None


class Job:
    """A piece of work under way. Whoever started it may stop it."""

    def __init__(self) -> None:
        self.progress = Progress()
        self._report: tuple[int, int, str] | None = None
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; neither callback is called then."""
        self.progress.cancel()

    def _keep(self, report: tuple[int, int, str]) -> bool:
        """Keep the latest report; True when none was waiting to be shown."""
        with self._lock:
            first = self._report is None
            self._report = report
            return first

    def _take(self) -> tuple[int, int, str] | None:
        with self._lock:
            report, self._report = self._report, None
            return report


class Jobs(QObject):
    """Runs plain functions on worker threads and delivers their results on the main thread.

    Lane `store` is one thread, first come first served: the desk needs no locks
    because it is never asked two things at once. Lane `work` is for everything
    that doesn't touch the desk. Make it on the main thread and `close` it there.
    """

    crashed = Signal(str)
    """A job had a bug; the path of the crash report, or empty where none could be written."""
    idle = Signal()
    """The last job that was under way has been delivered."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {
            "store": ThreadPoolExecutor(1, "stonehand-store"),
            "work": ThreadPoolExecutor(_WORKERS, "stonehand-work"),
        }
        self._under_way = 0
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[EditorError], object] | None = None,
        watch: Watch | None = None,
        lane: Lane = "work",
    ) -> Job:
        """Start a job; `done` gets its result, `failed` a known problem, `watch` its reports.

        Reports that come faster than they can be shown are dropped, except the
        latest. Callbacks of a widget that is gone are not called.
        """
        handle = Job()
        if self._closed:
            return handle
        callbacks = _Callbacks(done, failed, watch)
        handle.progress = Progress(lambda *report: self._watch(handle, callbacks, report))
        self._under_way += 1
        self._lanes[lane].submit(self._work, job, handle, callbacks)
        return handle

    @property
    def busy(self) -> bool:
        """Whether any job is under way or waits to be delivered."""
        return self._under_way > 0

    def close(self) -> None:
        """Let running jobs end, drop waiting ones in `work`; nothing is begun or delivered after.

        A window's timers may still fire while it goes; what they ask for then is
        of no use to anybody.
        """
        self._closed = True
        self._lanes["work"].shutdown(wait=True, cancel_futures=True)
        self._lanes["store"].shutdown(wait=True)

    def _work(self, job: Callable[[Progress], Any], handle: Job, callbacks: _Callbacks) -> None:
        """Run on a worker thread; whatever happens ends as one thing to deliver."""
        try:
            result = job(handle.progress)
        except Cancelled:
            outcome: Callable[[], None] = _nothing
        except EditorError as error:
            outcome = _call(callbacks.failed, error)
        except Exception:  # noqa: BLE001 - a bug in a job must be reported, not kill the lane
            report = save_crash_report(*_current())
            outcome = _call(self.crashed.emit, str(report or ""))
        else:
            outcome = _call(callbacks.done, result)
        self._post(lambda: self._end(outcome))

    def _watch(self, handle: Job, callbacks: _Callbacks, report: tuple[int, int, str]) -> None:
        if callbacks.watch is not None and handle._keep(report):
            self._post(lambda: self._show(handle, callbacks))

    def _show(self, handle: Job, callbacks: _Callbacks) -> None:
        report = handle._take()
        if report is not None and callbacks.watch is not None and not handle.progress.cancelled:
            _call(callbacks.watch, *report)()

    def _end(self, outcome: Callable[[], None]) -> None:
        try:
            outcome()
        finally:
            self._under_way -= 1
            if not self._under_way:
                self.idle.emit()

    def _post(self, deliver: Callable[[], None]) -> None:
        if not self._closed:
            self._finished.emit(deliver)

    def _deliver(self, deliver: Callable[[], None]) -> None:
        if not self._closed:
            deliver()


def _call(callback: Callable[..., Any] | None, *values: Any) -> Callable[[], None]:
    def call() -> None:
        if callback is not None and alive(callback):
            callback(*values)

    return call


def alive(callback: Callable[..., Any]) -> bool:
    """Whether the widget that a callback belongs to still exists, also behind a partial."""
    owner = getattr(getattr(callback, "func", callback), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _nothing() -> None:
    """Deliver a cancelled job: nobody needs to hear."""


def _current() -> tuple[type[BaseException], BaseException, Any]:
    kind, error, tb = sys.exc_info()
    if kind is None or error is None:
        raise RuntimeError("no exception is being handled")
    return kind, error, tb
