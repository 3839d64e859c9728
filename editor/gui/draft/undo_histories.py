"""The undo steps of the open story, and those of the stories that were open last."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from editor.core.story import Story
from editor.gui.draft.open_story import OpenStory
from editor.gui.widgets.joining_stack import JoiningStack

MOST_STORIES = 10
"""Stories that were left whose steps are still there; those left first are forgotten first."""
MOST_STEPS = 10_000
"""Steps of all of them together; a step is about a word, and 10,000 are some 10 MB."""


@dataclass(frozen=True, slots=True)
class _Left:
    """The steps of a story that was left, and the text they lead to."""

    text: Story
    stack: JoiningStack


class UndoHistories(QObject):
    """Gives a story that is opened again the steps it was left with, if its text is the same.

    Where it is another text, as when somebody else has saved since, its steps are forgotten:
    they would change what they are not about.
    """

    changed = Signal()
    """The open story took or undid a step, or its steps are those of another story."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: dict[str, _Left] = {}
        self.stack = self._new_stack()
        """The steps of the open story."""

    def switch(self, left: OpenStory, opened: OpenStory) -> None:
        """Remember the steps of the story that is left, and bring back those of another."""
        if left.is_open and self.stack.count():
            self._left.pop(left.story_id, None)
            self._left[left.story_id] = _Left(left.typed, self.stack)
        else:
            self._drop(self.stack)
        self.stack = self._steps_of(opened) or self._new_stack()
        self._forget_oldest()
        self.changed.emit()

    def _steps_of(self, opened: OpenStory) -> JoiningStack | None:
        known = self._left.pop(opened.story_id, None) if opened.is_open else None
        if known is None:
            return None
        if _as_saved(known.text, opened.typed) == opened.typed:
            return known.stack
        self._drop(known.stack)
        return None

    def _forget_oldest(self) -> None:
        steps = sum(left.stack.count() for left in self._left.values())
        for story in list(self._left):
            if len(self._left) <= MOST_STORIES and steps <= MOST_STEPS:
                return
            stack = self._left.pop(story).stack
            steps -= stack.count()
            self._drop(stack)

    def _new_stack(self) -> JoiningStack:
        stack = JoiningStack(self)
        stack.indexChanged.connect(self.changed)
        return stack

    def _drop(self, stack: JoiningStack) -> None:
        stack.indexChanged.disconnect(self.changed)
        stack.clear()
        stack.deleteLater()


def _as_saved(text: Story, version: Story) -> Story:
    """Return a text with the id, and where it had none the slug, that the desk gave it."""
    return replace(text, id=version.id, slug=text.slug or version.slug)
