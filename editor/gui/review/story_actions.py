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
        return Primary("submit", _("Submit for approval"))
    if state is not None and allowed(Action.APPROVE, state, role):
        return Primary("approve", _("Approve this version"), "approve")
    if state is not None and allowed(Action.UNSPIKE, state, role):
        return Primary("unspike", _("Take up again"))
    return export_step()


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
        if len(self._draft.open_story.leaves) > 1:
            return Primary("reconcile", _("Reconcile…"))
        state = self._draft.open_story.state if self._draft.open_story.is_open else None
        return primary(state, self._session.person.role, self._draft.open_story.is_unsaved)

    def can(self, action: Action) -> bool:
        """Whether the person at work may do this to the open story now."""
        stands = self._draft.open_story.is_open and self._draft.open_story.stored is not None
        return stands and allowed(action, self._draft.open_story.state, self._session.person.role)

    def submit(self) -> None:
        """Hand the text in for approval."""
        self._do("submit", lambda at: Submit(at.story.id, at.version), _("Submitted {story}."))

    def approve(self) -> None:
        """Say that this exact text may go out."""
        self._do("approve", lambda at: Approve(at.story.id, at.version), _("Approved {story}."))

    def publish(self) -> None:
        """Give the approved version to readers."""
        self._do("publish", lambda at: Publish(at.story.id, at.version), _("Published {story}."))

    def correct(self, note: str) -> None:
        """Open a live story for a correction; readers are told the note."""
        said = _("{story} is open for correction. Readers keep the live version meanwhile.")
        self._do("correct", lambda at: Correct(at.story.id, at.version, note), said)

    def update(self) -> None:
        """Open a live story for new facts."""
        said = _("{story} is open for an update. Readers keep the live version meanwhile.")
        self._do("update", lambda at: Update(at.story.id, at.version), said)

    def kill(self, note: str) -> None:
        """Withdraw a live story from readers."""
        said = _("Killed {story}. The next export says that it was withdrawn.")
        self._do("kill", lambda at: Kill(at.story.id, at.version, note), said)

    def send_back(self, note: str) -> None:
        """Return the story to its writer with a note."""
        said = _("Returned {story} with your note.")
        self._do("return", lambda at: Return(at.story.id, at.version, note), said)

    def spike(self) -> None:
        """Put the story aside; the message that tells of it takes it back."""
        before = self._draft.open_story.state.stage
        self._do("spike", lambda at: Spike(at.story.id, at.version), _("Spiked {story}."), before)

    def unspike(self) -> None:
        """Take a spiked story up again."""
        self._do(
            "unspike", lambda at: Unspike(at.story.id, at.version), _("{story} is a draft again.")
        )

    def _do(
        self,
        name: str,
        command: Callable[[StoredVersion], Command],
        said: str,
        before: Stage | None = None,
    ) -> None:
        if self._draft.open_story.is_open:
            self._draft.save(lambda: self._run(name, command, said, before))

    def _run(
        self,
        name: str,
        command: Callable[[StoredVersion], Command],
        said: str,
        before: Stage | None,
    ) -> None:
        stored = self._draft.open_story.stored
        if stored is None or self._under_way:
            return
        self._under_way = True

        def done(_changes: object) -> None:
            self._under_way = False
            self.moved.emit(name)
            undo = None
            if before is not None:
                undo = lambda: self._put_back(stored.story.id, before)  # noqa: E731
            self._session.message.emit(said.format(story=_quoted(stored)), undo)

        def failed(error: EditorError) -> None:
            self._under_way = False
            if wants_passphrase(self._session, error):
                self.locked.emit(error, lambda: self._run(name, command, said, before))
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
