"""What can be done with the open story now, and doing it. The rules are the workflow's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from editor.core.commands import (
    Approve,
    Command,
    Correct,
    Kill,
    Publish,
    Return,
    Spike,
    Submit,
    Unspike,
    Update,
)
from editor.core.people import Role
from editor.core.workflow import Action, Stage, State, allowed, outcome
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.widgets.passphrase_bar import wants_passphrase
from editor.i18n import _
from editor.store.reading.rows import StoredVersion

_TITLE = 48


@dataclass(frozen=True, slots=True)
class Primary:
    """The one thing to do next: its action's name, its words, and how its button looks."""

    name: str
    title: str
    kind: str = "primary"


def primary(state: State | None, role: Role, dirty: bool = False) -> Primary:
    """What comes next for a story in this state; an export where there is nothing else.

    Unsaved changes are saved first, so the stage that counts is the one a save
    leads to.
    """
    if state is not None and dirty and allowed(Action.SAVE, state, role):
        state = outcome(Action.SAVE, state, role)
    if state is not None and allowed(Action.SUBMIT, state, role):
        return _step(Action.SUBMIT)
    if state is not None and allowed(Action.APPROVE, state, role):
        return _step(Action.APPROVE, "approve")
    if state is not None and allowed(Action.UNSPIKE, state, role):
        return _step(Action.UNSPIKE)
    return export_step()


def _step(action: Action, kind: str = "primary") -> Primary:
    return Primary(action.verb, _(action.title), kind)


def export_step() -> Primary:
    """What comes next where nothing is to be done to a story."""
    return Primary("export", _("Export…"))


class StoryActions(QObject):
    """Carries out workflow actions on the open story; what is typed is saved first."""

    moved = Signal(str)
    """The story went to another stage; the name of the action that did it."""
    locked = Signal(object, object)
    """A signature needs a passphrase: the problem, and what does the step again."""

    def __init__(self, session: Session, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._under_way = False

    def primary(self) -> Primary:
        """What comes next for the open story; first of all it must be one story."""
        if len(self._draft.sheet.leaves) > 1:
            return _step(Action.RECONCILE)
        state = self._draft.state if self._draft.story is not None else None
        return primary(state, self._session.person.role, self._draft.dirty)

    def can(self, action: Action) -> bool:
        """Whether the person at work may do this to the open story now."""
        stands = self._draft.story is not None and self._draft.stored is not None
        return stands and allowed(action, self._draft.state, self._session.person.role)

    def submit(self) -> None:
        """Submit the story for approval."""
        self._do(Action.SUBMIT, lambda stored: Submit(stored.story.id, stored.version))

    def approve(self) -> None:
        """Approve exactly this version."""
        self._do(Action.APPROVE, lambda stored: Approve(stored.story.id, stored.version))

    def publish(self) -> None:
        """Publish the approved version."""
        self._do(Action.PUBLISH, lambda stored: Publish(stored.story.id, stored.version))

    def correct(self, note: str) -> None:
        """Open a live story for a correction; readers see the note."""
        self._do(Action.CORRECT, lambda stored: Correct(stored.story.id, stored.version, note))

    def update(self) -> None:
        """Open a live story for new facts."""
        self._do(Action.UPDATE, lambda stored: Update(stored.story.id, stored.version))

    def kill(self, note: str) -> None:
        """Withdraw a live story from readers."""
        self._do(Action.KILL, lambda stored: Kill(stored.story.id, stored.version, note))

    def send_back(self, note: str) -> None:
        """Return the story to its writer with a note."""
        self._do(Action.RETURN, lambda stored: Return(stored.story.id, stored.version, note))

    def spike(self) -> None:
        """Spike the story; its message offers to undo that."""
        before = self._draft.state.stage
        self._do(Action.SPIKE, lambda stored: Spike(stored.story.id, stored.version), before)

    def unspike(self) -> None:
        """Make a spiked story a draft again."""
        self._do(Action.UNSPIKE, lambda stored: Unspike(stored.story.id, stored.version))

    def _do(
        self,
        action: Action,
        command: Callable[[StoredVersion], Command],
        before: Stage | None = None,
    ) -> None:
        if self._draft.story is not None:
            self._draft.save(lambda: self._run(action, command, before))

    def _run(
        self,
        action: Action,
        command: Callable[[StoredVersion], Command],
        before: Stage | None,
    ) -> None:
        stored = self._draft.stored
        if stored is None or self._under_way:
            return
        self._under_way = True

        def done(_changes: object) -> None:
            self._under_way = False
            self.moved.emit(action.verb)
            undo = None
            if before is not None:
                undo = lambda: self._put_back(stored.story.id, before)  # noqa: E731
            self._session.message.emit(_(action.done).format(story=_quoted(stored)), undo)

        def failed(error: EditorError) -> None:
            self._under_way = False
            if wants_passphrase(self._session, error):
                self.locked.emit(error, lambda: self._run(action, command, before))
            else:
                self._session.problem.emit(error)

        self._session.run(command(stored), owner=self, done=done, failed=failed)

    def _put_back(self, story_id: str, before: Stage) -> None:
        """Unspike; a story that was further than a draft goes back to review.

        What was approved is not approved again by itself: that is a signature.
        """

        def resubmit(stored: StoredVersion) -> None:
            self._session.run(Submit(story_id, stored.version), owner=self)

        def done(_changes: object) -> None:
            if before is not Stage.DRAFT:
                self._session.ask(
                    lambda snapshot: snapshot.stored(story_id), owner=self, done=resubmit
                )

        self._session.ask(
            lambda snapshot: snapshot.stored(story_id),
            owner=self,
            done=lambda stored: self._session.run(
                Unspike(story_id, stored.version), owner=self, done=done
            ),
        )


def _quoted(stored: StoredVersion) -> str:
    """A story by its headline, shortened, as sentences name it."""
    title = stored.story.headline.strip() or stored.story.slug
    short = title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + "…"
    return f"“{short}”"
