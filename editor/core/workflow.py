"""The workflow as two tables: the actions with their words, and who may do which when.

A story's state has two axes: its stage (how far the text is) and its publication
(what readers have). Every allowed combination is listed; what is not in the
table is refused, with a sentence made from the table itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import product
from typing import NamedTuple

from editor.core.newer import unknown_word
from editor.core.people import Role
from editor.errors import BadValue, NotAllowed
from editor.i18n import N_, _, listed


class Stage(StrEnum):
    """How far the text is."""

    DRAFT = N_("draft")
    REVIEW = N_("in review")
    APPROVED = N_("approved")
    SPIKED = N_("spiked")

    @classmethod
    def _missing_(cls, value: object) -> Stage | None:
        return unknown_word(cls, value)


class Publication(StrEnum):
    """What readers have."""

    NEVER = N_("never")
    LIVE = N_("live")
    KILLED = N_("killed")

    @classmethod
    def _missing_(cls, value: object) -> Publication | None:
        return unknown_word(cls, value)


class Action(Enum):
    """What a person does to a story, with its words for the command line, log, menus and messages.

    `verb` is its name, `past` the participle in the log and in sentences, `title`
    what its button says, `done` the message afterwards, where `{story}` is the story.
    """

    SAVE = (N_("save"), N_("saved"), N_("Save"), N_("Saved {story}."))
    RESTORE = (N_("restore"), N_("restored"), N_("Restore"), N_("Restored {story}."))
    RECONCILE = (N_("reconcile"), N_("reconciled"), N_("Reconcile…"), N_("Reconciled {story}."))
    SUBMIT = (N_("submit"), N_("submitted"), N_("Submit for approval"), N_("Submitted {story}."))
    WITHDRAW = (
        N_("withdraw"),
        N_("withdrawn"),
        N_("Withdraw from review"),
        N_("Withdrew {story} from review."),
    )
    RETURN = (
        N_("return"),
        N_("returned"),
        N_("Return with note…"),
        N_("Returned {story} with your note."),
    )
    APPROVE = (N_("approve"), N_("approved"), N_("Approve this version"), N_("Approved {story}."))
    PUBLISH = (N_("publish"), N_("published"), N_("Publish"), N_("Published {story}."))
    CORRECT = (
        N_("correct"),
        N_("corrected"),
        N_("Correct…"),
        N_("Opened {story} for correction. Readers keep the live version meanwhile."),
    )
    UPDATE = (
        N_("update"),
        N_("updated"),
        N_("Update"),
        N_("Opened {story} for an update. Readers keep the live version meanwhile."),
    )
    KILL = (
        N_("kill"),
        N_("killed"),
        N_("Kill…"),
        N_("Killed {story}. The next export says that it was withdrawn."),
    )
    SPIKE = (N_("spike"), N_("spiked"), N_("Spike"), N_("Spiked {story}."))
    UNSPIKE = (N_("unspike"), N_("unspiked"), N_("Unspike"), N_("Unspiked {story}."))

    def __init__(self, verb: str, past: str, title: str, done: str) -> None:
        self.verb = verb
        self.past = past
        self.title = title
        self.done = done

    def __str__(self) -> str:
        return self.verb

    # Enum's own hash runs in Python, and a whole desk is looked up in the table below.
    __hash__ = object.__hash__


NEEDS_KNOWN_FIELDS = frozenset(
    {Action.SAVE, Action.RESTORE, Action.RECONCILE, Action.SUBMIT, Action.APPROVE}
    | {Action.CORRECT, Action.UPDATE}
)
"""What is refused for a story with fields of a later version: see `Story.require_known`."""


class State(NamedTuple):
    """A story's stage and publication."""

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
    """Actions that these roles may do in these states, and the state they lead to.

    `publication` is None where it does not change.
    """

    actions: tuple[Action, ...]
    stages: tuple[Stage, ...]
    publications: tuple[Publication, ...]
    roles: tuple[Role, ...]
    stage: Stage
    publication: Publication | None = None


