"""Runs the checks beside the writing: after a pause, off the main thread, newest answer only."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from editor.checks import run_checks
from editor.checks.base import Finding
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.session import Session
from editor.progress import Progress

PAUSE_MS = 300


class CheckRunner(QObject):
    """Looks at a story whenever it changes; one look under way at a time."""

    found = Signal(object, object)
    """The story that was looked at, and its tuple of findings."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._story: Story | None = None
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        session.jobs.crashed.connect(self._give_up)

    def look_at(self, story: Story | None, soon: bool = True) -> None:
        """Look at this story after a pause, or at once; None stops looking."""
        self._story = story
        if story is None:
            self._timer.stop()
        else:
            self._timer.start(PAUSE_MS if soon else 0)

    def _look(self) -> None:
        story = self._story
        if story is None or self._looking:
            return
        banner, house = self._session.banner, self._session.house

        def work(_progress: Progress) -> tuple[Finding, ...]:
            return run_checks(story, banner, house)

        self._looking = True
        self._session.jobs.run(work, partial(self._found, story), self._failed)

    def _found(self, story: Story, findings: tuple[Finding, ...]) -> None:
        self._looking = False
        if story is self._story:
            self.found.emit(story, findings)
        elif not self._timer.isActive():
            self._look()

    def _failed(self, error: EditorError) -> None:
        self._looking = False
        self._session.problem.emit(error)

    def _give_up(self) -> None:
        self._looking = False
