"""Progress of a long job, and its cancellation."""

from __future__ import annotations

import threading
from collections.abc import Callable

from editor.errors import Cancelled


class Progress:
    """Passes reports from a job to `on_report`, and a cancellation to the job.

    A job calls `report` often (for each story, each picture), and there a cancelled
    job stops with `Cancelled`. The default Progress reports to nobody, so jobs
    never check whether they have one. Safe to share between two threads.
    """

    def __init__(self, on_report: Callable[[int, int, str], None] | None = None) -> None:
        self._on_report = on_report
        self._cancelled = threading.Event()

    def report(self, done: int, total: int, step: str = "") -> None:
        """Report that `done` of `total` steps are finished and `step` is next.

        Raises Cancelled after `cancel`.
        """
        if self._cancelled.is_set():
            raise Cancelled
        if self._on_report is not None:
            self._on_report(done, total, step)

    def part(self, start: float, end: float) -> Progress:
        """Return the progress of a part of the job, from one share of it (0 to 1) to another."""
        return _PartProgress(self, start, end)

    def cancel(self) -> None:
        """Cancel the job: it stops at its next report."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Return whether the job was cancelled."""
        return self._cancelled.is_set()


class _PartProgress(Progress):
    """The progress of a part of a longer job; its reports are in thousandths of that one.

    Work that begins once more is not reported until it is further than before.
    """

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        super().__init__()
        self._whole, self._start, self._end = whole, start, end
        self._reached = 0.0

    def report(self, done: int, total: int, step: str = "") -> None:
        self._reached = max(self._reached, min(1.0, done / max(1, total)))
        share = self._start + (self._end - self._start) * self._reached
        self._whole.report(int(1000 * share), 1000, step)

    def cancel(self) -> None:
        self._whole.cancel()

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled
