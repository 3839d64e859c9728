"""A dialog with one long job: it shows how far that is, and cancels it before it closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from editor.errors import EditorError
from editor.gui.jobs import Job, Jobs, Work
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, row
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _

T = TypeVar("T")

_WIDTH = 580
"""Pixels that a path and a sentence need."""


class JobDialog(Dialog):
    """The options above, then how far the job is, then its result; Esc cancels it first.

    Who makes one starts the job when the `start_button` is clicked, and shows what can be
    done next after it has `ended`.
    """

    ended = Signal()

    def __init__(self, title: str, jobs: Jobs, start: str, parent: QWidget | None) -> None:
        """`start` is what the button says that starts the job."""
        super().__init__(title, parent)
        self.setMinimumWidth(_WIDTH)
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
        if (layout := self.layout()) is not None:
            layout.activate()
        self.resize(self.width(), self.sizeHint().height())

    def run(
        self,
        work: Work[T],
        done: Callable[[T], object],
        failed: Callable[[EditorError], object],
    ) -> None:
        """Run the job; one at a time."""
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

        self.job = self.jobs.run(
            work,
            owner=self,
            done=finish,
            failed=fail,
            ended=self._stopped,
            on_progress=self._show_progress,
        )

    def _show_progress(self, done: int, total: int, step: str) -> None:
        if self.job is not None:
            self.outcome.show_share(done, total, step)

    def _cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.cancel.setEnabled(False)
            self.outcome.show_message(_("Cancelling…"))

    def _stopped(self) -> None:
        """Say that nothing was written, where the job came to no result."""
        if self.job is None:
            return
        was_cancelled = self.job.progress.cancelled
        if not self._end():
            return
        if was_cancelled:
            self.outcome.show_message(_("Cancelled. Nothing was written."))
        else:
            sentence = _("Stonehand had an error and stopped. Nothing was written.")
            self.outcome.show_message(sentence, "error")

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
