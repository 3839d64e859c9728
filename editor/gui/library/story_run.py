"""Does the same to several stories, one after the other, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.errors import EditorError, KeyUnavailable
from editor.gui.session import Session

if TYPE_CHECKING:
    from editor.store.desk import Desk

T = TypeVar("T")
R = TypeVar("R")


class StoryRun(QObject):
    """Each story is a job of its own: whoever saves a story meanwhile waits for one, not for all.

    The desk is read again once, at the end.
    """

    progressed = Signal(int, int)
    """How many stories are done, of how many."""
    story_done = Signal(str, object)
    """The id of a story, and None or the EditorError for which it stayed as it was."""
    finished = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._is_cancelled = self.is_busy = False
        session.jobs.crashed.connect(self._stop)

    def cancel(self) -> None:
        """Stop after the story that is under way."""
        self._is_cancelled = True

    def run(
        self,
        items: Sequence[T],
        id_of: Callable[[T], str],
        work: Callable[[Desk, T], R],
        on_done: Callable[[R], object],
    ) -> None:
        """Do some work to each item, which `id_of` names; `on_done` gets what came of it."""
        self._is_cancelled, self.is_busy = False, True

        def go_on(number: int) -> None:
            self.progressed.emit(number, len(items))
            if self._is_cancelled or number == len(items):
                self._finish()
                return
            item = items[number]
            self._session.use_desk(
                lambda desk: work(desk, item),
                owner=self,
                done=partial(succeed, number),
                failed=partial(fail, number),
            )

        def succeed(number: int, result: R) -> None:
            on_done(result)
            self.story_done.emit(id_of(items[number]), None)
            go_on(number + 1)

        def fail(number: int, error: EditorError) -> None:
            if isinstance(error, KeyUnavailable):
                # The same for every story: ask for the passphrase once, or stop here.
                self._session.keys.solve(
                    error,
                    self._session.person.name,
                    retry=partial(go_on, number),
                    failed=partial(give_up, number),
                )
            else:
                self.story_done.emit(id_of(items[number]), error)
                go_on(number + 1)

        def give_up(number: int, error: EditorError) -> None:
            for item in items[number:]:
                self.story_done.emit(id_of(item), error)
            self._finish()

        go_on(0)

    def _stop(self, _report: str) -> None:
        """Go on no further after a bug in a job, whose report is shown elsewhere."""
        if self.is_busy:
            self._finish()

    def _finish(self) -> None:
        self.is_busy = False
        self._session.check_for_changes()
        self.finished.emit()