_EDITS = (Action.SAVE, Action.RESTORE, Action.RECONCILE)

# An edit of an approved text is a new text: it returns to review if an editor
# made it, else to draft. The live version stays live until a new one is
# published. A killed story stays killed.
_MOVES = (
    _Move(_EDITS, (Stage.DRAFT,), _NOT_KILLED, _ANYONE, Stage.DRAFT),
    _Move(_EDITS, (Stage.REVIEW,), _NOT_KILLED, _ANYONE, Stage.REVIEW),
    _Move(_EDITS, (Stage.APPROVED,), _NOT_KILLED, _WRITERS, Stage.DRAFT),
    _Move(_EDITS, (Stage.APPROVED,), _NOT_KILLED, _EDITORS, Stage.REVIEW),
    _Move((Action.SUBMIT,), (Stage.DRAFT,), _NOT_KILLED, _ANYONE, Stage.REVIEW),
    # Whoever may return it needs no withdrawal. Whose it is, the door and `standing` ask.
    _Move((Action.WITHDRAW,), (Stage.REVIEW,), _NOT_KILLED, _WRITERS, Stage.DRAFT),
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
"""(action, state, role) → the state it leads to. A missing key is refused."""


def allowed(action: Action, state: State, role: Role) -> bool:
    """Return whether a person of this role may do this to a story in this state."""
    return (action, state, role) in TABLE


def outcome(action: Action, state: State, role: Role) -> State:
    """Return the state an action leads to. Raises NotAllowed with the reason and a hint."""
    if (action, state, role) in TABLE:
        return TABLE[action, state, role]
    others = [other for other in Role if (action, state, other) in TABLE]
    if others:
        who = _(" or ").join(_(_PERSON[other]) for other in others)
        raise NotAllowed(
            _("{who} may not {action} a story that is {state}.").format(
                who=_(_PERSON.get(role, role)).capitalize(),
                action=_(action.verb),
                state=_describe(state),
            ),
            _("Return it instead.")
            if action is Action.WITHDRAW
            else _("Ask {who} to do it.").format(who=who),
        )
    raise NotAllowed(
        _("A story that is {state} can't be {done}.").format(
            state=_describe(state), done=_(action.past)
        ),
        _where_allowed(action, state),
    )


def already_published() -> NotAllowed:
    """Return the error for publishing the version that readers have: nothing would change."""
    return NotAllowed(
        _("Readers have this version already."),
        _("Change the text, and have it approved: then the new version can be published."),
    )


def _where_allowed(action: Action, state: State) -> str:
    """Return a hint: in which states the action is allowed."""
    if state.publication is Publication.KILLED:
        return _("Readers were told that it is withdrawn; write a new story.")
    states = [allowed_in for allowed_action, allowed_in, _ in TABLE if allowed_action is action]
    if any(allowed_in.publication is state.publication for allowed_in in states):
        stages = sorted({allowed_in.stage for allowed_in in states}, key=list(Stage).index)
        names = _(" or ").join(_describe(State(stage)) for stage in stages)
        return _("That works on a story that is {names}.").format(names=names)
    if state.publication is Publication.LIVE:
        return _("Readers have it: kill it instead.")
    return _("That works on a story that readers have.")


def parse_stage(text: str) -> Stage:
    """Parse a stage's name; `review` is accepted for `in review`. Raises BadValue."""
    word = text.strip().lower().replace("_", " ").replace("-", " ")
    try:
        return Stage("in review" if word == "review" else word)
    except ValueError:
        raise BadValue(
            _("“{text}” is not a stage.").format(text=text),
            _("Choose one of {names}.").format(names=listed(Stage)),
        ) from None


_PERSON = {
    Role.JOURNALIST: N_("a journalist"),
    Role.EDITOR: N_("an editor"),
    Role.CHIEF: N_("the chief"),
}


def _describe(state: State) -> str:
    if state.publication is Publication.KILLED:
        return _("killed")
    return _("a draft") if state.stage is Stage.DRAFT else _(state.stage)
