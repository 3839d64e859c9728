"""Python's cyclic garbage collector, on the main thread alone."""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_PAUSE_MS = 1_000


class MainThreadCollector(QObject):
    """Collects garbage from a timer of the main thread, and no more where it happens to be due.

    Left to itself, Python collects on whatever thread makes the next object. Garbage
    that holds a connection of Qt then ends on a worker thread, which waits for Python
    with Qt's lock in its hands, while the main thread waits for that lock with Python in
    its own: the window freezes for ever (PySide 6.11). Other Qt programs in Python
    (Anki among them) collect in this way as well.
    """

    _at_work: ClassVar[int] = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        MainThreadCollector._at_work += 1
        gc.disable()
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(collect_garbage)
        self._timer.start()

    def stop(self) -> None:
        """Leave the garbage to Python again, unless another collector is at work."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        MainThreadCollector._at_work -= 1
        if not MainThreadCollector._at_work:
            gc.enable()


def collect_garbage() -> None:
    """Collect as much as is due by Python's own thresholds."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    if counts[0] <= thresholds[0]:
        return
    is_due = [count > threshold for count, threshold in zip(counts, thresholds, strict=True)]
    gc.collect(max(generation for generation, due in enumerate(is_due) if due))
