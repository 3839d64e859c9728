"""What can be done with the open story now, and doing it. The rules are the workflow's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from editor.core.changes import Changes
from editor.core.people import Role
from editor.core.workflow import (
    NEEDS_KNOWN_FIELDS,
    Action,
    Stage,
    State,
    allowed,
    already_published,
    outcome,
)
from editor.errors import EditorError, NotAllowed
from editor.gui.draft.bad_text import first_refusal
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.session import Session
from editor.gui.widgets.elided import shortened
from editor.i18n import _, quoted

if TYPE_CHECKING:
    from editor.core.commands import Command

# The commands, and a parser, are imported for the first action: no window waits for them.
# ruff: noqa: PLC0415

_SHOWN: Final = frozenset({Action.SUBMIT, Action.APPROVE})
"""What is done to the text that was shown, by its hash."""
_LONGEST_TITLE = 48


@dataclass(frozen=True, slots=True)
class Primary:
    """The one thing to do next: its action's name, its title, and how its button looks."""

    name: str
    title: str
    kind: str = "primary"


def primary(state: State | None, role: Role, dirty: bool = False) -> Primary:
    """Return what comes next for a story in this state; an export where nothing else does.

    Unsaved changes are saved first, so the stage that counts is the one a save
    leads to.
    """
    if state is not None and dirty and allowed(Action.SAVE, state, role):
        state = outcome(Action.SAVE, state, role)
    for action, kind in (
        (Action.SUBMIT, "primary"),
        (Action.APPROVE, "approve"),
        (Action.UNSPIKE, "primary"),
    ):
        if state is not None and allowed(action, state, role):
            return Primary(action.verb, _(action.title), kind)
    return export_step()


def export_step() -> Primary:
    """Return what comes next where nothing is to be done to a story."""
    return Primary("export", _("Export…"))


def new_step() -> Primary:
    """Return what comes next on a desk without a story."""
    return Primary("new", _("New story"))


def banner_step() -> Primary:
    """Return what comes next for a trends banner that waits for this person."""
    return Primary("approve_banner", _("Approve banner"), "approve")


def command_class(action: Action) -> Callable[..., Command]:
    """Return the command that carries out an action of the workflow."""
    from editor.core.commands import STEPS

    return STEPS[action]


class StoryActions(QObject):
    """Carries out workflow actions on the open story; unsaved text is saved first."""

    carried_out = Signal(Action, str)
    """The action, and the id of the story."""

    def __init__(self, session: Session, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._is_running = False

    def primary(self) -> Primary:
        """Return what comes next for the open story; its versions are reconciled first of all."""
        if not self._session.can_decide:
            return export_step()
        if len(self._draft.open_story.leaves) > 1:
            return Primary(Action.RECONCILE.verb, _(Action.RECONCILE.title))
        if self._draft.typed.has_unknown:
            return export_step()
        state = self._draft.open_story.state if self._draft.open_story.is_open else None
        return primary(state, self._session.person.role, self._draft.open_story.is_unsaved)

    def can(self, action: Action) -> bool:
        """Return whether the person at work may do this to the open story now."""
        story = self._draft.open_story
        if story.stored is None or (story.typed.has_unknown and action in NEEDS_KNOWN_FIELDS):
            return False
        if not self._session.can_decide:
            return False
        # Asked at every key of each action, most of which are refused: without a sentence.
        role = self._session.person.role
        return allowed(action, story.state, role) and not self._is_published(action)

    def why_not(self, action: Action) -> EditorError | None:
        """Return why the workflow refuses an action for the open story; None where it does not."""
        story = self._draft.open_story
        try:
            outcome(action, story.state, self._session.person.role)
        except NotAllowed as error:
            return error
        return already_published() if self._is_published(action) else None

    def do(self, action: Action, note: str = "") -> None:
        """Save the open story, then do this to it; some actions need a note.

        A story that can't go out is refused before anything is saved.
        """
        story = self._draft.open_story
        if not story.is_open:
            return
        run = partial(self._run, story, action, note, story.state.stage)
        if refusal := self._refusal(action):
            self._draft.refuse(refusal)
        elif action is Action.UPDATE:
            # What is typed belongs to the update; saved before, it would end the approval.
            run()
        else:
            self._draft.save(run)

    def _refusal(self, action: Action) -> EditorError | None:
        """Return why the text as it is typed can't go on to readers; None when it can."""
        typed = self._draft.typed
        if action not in {*_SHOWN, Action.PUBLISH}:
            return None
        if bad := first_refusal(self._draft.open_story.bad_texts):
            return bad
        try:
            from editor.text.minimum import require_minimum

            require_minimum(typed, self._session.documents.of(typed.body))
        except NotAllowed as error:
            return error
        return None

    def _is_published(self, action: Action) -> bool:
        """Return whether publishing would give readers the version that they have."""
        story = self._draft.open_story
        return (
            action is Action.PUBLISH
            and story.stored is not None
            and story.stored.version == story.around.live_version
        )

    def _run(self, open_story: OpenStory, action: Action, note: str, before: Stage) -> None:
        stored = open_story.stored
        if stored is None or self._is_running:
            return
        self._is_running = True
        story = stored.story

        def done(_changes: Changes) -> None:
            self._is_running = False
            self.carried_out.emit(action, story.id)
            undo = partial(self._undo_spike, story.id, before) if action is Action.SPIKE else None
            title = shortened(story.headline.strip() or story.slug, _LONGEST_TITLE)
            self._session.message.emit(_(action.done).format(story=quoted(title)), undo)

        def failed(error: EditorError) -> None:
            self._is_running = False
            if self._draft.open_story is open_story:
                self._draft.refuse(error)
            else:
                self._session.problem.emit(error)

        shown = (stored.hash,) if action in _SHOWN else ()
        notes = (note,) if note else ()
        command = command_class(action)(story.id, stored.version, *shown, *notes)
        self._session.run(command, owner=self, done=done, failed=failed)

    def _undo_spike(self, story_id: str, before: Stage) -> None:
        """Unspike, and submit again what was in review or further.

        An approval is a signature: what was approved has to be approved again.
        """

        def submit(_changes: Changes) -> None:
            if before is not Stage.DRAFT:
                self._run_on_latest(command_class(Action.SUBMIT), story_id)

        self._run_on_latest(command_class(Action.UNSPIKE), story_id, submit)

    def _run_on_latest(
        self,
        command: Callable[[str, int], Command],
        story_id: str,
        done: Callable[[Changes], object] | None = None,
    ) -> None:
        self._session.ask(
            lambda snapshot: snapshot.stored(story_id).version,
            owner=self,
            done=lambda latest: self._session.run(command(story_id, latest), owner=self, done=done),
        )
