"""Unsaved text, written to the desk's journal within two seconds and off the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from editor.core.canonical import Json
from editor.errors import EditorError
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.progress import Progress

PAUSE_MS = 700
"""How long a person must pause before their text is written."""
LONGEST_MS = 1300
"""How long text waits at most while they type on; the write has the rest of two seconds."""
RETRY_MS = 5000
"""How soon a write that failed is tried again."""

BANNER_ENTRY = "banner"
"""The key of the entry with the trends banner."""

Entry: TypeAlias = Mapping[str, Json]
Describe: TypeAlias = Callable[[], tuple[str, Entry | None]]
"""What to write now: the key, and the entry or None to remove it."""


class JournalWriter(QObject):
    """Write what is typed to the desk's journal, and remove it once it is saved.

    Writes may overtake each other between threads; each carries a number, and
    an older one that comes late does nothing.
    """

    written = Signal(object)
    """This very `Entry` is on disk; None where it was removed."""
    changing = Signal(str)
    """The entry of this key is about to be written or removed."""
    refused = Signal(EditorError)
    """The text could not be written; it is tried again."""

    def __init__(self, session: Session, describe: Describe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._describe = describe
        self._lock = threading.Lock()
        self._last_number = 0
        self._last_written: dict[str, int] = {}
        self._writes = Coalescer[Entry](
            session.jobs,
            self,
            self._prepare,
            self.written.emit,
            self._try_again,
            lane="journal",
            pause_ms=PAUSE_MS,
            longest_ms=LONGEST_MS,
            show_stale=True,
        )
        session.flush_asked.connect(self.write_at_once)

    def touch(self) -> None:
        """Note that the text changed: it is written after a pause, or soon anyway.

        On a desk that can only be read, it never is.
        """
        if self._session.why_read_only is None:
            self._writes.ask()

    @property
    def pending(self) -> bool:
        """Whether a change waits to be written."""
        return self._writes.pending

    def flush(self) -> None:
        """Write the text as it is now."""
        self._writes.ask(0)

    def write_at_once(self) -> None:
        """Write what waits without waiting for a write that is under way: the process may end."""
        if not self.pending:
            return
        self._writes.drop_requests()
        key, entry = self._describe()
        if entry is None:
            self.remove(key)
            return
        self._session.jobs.run(
            self.write_job(key, entry),
            owner=self,
            done=lambda _nothing: self.written.emit(entry),
            failed=self._try_again,
            lane="journal",
        )

    def stop(self) -> None:
        """Write nothing more until the next change."""
        self._writes.drop_requests()

    def cancel(self) -> None:
        """Write nothing more of this text, and report nothing of the write under way."""
        self._writes.cancel()

    def write_job(self, key: str, entry: Entry) -> Work[None]:
        """Make a job that writes an entry, unless a later one of its key was written before."""
        session = self._session
        return self._numbered(key, lambda: session.desk.journal.write(key, entry))

    def remove(self, key: str) -> None:
        """Remove an entry, because its text is a version now.

        This waits in the store's lane, after the save that makes the version.
        """
        session = self._session
        if session.why_read_only:
            return
        job = self._numbered(key, lambda: session.desk.journal.remove(key))
        session.jobs.run(job, owner=session, lane="store")

    def _prepare(self) -> Work[Entry] | None:
        key, entry = self._describe()
        if entry is None:
            self.remove(key)
            self.written.emit(None)
            return None
        write = self.write_job(key, entry)

        def job(progress: Progress) -> Entry:
            write(progress)
            return entry

        return job

    def _numbered(self, key: str, write: Callable[[], None]) -> Work[None]:
        self.changing.emit(key)
        self._last_number += 1
        number = self._last_number

        def job(_progress: Progress) -> None:
            with self._lock:
                if self._last_written.get(key, 0) < number:
                    write()
                    self._last_written[key] = number

        return job

    def _try_again(self, error: EditorError) -> None:
        self.refused.emit(error)
        if not self.pending:
            self._writes.ask(RETRY_MS)
