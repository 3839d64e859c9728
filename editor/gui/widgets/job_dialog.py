"""A dialog with long jobs: it shows how far each is, and cancels it before it closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from editor.errors import EditorError
from editor.gui.jobs import Job, Jobs, Lane, OnProgress, Work
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, lay_out_now, row
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _

T = TypeVar("T")

_WIDTH = 580
"""Pixels that a path and a sentence need."""


class JobDialog(Dialog):
    """The options above, then how far the job is, then its result; Esc cancels it first.

    Who makes one starts the job when the `start_button` is clicked, and shows what can be
    done next after it has `ended`. A job may be followed by another as soon as it is done.
    `cancelled` and `crashed` are what is said of a job that came to no result.
    """

    ended = Signal()

    def __init__(
        self,
        title: str,
        jobs: Jobs,
        start: str,
        parent: QWidget | None,
        *,
        size: tuple[int, int] | None = None,
    ) -> None:
        """`start` is what the button says that starts the job; see `Dialog` for `size`."""
        super().__init__(title, parent, size=size)
        if size is None:
            self.setMinimumWidth(_WIDTH)
        self.cancelled = _("Cancelled. Nothing was written.")
        self.crashed = _("Stonehand had an error and stopped. Nothing was written.")
        self.jobs = jobs
        self.job: Job | None = None
        self._closing = False
        self.bar = ProblemBar()
        self.outcome = Outcome()
        self.options = QWidget()
        self.cancel = button(_("Cancel"), self._cancel)
        self.close_button = button(_("Close"), self.reject)
        self.start_button = button(start, kind="primary")
        self.start_button.setDefault(True)
        self.cancel.hide()

    def reject(self) -> None:
        """Cancel the job that is under way, and close after it has stopped."""
        if self.job is not None:
            self._closing = True
            self._cancel()
        else:
            super().reject()

    def lay_out_options(self, options: QLayout, *more: QPushButton) -> None:
        """Put the options above the outcome; `more` buttons are shown after the job."""
        self.options.setLayout(options)
        for hidden in more:
            hidden.hide()
        self.lay_out(
            column(self.options, self.outcome, STRETCH, spacing=8),
            row(*more, STRETCH, self.close_button, self.cancel, self.start_button, spacing=8),
            above=(self.bar,),
        )

    def fit(self) -> None:
        """Be as high as what is shown needs, after some of it was hidden."""
        if self._wanted is not None:
            super().fit()
            return
        lay_out_now()
        self._scroll.updateGeometry()  # the layout around it keeps how large the content was
        if (layout := self.layout()) is not None:
            layout.activate()
        self.resize(self.width(), self.sizeHint().height())

    def run(
        self,
        work: Work[T],
        done: Callable[[T], object],
        failed: Callable[[EditorError], object],
        *,
        lane: Lane = "work",
        on_progress: OnProgress | None = None,
    ) -> None:
        """Run a job; one at a time. `on_progress` is the share of it that is done, unless given."""
        self.bar.clear()
        self.options.setEnabled(False)
        for idle in (self.close_button, self.start_button):
            idle.hide()
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.cancel.setFocus()
        self.outcome.show_started(_("Starting…"))

        def finish(result: T) -> None:
            if self._end():
                done(result)

        def fail(error: EditorError) -> None:
            if self._end():
                self.outcome.message.hide()
                failed(error)

        def stop() -> None:
            if self.job is handle:  # and not one that has begun since
                self._stopped()

        handle = self.jobs.run(
            work,
            owner=self,
            done=finish,
            failed=fail,
            ended=stop,
            on_progress=on_progress or self._show_progress,
            lane=lane,
        )
        self.job = handle

    def _show_progress(self, done: int, total: int, step: str) -> None:
        if self.job is not None:
            self.outcome.show_share(done, total, step)

    def _cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.cancel.setEnabled(False)
            self.outcome.show_message(_("Cancelling…"))

    def _stopped(self) -> None:
        """Say what became of the job that came to no result."""
        if self.job is None:
            return
        was_cancelled = self.job.progress.cancelled
        if not self._end():
            return
        if was_cancelled:
            self.outcome.show_message(self.cancelled)
        else:
            self.outcome.show_message(self.crashed, "error")

    def _end(self) -> bool:
        """Show that nothing is under way; return whether the dialog stays open."""
        self.job = None
        self.options.setEnabled(True)
        self.outcome.show_ended()
        self.cancel.hide()
        for idle in (self.close_button, self.start_button):
            idle.show()
        self.ended.emit()
        self.close_button.setFocus()
        if self._closing:
            super().reject()
        return not self._closing
