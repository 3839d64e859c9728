"""What the stories are called that a text names: asked of the desk by key, for these alone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from editor.core.changes import Changes
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.progress import Progress
from editor.store.reading.rows import StoryNames


class NamedStories(QObject):
    """Holds the names that were asked for, and asks again when stories have changed."""

    changed = Signal()
    """Something is known that was not, or a story has another slug."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids, self._slugs = frozenset[str](), frozenset[str]()
        self.names = StoryNames()
        """What is known; what was asked for a moment ago is still missing."""
        self._reads = Coalescer[StoryNames](
            session.jobs, self, self._prepare, self._show, session.problem.emit, lane="store"
        )
        session.changed.connect(self._desk_changed)

    def want(self, ids: Iterable[str] = (), slugs: Iterable[str] = ()) -> None:
        """Ask for the stories of these ids and slugs too, unless that was done."""
        before = self._ids, self._slugs
        self._ids, self._slugs = self._ids.union(ids), self._slugs.union(slugs)
        if (self._ids, self._slugs) != before:
            self._reads.ask()

    def forget(self) -> None:
        """Forget all of it: the text is another one."""
        self._reads.cancel()
        self._ids, self._slugs = frozenset[str](), frozenset[str]()
        self.names = StoryNames()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("story") and (self._ids or self._slugs):
            self._reads.ask()

    def _prepare(self) -> Work[StoryNames]:
        session, ids, slugs = self._session, self._ids, self._slugs

        def read(_progress: Progress) -> StoryNames:
            with session.desk.read() as snapshot:
                return snapshot.names(ids, slugs)

        return read

    def _show(self, names: StoryNames) -> None:
        if names != self.names:
            self.names = names
            self.changed.emit()
