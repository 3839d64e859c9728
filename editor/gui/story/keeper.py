"""Keeps unsaved text on disk: within two seconds of a change, off the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.story.sheet import Sheet
from editor.progress import Progress

PAUSE_MS = 700
"""How long a person must pause before their text is kept."""
LONGEST_MS = 1300
"""How long text waits at most while they type on; the write has the rest of two seconds."""
RETRY_MS = 5000
"""How soon a write that failed is tried again by itself."""

Write = Callable[[Progress], None]


class Keeper(QObject):
    """Writes a sheet to the desk's journal, and drops it when it is a version.

    Writes may overtake each other between threads; each carries a number, and
    an older one that comes late does nothing.
    """

    kept = Signal(object, object)
    """The sheet, and its story as it is on disk now."""
    refused = Signal(object, object)
    """The sheet, and the EditorError why it could not be kept; it is tried again."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sheet: Sheet | None = None
        self._lock = threading.Lock()
        self._last_number = 0
        self._written: dict[str, int] = {}
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def touch(self, sheet: Sheet) -> None:
        """Say that the text changed: it is written after a pause, or soon anyway."""
        self._sheet = sheet
        if not self._waiting.isValid():
            self._waiting.start()
        left = max(0, LONGEST_MS - self._waiting.elapsed())
        self._timer.start(min(PAUSE_MS, left))

    def flush(self) -> None:
        """Write the present text now."""
        sheet = self._sheet
        self.stop()
        if sheet is None:
            return
        story = sheet.story
        if not sheet.dirty:
            self.drop(sheet.entry_key)
            self.kept.emit(sheet, story)
            return
        self._session.jobs.run(
            self.put(sheet),
            lambda _nothing: self.kept.emit(sheet, story),
            lambda error: self._try_again(sheet, error),
        )

    def stop(self) -> None:
        """Write nothing more until the next change."""
        self._timer.stop()
        self._waiting.invalidate()

    def put(self, sheet: Sheet) -> Write:
        """A job that writes the sheet as it is, unless a later one is written by then."""
        key, entry, journal = sheet.entry_key, sheet.entry(), self._session.desk.journal
        return self._numbered(key, lambda: journal.put(key, entry))

    def drop(self, key: str) -> None:
        """Forget an entry, because its text is a version now."""
        journal = self._session.desk.journal
        self._session.jobs.run(self._numbered(key, lambda: journal.drop(key)), lane="store")

    def _numbered(self, key: str, write: Callable[[], None]) -> Write:
        self._last_number += 1
        number = self._last_number

        def job(_progress: Progress) -> None:
            with self._lock:
                if self._written.get(key, 0) < number:
                    write()
                    self._written[key] = number

        return job

    def _try_again(self, sheet: Sheet, error: EditorError) -> None:
        self.refused.emit(sheet, error)
        if sheet is self._sheet and not self._timer.isActive():
            self._timer.start(RETRY_MS)
