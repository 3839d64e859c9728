"""Undo and redo across the whole form, in steps of about a word."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from editor.core.fields import FIELDS
from editor.core.findings import TextPlace
from editor.core.paths import text_at
from editor.core.story import Story
from editor.core.text_change import Difference, Splice
from editor.gui.widgets.joining_stack import JoinableStep

PAUSE_S = 1.5
"""Typing after a pause of this many seconds is a step of its own."""

_DRAGGED = "/focus"
"""How the path of a picture's focal point ends, which is dragged: one step a drag."""


class StoryHolder(Protocol):
    """Whatever holds the story that steps change."""

    @property
    def typed(self) -> Story:
        """The story as it is now."""
        ...

    def apply_step(self, after: Story, path: str, caret: TextPlace | None) -> None:
        """Change the story to what it is after a step; after undo and redo the caret has a place.

        That is None while somebody types.
        """
        ...


@dataclass(frozen=True, slots=True)
class EditStep:
    """One edit as it was typed, and when (seconds, monotonic)."""

    path: str
    splice: Splice
    at: float
    caret: int | None = None
    """Where the caret is after it, if it is a step of its own."""

    @classmethod
    def now(cls, before: Story, after: Story, path: str, caret: int | None) -> EditStep:
        """Describe an edit that is happening."""
        splice = Splice.between(text_at(before, path), text_at(after, path))
        return cls(path, splice, time.monotonic(), caret)

    def is_continued_by(self, other: EditStep) -> bool:
        """Whether a later edit belongs to the same step as this one."""
        if other.path != self.path or other.at - self.at > PAUSE_S:
            return False
        if self.caret is not None or other.caret is not None:
            return False
        if self.path.endswith(_DRAGGED):
            return True
        before, after = self.splice, other.splice
        if after.inserted:
            adjoins = not after.removed and after.start == before.end
            return adjoins and _is_same_word(before, after)
        return bool(after.removed) and not before.inserted and _is_adjoining(before, after)

    def then(self, other: EditStep) -> EditStep:
        """Return both edits as one."""
        return EditStep(self.path, self.splice.then(other.splice), other.at)


class Step(JoinableStep):
    """One undoable change of the story; with a caret's place it is never joined with others."""

    def __init__(
        self, holder: StoryHolder, after: Story, path: str, caret: int | None = None
    ) -> None:
        super().__init__()
        self.difference = Difference.between(holder.typed, after)
        self.edit = EditStep.now(holder.typed, after, path, caret)
        self._holder = holder
        self._after: Story | None = after

    def joins(self, other: QUndoCommand) -> bool:
        """Whether the next edit continues the same word."""
        return isinstance(other, Step) and self.edit.is_continued_by(other.edit)

    def take(self, other: QUndoCommand) -> None:
        if isinstance(other, Step):
            self.difference = self.difference.then(other.difference)
            self.edit = self.edit.then(other.edit)

    def redo(self) -> None:
        """Do the step; the first time its result is known already."""
        if self._after is not None:
            after, self._after = self._after, None
            self._holder.apply_step(after, self.edit.path, None)
        else:
            self._apply(self.difference.forward(self._holder.typed), 0)

    def undo(self) -> None:
        """Undo the step; a caret that was beside the change is there again."""
        splice = self.edit.splice
        self._apply(
            self.difference.backward(self._holder.typed), len(splice.removed) - len(splice.inserted)
        )

    def _apply(self, story: Story, growth: int) -> None:
        """Apply the step, and place the caret where it was typed or at the end of the change."""
        path, caret = self.edit.path, self.edit.caret
        if caret is None:
            place = end_of_change(self._holder.typed, story, path)
        else:
            place = TextPlace(path, caret + growth, caret + growth)
        self._holder.apply_step(story, path, place)


def end_of_change(before: Story, after: Story, path: str) -> TextPlace:
    """Return where the caret belongs after a step: at the end of what changed."""
    end = Splice.between(text_at(before, path), text_at(after, path)).end
    return TextPlace(path, end, end)


def path_to_show(before: Story, after: Story, path: str) -> str:
    """Return where a change is to be shown: at its path, or everywhere (empty).

    A paste with pictures changes other fields than the one it is made in.
    """
    name = path.partition("/")[0]
    is_alone = all(
        field.name == name or getattr(before, field.name) is getattr(after, field.name)
        for field in FIELDS
    )
    return path if is_alone else ""


def _is_same_word(typed: Splice, more: Splice) -> bool:
    """Whether typing continues within a word, or with the space after it."""
    if len(more.inserted) > 1 and any(map(str.isspace, more.inserted)):
        return False  # pasted
    if typed.inserted.rstrip() and any(map(str.isspace, typed.inserted.rstrip())):
        return False
    before = typed.inserted[-1:] or "x"
    return not before.isspace() or more.inserted[:1].isspace()


def _is_adjoining(removed: Splice, more: Splice) -> bool:
    """Whether two deletions meet: backspace to the left, or delete at the same place."""
    return more.start + len(more.removed) == removed.start or more.start == removed.start
