"""Replaces words in one story after the other, and takes back what was replaced last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from editor.errors import Stale
from editor.gui.library.story_run import StoryRun
from editor.gui.session import Session
from editor.i18n import _, plural
from editor.store.desk import Desk
from editor.store.reading.story_changes import StoryReplacing
from editor.store.replacement import ReplacedStory, replace_in_story, restore_story


class StoryReplacer(StoryRun):
    """Lives as long as its window, so that a replacement can be undone after its dialog closed."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(session, parent)
        self.done: list[ReplacedStory] = []
        """What was replaced last and can be undone."""

    def replace(
        self, work: StoryReplacing, stories: Sequence[tuple[str, int, frozenset[int]]]
    ) -> None:
        """Replace in stories, by their ids, the versions that were shown and what is left out."""
        self.done = []

        def replace_one(desk: Desk, item: tuple[str, int, frozenset[int]]) -> ReplacedStory:
            return replace_in_story(desk, work, *item)

        self.run(list(stories), lambda item: item[0], replace_one, self.done.append)

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

        self.run(list(self.done), lambda item: item.id, restore_one, self.done.remove)

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
