"""An undo stack that joins steps itself, because PySide keeps those that Qt joins for ever."""

from __future__ import annotations

from PySide6.QtGui import QUndoCommand, QUndoStack


class JoinableStep(QUndoCommand):
    """A step that later ones may become part of.

    What Qt merges by `mergeWith` is never freed (PySide 6.11): about 2 KB a key.
    """

    def joins(self, other: QUndoCommand) -> bool:
        """Whether the next step belongs to this one."""
        return False

    def take(self, other: QUndoCommand) -> None:
        """Become both steps. The other one belongs to this one and is done already."""


class JoiningStack(QUndoStack):
    """Joins a step to the last one where it belongs to that."""

    def do(self, step: QUndoCommand) -> None:
        """Do a step, and remember it by itself or as part of the last one."""
        last = self.command(self.index() - 1) if self.index() else None
        is_open = not self.canRedo() and self.index() != self.cleanIndex()
        if is_open and isinstance(last, JoinableStep) and last.joins(step):
            step.redo()
            last.take(step)
        else:
            self.push(step)
