"""Undo and redo across the whole form, in steps of about a word."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from editor.core.paths import text_at
from editor.core.story import Story
from editor.core.text_change import Difference, Splice

PAUSE_S = 1.5
"""Typing after a pause of this many seconds is a step of its own."""

_STEP = 1
_DRAGGED = "/focus"


class Edited(Protocol):
    """What steps are done to: whatever holds the story."""

    @property
    def text(self) -> Story:
        """The story as it is now."""
        ...

    def take_step(self, story: Story, path: str, travelling: bool) -> None:
        """Hold the story after a step; `travelling` when it was undone or redone."""
        ...


@dataclass(frozen=True, slots=True)
class Typed:
    """What one edit looked like to whoever typed it, and when (seconds, monotonic)."""

    path: str
    splice: Splice
    at: float

    @classmethod
    def now(cls, before: Story, after: Story, path: str) -> Typed:
        """Describe an edit that is happening."""
        splice = Splice.between(text_at(before, path), text_at(after, path))
        return cls(path, splice, time.monotonic())

    def goes_on(self, other: Typed) -> bool:
        """Whether a later edit belongs to the same step as this one."""
        if other.path != self.path or other.at - self.at > PAUSE_S:
            return False
        if self.path.endswith(_DRAGGED):
            return True
        mine, its = self.splice, other.splice
        if its.inserted:
            return not its.removed and its.start == mine.end and _same_word(mine, its)
        return bool(its.removed) and not mine.inserted and _touch(mine, its)

    def then(self, other: Typed) -> Typed:
        """Both edits as one."""
        return Typed(self.path, self.splice.then(other.splice), other.at)


class Step(QUndoCommand):
    """One undoable change of the story."""

    def __init__(self, edited: Edited, after: Story, path: str) -> None:
        super().__init__()
        self.difference = Difference.between(edited.text, after)
        self.typed = Typed.now(edited.text, after, path)
        self._edited = edited
        self._after: Story | None = after

    def id(self) -> int:
        """Steps may be joined with steps."""
        return _STEP

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next edit if it goes on with the same word."""
        if not isinstance(other, Step) or not self.typed.goes_on(other.typed):
            return False
        self.difference = self.difference.then(other.difference)
        self.typed = self.typed.then(other.typed)
        return True

    def redo(self) -> None:
        """Do the step; the first time its result is known already."""
        if self._after is not None:
            after, self._after = self._after, None
            self._edited.take_step(after, self.typed.path, False)
        else:
            story = self.difference.forward(self._edited.text)
            self._edited.take_step(story, self.typed.path, True)

    def undo(self) -> None:
        """Take the step back."""
        story = self.difference.backward(self._edited.text)
        self._edited.take_step(story, self.typed.path, True)


def _same_word(typed: Splice, more: Splice) -> bool:
    """Whether typing goes on within a word, or with the space after it."""
    if len(more.inserted) > 1 and any(map(str.isspace, more.inserted)):
        return False  # pasted
    if typed.inserted.rstrip() and any(map(str.isspace, typed.inserted.rstrip())):
        return False
    before = typed.inserted[-1:] or "x"
    return not before.isspace() or more.inserted[:1].isspace()


def _touch(removed: Splice, more: Splice) -> bool:
    """Whether two deletions meet: backspace to the left, or delete at the same place."""
    return more.start + len(more.removed) == removed.start or more.start == removed.start
