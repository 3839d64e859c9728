"""A desk that is being opened while its window is shown already."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from editor.errors import Cancelled

if TYPE_CHECKING:
    from editor.store.desk import Desk


class PendingDesk:
    """Gives the desk to whoever waits for it on another thread; the main thread never does."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._ended = threading.Event()
        self._desk: Desk | None = None

    def settle(self, desk: Desk | None) -> None:
        """Hand over the open desk, or None where it can't be opened."""
        self._desk = desk
        self._ended.set()

    def get(self) -> Desk:
        """Wait for the desk. Raises Cancelled where it can't be opened: the work is of no use."""
        self._ended.wait()
        if self._desk is None:
            raise Cancelled
        return self._desk
