"""Looks through stories for words to replace, a page at a time, beside whatever else is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.errors import EditorError
from editor.gui.session import Session
from editor.progress import Progress
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot
from editor.store.reading.story_changes import ChangesPage, StoryReplacing


class StoryPages(QObject):
    """One look at a time; each page is a snapshot of its own, so that no save waits for it."""

    found = Signal(ChangesPage)
    ended = Signal(object)
    """None, or the EditorError for which it could not go on."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._work: StoryReplacing | None = None
        self._wanted = Filter()
        self.read = self.total = 0
        """How many stories were looked through, of how many."""
        self.is_busy = self.is_stopped = False
        session.jobs.crashed.connect(lambda _report: self._end())

    def look(self, work: StoryReplacing, wanted: Filter) -> None:
        """Look through the stories that fit a filter."""
        self._work, self._wanted, self.read = work, wanted, 0
        self.is_busy, self.is_stopped = True, False
        self._read_page(None)

    def stop(self) -> None:
        """Make the page that is under way the last one."""
        self.is_stopped = self.is_busy

    def _read_page(self, after: int | None) -> None:
        work, wanted, known = self._work, self._wanted, self.total
        assert work is not None  # noqa: S101 - `look` was called

        def read(snapshot: Snapshot, _progress: Progress) -> tuple[int, ChangesPage]:
            total = snapshot.count(wanted) if after is None else known
            return total, work.read_page(snapshot, wanted, after)

        self._session.ask_long(
            read,
            owner=self,
            done=self._show,
            failed=self._end,
            on_progress=lambda *_report: None,
            ended=lambda: None,
            lane="work",
        )

    def _show(self, answer: tuple[int, ChangesPage]) -> None:
        self.total, page = answer
        self.read += page.read
        self.found.emit(page)
        if page.after is None or self.is_stopped:
            self._end()
        else:
            self._read_page(page.after)

    def _end(self, error: EditorError | None = None) -> None:
        if self.is_busy:
            self.is_busy = False
            self.ended.emit(error)
