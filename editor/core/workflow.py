"""Who may do what to a story, and what it becomes: one table, as data.

A story stands on two axes: its stage (how far the text is) and its publication
(what readers have). Every allowed combination is listed; what is not in the
table is refused, with a sentence made from the table itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from editor.core.people import Role
from editor.errors import BadValue, NotAllowed


class Stage(StrEnum):
    """How far the text is."""

    DRAFT = "draft"
    REVIEW = "in review"
    APPROVED = "approved"
    SPIKED = "spiked"


class Publication(StrEnum):
    """What readers have."""

    NEVER = "never"
    LIVE = "live"
    KILLED = "killed"


class Action(StrEnum):
    """What a person does to a story."""

    SAVE = "save"
    RESTORE = "restore"
    RECONCILE = "reconcile"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    UPDATE = "update"
    KILL = "kill"
    SPIKE = "spike"
    UNSPIKE = "unspike"


@dataclass(frozen=True, slots=True)
class State:
    """Where a story stands."""

    stage: Stage = Stage.DRAFT
    publication: Publication = Publication.NEVER


_ANYONE = (Role.JOURNALIST, Role.EDITOR, Role.CHIEF)
_WRITERS = (Role.JOURNALIST,)
_EDITORS = (Role.EDITOR, Role.CHIEF)

_NEVER = (Publication.NEVER,)
_LIVE = (Publication.LIVE,)
_NOT_KILLED = (*_NEVER, *_LIVE)
_OPEN = (Stage.DRAFT, Stage.REVIEW, Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class _Move:
    """Actions that lead from these stages and publications, by these roles, to another.

    `publication` is None where what readers have stays as it is.
    """

    actions: tuple[Action, ...]
    stages: tuple[Stage, ...]
    publications: tuple[Publication, ...]
    roles: tuple[Role, ...]
    stage: Stage
    publication: Publication | None = None


_EDITS = (Action.SAVE, Action.RESTORE, Action.RECONCILE)

# An edit of an approved text is a new text: it goes back to review if an editor
# made it, else to draft. What readers have stays live until a new version is
# published. A killed story stays killed.
_MOVES = (
    _Move(_EDITS, (Stage.DRAFT,), _NOT_KILLED, _ANYONE, Stage.DRAFT),
    _Move(_EDITS, (Stage.REVIEW,), _NOT_KILLED, _ANYONE, Stage.REVIEW),
    _Move(_EDITS, (Stage.APPROVED,), _NOT_KILLED, _WRITERS, Stage.DRAFT),
    _Move(_EDITS, (Stage.APPROVED,), _NOT_KILLED, _EDITORS, Stage.REVIEW),
    _Move((Action.SUBMIT,), (Stage.DRAFT,), _NOT_KILLED, _ANYONE, Stage.REVIEW),
    _Move((Action.RETURN,), (Stage.REVIEW, Stage.APPROVED), _NOT_KILLED, _EDITORS, Stage.DRAFT),
    _Move((Action.APPROVE,), (Stage.REVIEW,), _NOT_KILLED, _EDITORS, Stage.APPROVED),
    _Move(
        (Action.PUBLISH,),
        (Stage.APPROVED,),
        _NOT_KILLED,
        _EDITORS,
        Stage.APPROVED,
        Publication.LIVE,
    ),
    _Move((Action.CORRECT,), _OPEN, _LIVE, _WRITERS, Stage.DRAFT),
    _Move((Action.CORRECT,), _OPEN, _LIVE, _EDITORS, Stage.REVIEW),
    _Move((Action.UPDATE,), (Stage.APPROVED,), _LIVE, _ANYONE, Stage.DRAFT),
    _Move((Action.KILL,), _OPEN, _LIVE, _EDITORS, Stage.SPIKED, Publication.KILLED),
    _Move((Action.SPIKE,), (Stage.DRAFT,), _NEVER, _ANYONE, Stage.SPIKED),
    _Move((Action.SPIKE,), (Stage.REVIEW, Stage.APPROVED), _NEVER, _EDITORS, Stage.SPIKED),
    _Move((Action.UNSPIKE,), (Stage.SPIKED,), _NEVER, _ANYONE, Stage.DRAFT),
)

TABLE: dict[tuple[Action, State, Role], State] = {
    (action, State(stage, publication), role): State(move.stage, move.publication or publication)
    for move in _MOVES
    for action, stage, publication, role in product(
        move.actions, move.stages, move.publications, move.roles
    )
}
"""(action, state, role) → the state it leads to. Absent means refused."""


def allowed(action: Action, state: State, role: Role) -> bool:
    """Whether a person of this role may do this to a story in this state."""
    return (action, state, role) in TABLE


def outcome(action: Action, state: State, role: Role) -> State:
    """The state an action leads to. Raises NotAllowed with the reason and a way out."""
    if (action, state, role) in TABLE:
        return TABLE[action, state, role]
    others = [other for other in Role if (action, state, other) in TABLE]
    if others:
        who = " or ".join(_PERSON[other] for other in others)
        raise NotAllowed(
            f"{_PERSON[role].capitalize()} may not {action} a story that is {_standing(state)}.",
            f"Ask {who} to do it.",
        )
    raise NotAllowed(
        f"A story that is {_standing(state)} can't be {_DONE[action]}.", _where(action, state)
    )


def _where(action: Action, state: State) -> str:
    """On what stories an action works, said of the axis that stands in the way."""
    if state.publication is Publication.KILLED:
        return "Readers were told that it is withdrawn; write a new story."
    ways = [at for do, at, _ in TABLE if do is action]
    if any(at.publication is state.publication for at in ways):
        stages = sorted({at.stage for at in ways}, key=list(Stage).index)
        words = " or ".join(_standing(State(stage)) for stage in stages)
        return f"That works on a story that is {words}."
    if state.publication is Publication.LIVE:
        return "Readers have it: kill it instead."
    return "That works on a story that readers have."


def parse_stage(text: str) -> Stage:
    """Read a stage by its word; `review` will do for `in review`. Raises BadValue."""
    word = text.strip().lower().replace("_", " ").replace("-", " ")
    try:
        return Stage("in review" if word == "review" else word)
    except ValueError:
        raise BadValue(
            f"“{text}” is not a stage.", "Choose one of " + ", ".join(Stage) + "."
        ) from None


_DONE = {
    Action.SAVE: "changed",
    Action.RESTORE: "restored",
    Action.RECONCILE: "reconciled",
    Action.SUBMIT: "submitted",
    Action.RETURN: "returned",
    Action.APPROVE: "approved",
    Action.PUBLISH: "published",
    Action.CORRECT: "corrected",
    Action.UPDATE: "updated",
    Action.KILL: "killed",
    Action.SPIKE: "spiked",
    Action.UNSPIKE: "unspiked",
}

_PERSON = {
    Role.JOURNALIST: "a journalist",
    Role.EDITOR: "an editor",
    Role.CHIEF: "the chief",
}


def _standing(state: State) -> str:
    if state.publication is Publication.KILLED:
        return "killed"
    return "a draft" if state.stage is Stage.DRAFT else str(state.stage)
