"""How a long job says how far it is, and learns that it should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from editor.errors import Cancelled


class Progress:
    """Carry reports from a job to whoever watches, and a stop the other way.

    A job calls `report` often (each story, each picture); that is also where a
    cancelled job stops, by `Cancelled`. The default Progress watches nothing,
    so jobs never ask whether there is one. Safe to share between two threads.
    """

    def __init__(self, watch: Callable[[int, int, str], None] | None = None) -> None:
        self._watch = watch
        self._stop = threading.Event()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` steps are behind us and `what` is next.

        Raises Cancelled when somebody asked the job to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        if self._watch is not None:
            self._watch(done, total, what)

    def cancel(self) -> None:
        """Ask the job to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self._stop.is_set()
