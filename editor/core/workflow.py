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
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    RESTORE = "restore"
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

# action, from stages, by roles, to stage. An edit of an approved text is a new
# text: it goes back to review if an editor made it, else to draft.
_MOVES: tuple[tuple[Action, tuple[Stage, ...], tuple[Role, ...], Stage], ...] = (
    (Action.SAVE, (Stage.DRAFT,), _ANYONE, Stage.DRAFT),
    (Action.SAVE, (Stage.REVIEW,), _ANYONE, Stage.REVIEW),
    (Action.SAVE, (Stage.APPROVED,), _WRITERS, Stage.DRAFT),
    (Action.SAVE, (Stage.APPROVED,), _EDITORS, Stage.REVIEW),
    (Action.RESTORE, (Stage.DRAFT,), _ANYONE, Stage.DRAFT),
    (Action.RESTORE, (Stage.REVIEW,), _ANYONE, Stage.REVIEW),
    (Action.RESTORE, (Stage.APPROVED,), _WRITERS, Stage.DRAFT),
    (Action.RESTORE, (Stage.APPROVED,), _EDITORS, Stage.REVIEW),
    (Action.SUBMIT, (Stage.DRAFT,), _ANYONE, Stage.REVIEW),
    (Action.RETURN, (Stage.REVIEW, Stage.APPROVED), _EDITORS, Stage.DRAFT),
    (Action.APPROVE, (Stage.REVIEW,), _EDITORS, Stage.APPROVED),
    (Action.SPIKE, (Stage.DRAFT,), _ANYONE, Stage.SPIKED),
    (Action.SPIKE, (Stage.REVIEW, Stage.APPROVED), _EDITORS, Stage.SPIKED),
    (Action.UNSPIKE, (Stage.SPIKED,), _ANYONE, Stage.DRAFT),
)

TABLE: dict[tuple[Action, State, Role], State] = {
    (action, State(stage, publication), role): State(to, publication)
    for action, stages, roles, to in _MOVES
    for stage, role, publication in product(stages, roles, (Publication.NEVER, Publication.LIVE))
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
    stages = sorted({at.stage for do, at, _ in TABLE if do is action}, key=list(Stage).index)
    raise NotAllowed(
        f"A story that is {_standing(state)} can't be {_DONE[action]}.",
        "That works on a story that is "
        + " or ".join(_standing(State(stage)) for stage in stages)
        + ".",
    )


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
    Action.SUBMIT: "submitted",
    Action.RETURN: "returned",
    Action.APPROVE: "approved",
    Action.RESTORE: "restored",
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
