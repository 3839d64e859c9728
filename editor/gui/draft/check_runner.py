"""Runs the checks beside the writing: after a pause, off the main thread, latest answer only."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.core.findings import Finding
from editor.core.story import Story
from editor.core.times import day_at, now
from editor.core.zones import zone
from editor.gui.coalescer import Coalescer
from editor.gui.draft.named_stories import NamedStories
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.progress import Progress

PAUSE_MS = 300

_Result = tuple[Story, tuple[Finding, ...], frozenset[str]]


class CheckRunner(QObject):
    """Check a story whenever it changes, and when it is known where its links lead."""

    found = Signal(object, object)
    """The Story that was checked, and its tuple of Findings."""

    def __init__(
        self, session: Session, named: NamedStories, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._named = session, named
        self._story: Story | None = None
        self._unknown = frozenset[str]()
        named.changed.connect(self._names_changed)
        session.opened.connect(lambda: self.check(self._story, 0))
        self._runs = Coalescer[_Result](
            session.jobs,
            self,
            self._prepare,
            self._show,
            session.problem.emit,
            pause_ms=PAUSE_MS,
        )

    def check(self, story: Story | None, pause_ms: int | None = None) -> None:
        """Check this story after a pause, once its desk is open; None stops checking."""
        self._story = story
        if story is None:
            self._runs.cancel()
        elif self._session.is_open:
            self._runs.ask(pause_ms)

    def _prepare(self) -> Work[_Result] | None:
        story, session = self._story, self._session
        if story is None:
            return None
        facts, document_of = session.facts, session.documents.of
        self._unknown = unknown = self._named.names.unknown
        files = [picture.file for picture in story.pictures if picture.file]

        def job(_progress: Progress) -> _Result:
            from editor.checks import DeskFacts, run_checks  # noqa: PLC0415 - after the first paint

            today = day_at(now(), zone(facts.house.timezone))
            problems = session.desk.pictures.problems(files)
            known = DeskFacts(problems, unknown, today, facts.style_state.style)
            document = document_of(story.body)
            findings = run_checks(story, facts.banner, facts.house, document, known)
            return story, findings, document.slugs

        return job

    def _show(self, result: _Result) -> None:
        story, findings, slugs = result
        self._named.want(slugs=slugs)
        self.found.emit(story, findings)

    def _names_changed(self) -> None:
        if self._named.names.unknown != self._unknown:
            self.check(self._story, 0)
