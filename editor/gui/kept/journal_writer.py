"""Keeps unsaved text on disk: within two seconds of a change, off the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from editor.core.canonical import Json
from editor.errors import EditorError
from editor.gui.session import Session
from editor.progress import Progress

PAUSE_MS = 700
"""How long a person must pause before their text is kept."""
LONGEST_MS = 1300
"""How long text waits at most while they type on; the write has the rest of two seconds."""
RETRY_MS = 5000
"""How soon a write that failed is tried again by itself."""

Entry: TypeAlias = Mapping[str, Json]
Describe: TypeAlias = Callable[[], tuple[str, Entry | None]]
"""What to write now: the key, and the entry or None to drop it."""
Write: TypeAlias = Callable[[Progress], None]


class JournalWriter(QObject):
    """Writes what is typed to the desk's journal, and drops it when it is saved.

    Writes may overtake each other between threads; each carries a number, and
    an older one that comes late does nothing.
    """

    kept = Signal(object)
    """This very entry is on disk."""
    refused = Signal(object)
    """EditorError: the text could not be kept; it is tried again."""

    def __init__(self, session: Session, describe: Describe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._describe = describe
        self._lock = threading.Lock()
        self._last_number = 0
        self._turn = 0
        self._written: dict[str, int] = {}
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def touch(self) -> None:
        """Say that the text changed: it is written after a pause, or soon anyway."""
        if not self._waiting.isValid():
            self._waiting.start()
        left = max(0, LONGEST_MS - self._waiting.elapsed())
        self._timer.start(min(PAUSE_MS, left))

    @property
    def pending(self) -> bool:
        """Whether a change waits to be written."""
        return self._timer.isActive()

    def flush(self) -> None:
        """Write the present text now."""
        self.stop()
        key, entry = self._describe()
        if entry is None:
            self.drop(key)
            self.kept.emit(None)
            return
        self._session.jobs.run(
            self.put(key, entry),
            partial(self._tell_kept, entry),
            partial(self._try_again, self._turn),
        )

    def stop(self) -> None:
        """Write nothing more until the next change."""
        self._timer.stop()
        self._waiting.invalidate()

    def leave(self) -> None:
        """Write nothing more of this text; a write that still fails is nobody's concern here."""
        self.stop()
        self._turn += 1

    def put(self, key: str, entry: Entry) -> Write:
        """A job that writes an entry, unless a later one for the key is written by then."""
        journal = self._session.desk.journal
        return self._numbered(key, lambda: journal.write(key, entry))

    def drop(self, key: str) -> None:
        """Forget an entry, because its text is a version now."""
        journal = self._session.desk.journal
        self._session.jobs.run(self._numbered(key, lambda: journal.remove(key)), lane="store")

    def _numbered(self, key: str, write: Callable[[], None]) -> Write:
        self._last_number += 1
        number = self._last_number

        def job(_progress: Progress) -> None:
            with self._lock:
                if self._written.get(key, 0) < number:
                    write()
                    self._written[key] = number

        return job

    def _tell_kept(self, entry: Entry, _nothing: None) -> None:
        self.kept.emit(entry)

    def _try_again(self, turn: int, error: EditorError) -> None:
        if turn != self._turn:
            return
        self.refused.emit(error)
        if not self._timer.isActive():
            self._timer.start(RETRY_MS)
