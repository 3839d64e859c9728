"""One render under way, one waiting, stale answers dropped: typing never queues up work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from editor.errors import EditorError
from editor.gui.jobs import Jobs
from editor.gui.page.rendered_page import RenderedPage

Render = Callable[[], RenderedPage]


class Renderer(QObject):
    """Turns wishes for a page into pages, off the main thread, always ending with the latest."""

    rendered = Signal(object)
    """The Sheet of the latest wish, or of one before it while typing goes on."""
    failed = Signal(object)
    """EditorError: the page can't be made, for a reason somebody can do something about."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pending: Render | None = None
        self._token = 0
        self._in_flight = 0
        jobs.crashed.connect(self._lost)

    def ask(self, render: Render) -> None:
        """Ask for a page. What waited unstarted is forgotten."""
        if self._in_flight:
            self._pending = render
        else:
            self._start(render)

    def forget(self) -> None:
        """Drop what is under way and what waits: another story is open now."""
        self._pending = None
        self._in_flight = 0

    @property
    def busy(self) -> bool:
        """Whether a page is being made."""
        return self._in_flight > 0

    def _start(self, render: Render) -> None:
        self._token += 1
        token = self._in_flight = self._token
        self._jobs.run(
            lambda _progress: render(),
            partial(self._done, token),
            partial(self._fail, token),
        )

    def _done(self, token: int, sheet: RenderedPage) -> None:
        if token == self._in_flight:
            self._next()
            self.rendered.emit(sheet)

    def _fail(self, token: int, error: EditorError) -> None:
        if token == self._in_flight:
            self._next()
            self.failed.emit(error)

    def _next(self) -> None:
        self._in_flight = 0
        if self._pending is not None:
            render, self._pending = self._pending, None
            self._start(render)

    def _lost(self, _report: str) -> None:
        # A job with a bug answers nobody. If it was ours, the next wish must not wait for it;
        # if it was not, our answer comes late and is dropped.
        self._next()
