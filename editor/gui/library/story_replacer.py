"""Replaces words in one story after the other, and takes back what was replaced last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from editor.errors import EditorError, KeyUnavailable, Stale
from editor.gui.session import Session
from editor.i18n import _, plural
from editor.store.desk import Desk
from editor.store.reading.story_changes import StoryReplacing
from editor.store.replacement import ReplacedStory, replace_in_story, restore_story

T = TypeVar("T")


class StoryReplacer(QObject):
    """Lives as long as its window, so that a replacement can be undone after its dialog closed.

    Each story is a job of its own: whoever saves a story meanwhile waits for one, not for all.
    """

    progressed = Signal(int, int)
    """How many stories are done, of how many."""
    story_done = Signal(str, object)
    """The id of a story, and None or the EditorError for which it stayed as it was."""
    finished = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.done: list[ReplacedStory] = []
        """What was replaced last and can be undone."""
        self._is_cancelled = self.is_busy = False
        session.jobs.crashed.connect(self._stop)

    def replace(
        self, work: StoryReplacing, stories: Sequence[tuple[str, int, frozenset[int]]]
    ) -> None:
        """Replace in stories, by their ids, the versions that were shown and what is left out."""
        self.done = []

        def replace_one(desk: Desk, item: tuple[str, int, frozenset[int]]) -> ReplacedStory:
            return replace_in_story(desk, work, *item)

        self._run(list(stories), lambda item: item[0], replace_one, self.done.append)

    def undo(self) -> None:
        """Save the texts before the last replacement again, each as a new version."""
        by = self._session.person.name

        def restore_one(desk: Desk, item: ReplacedStory) -> ReplacedStory:
            try:
                restore_story(desk, item, by)
            except Stale:
                self.done.remove(item)  # it was changed again, and can't be taken back any more
                raise
            return item

        self._run(list(self.done), lambda item: item.id, restore_one, self.done.remove)

    def cancel(self) -> None:
        """Stop after the story that is under way."""
        self._is_cancelled = True

    @property
    def count(self) -> int:
        """How many changes can be undone."""
        return sum(story.count for story in self.done)

    def summary(self) -> str:
        """Return what can be undone: `12 changes in 5 stories`."""
        return _("{changes} in {stories}").format(
            changes=plural("{n} change", "{n} changes", self.count),
            stories=plural("{n} story", "{n} stories", len(self.done)),
        )

    def _run(
        self,
        items: Sequence[T],
        id_of: Callable[[T], str],
        work: Callable[[Desk, T], ReplacedStory],
        keep: Callable[[ReplacedStory], object],
    ) -> None:
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

        def succeed(number: int, replaced: ReplacedStory) -> None:
            keep(replaced)
            self.story_done.emit(replaced.id, None)
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
