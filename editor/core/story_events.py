"""One event of a story, and what its story's state allows it to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from editor.core.events import DECISION_ACTIONS, VERSION_ACTIONS, WORKFLOW_ACTIONS
from editor.core.people import Role
from editor.core.workflow import Action, State, outcome
from editor.errors import NotAllowed
from editor.i18n import _

_CORRECTED = Action.CORRECT.past
_NEEDS_ONE_LEAF = frozenset(
    {Action.SUBMIT.past, Action.APPROVE.past, Action.PUBLISH.past, _CORRECTED}
)


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One event of a story, as far as its standing depends on it.

    `role` is what the masthead lets its person be, None when it lets them nothing
    any more; `is_sealed` says whether a signature of theirs covers it. `refusal`
    is a reason against it from outside the story, such as an approval that does
    not verify. The rest is as in `Event`. `needs_four_eyes` and `needs_no_note`
    are what the desk's policy asks of an approval.
    """

    id: str
    action: str
    person: str
    role: Role | None
    at: str = ""
    after: tuple[str, ...] = ()
    version: str = ""
    parents: tuple[str, ...] = ()
    subject: str = ""
    is_sealed: bool = True
    refusal: str = ""
    needs_four_eyes: bool = False
    needs_no_note: bool = False


def not_about_latest(event: StoryEvent, leaves: Collection[str]) -> str:
    """Why a decision is not about the one latest version; empty when it is."""
    if event.action not in DECISION_ACTIONS and event.action != _CORRECTED:
        return ""
    if event.action in _NEEDS_ONE_LEAF and len(leaves) > 1:
        return _("The story had several versions to reconcile.")
    about = event.version or next(iter(event.parents), "")
    return "" if about in leaves else _("It is not about the latest version.")


def is_own(person: str, past: Iterable[StoryEvent]) -> bool:
    """Return whether a person wrote a version of a story or submitted it, so may withdraw it."""
    return any(
        event.person == person
        and (event.action in VERSION_ACTIONS or event.action == Action.SUBMIT.past)
        for event in past
    )


def not_allowed(event: StoryEvent, before: State) -> str:
    """Why its person's role, or the story's state, forbids an event; empty when they don't."""
    if event.role is None:
        return _("{person} was not on the masthead any more.").format(person=event.person)
    if event.action not in WORKFLOW_ACTIONS:
        return ""
    try:
        outcome(WORKFLOW_ACTIONS[event.action], before, event.role)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def has_remark(event: StoryEvent) -> bool:
    """Whether a decision came with a note, which is one like any other."""
    return event.action in DECISION_ACTIONS and bool(event.subject)
