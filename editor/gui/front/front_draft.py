"""The front being ordered: its undo steps, its copy in the journal, and its way to the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from editor.core.changes import Changes
from editor.core.commands import OrderFront
from editor.core.front import Front
from editor.errors import EditorError
from editor.gui.kept.journal_writer import Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.session import Session
from editor.i18n import _

FRONT_ENTRY = "front"
"""The key of the entry in the journal."""


class FrontDraft(QObject):
    """Holds the order that is not saved yet, and the one on the desk that it began with."""

    changed = Signal()
    """Another order, or another one on the desk."""
    refused = Signal(EditorError)
    """Why an order can't be, or could not be saved."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.stack = QUndoStack(self)
        self.front = self.base = Front()
        self._kept: KeptForm | None = None

    @property
    def is_unsaved(self) -> bool:
        """Whether the desk doesn't have this order."""
        return self.front != self.base

    @property
    def has_begun(self) -> bool:
        """Whether the order of the desk was shown once."""
        return self._kept is not None

    def begin(self, saved: Front) -> None:
        """Show the order of the desk; then what a crash left in the journal comes back."""
        self.use(saved)
        self._kept = KeptForm(
            self._session,
            FRONT_ENTRY,
            read=lambda: {"front": self.front.to_json(), "base": self.base.to_json()},
            restore=self._restore,
            changes=(self.changed,),
            on_refused=self.refused.emit,
            parent=self,
        )

    def use(self, saved: Front) -> None:
        """Show the order of the desk in place of this one, and forget the steps before."""
        self.base = saved
        self.stack.clear()
        self._show(saved)

    def keep(self, saved: Front) -> None:
        """Keep this order where the desk has another one now: a save replaces that."""
        self.base = saved
        self.changed.emit()

    def order(self, stories: tuple[str, ...]) -> None:
        """Order these stories, as a step that can be undone; what can't be is refused."""
        front, count = Front(stories), len(self.front.stories)
        try:
            front.require_valid()
        except EditorError as error:
            self.refused.emit(error)
            return
        title = {count + 1: _("Add a story"), count - 1: _("Remove a story")}
        step = title.get(len(stories), _("Move a story"))
        if front != self.front:
            self.stack.push(_Step(step, self.front, front, self._show))

    def save(self, on_saved: Callable[[], object]) -> None:
        """Order the front on the desk; a step back is offered where the window shows messages."""
        before, after = self.base, self.front

        def undo() -> None:
            self._session.run(OrderFront(before, after.hash), owner=self._session)

        def saved(_changes: Changes) -> None:
            self.base = after
            sentence = _("Ordered the front page; it goes out with the next export.")
            self._session.message.emit(sentence, undo)
            on_saved()

        self._session.run(
            OrderFront(after, before.hash), owner=self, done=saved, failed=self.refused.emit
        )

    def forget(self) -> None:
        """Remove the copy in the journal: nothing is to be ordered any more."""
        if self._kept is not None:
            self._kept.forget()

    def _restore(self, entry: Entry) -> None:
        """Bring back the order that a crash left, on the one that it began with."""
        typed, base = Front.from_json(entry["front"]), Front.from_json(entry["base"])
        if typed not in (self.front, base):
            self.base = base
            self.order(typed.stories)

    def _show(self, front: Front) -> None:
        self.front = front
        self.changed.emit()


class _Step(QUndoCommand):
    """One change of the order."""

    def __init__(
        self, text: str, before: Front, after: Front, show: Callable[[Front], object]
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._show = before, after, show

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        self._show(self._after)
