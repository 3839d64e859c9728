"""What a story's events come to: its state, what readers have, and which approvals hold.

A pure function of a set of events: no clock, no order of arrival, so it is the
same on every computer. Each event names the events of the story that its writer
had seen (`after`), which makes a graph. The workflow table decides on each event
in the state that its own past leads to. What it does not allow has no effect,
and the reason is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from editor.core.events import (
    NOTE_ACTIONS,
    NOTED,
    RESOLVED,
    VERSION_ACTIONS,
    WORKFLOW_ACTIONS,
)
from editor.core.story_events import (
    StoryEvent,
    has_remark,
    is_own,
    not_about_latest,
    not_allowed,
)
from editor.core.workflow import Action, Publication, Stage, State, outcome
from editor.i18n import _

_APPROVED, _PUBLISHED, _KILLED = Action.APPROVE.past, Action.PUBLISH.past, Action.KILL.past
_SUBMITTED = Action.SUBMIT.past
_WITHDRAWN = Action.WITHDRAW.past
_ENDING = frozenset({Action.RETURN.past, Action.SPIKE.past, _WITHDRAWN})
_HOW_FAR = {Stage.DRAFT: 0, Stage.REVIEW: 1, Stage.APPROVED: 2}


@dataclass(slots=True)
class Standing:
    """Where a story is. Versions and events are named by the ids of events.

    `unpublished` are, for each leaf, the versions that its text comes from since what
    readers have, and `signers` who stands up for each version with their signature.
    `approvals` are those that hold: the approval by its version; `ended` names the
    event that ended one. `refused` says why an event has no effect, `waiting` are
    those whose past is not here, and `aside` the versions that belong to no text.
    `writers` wrote the text that an approval is about. `notes` names the event that
    resolved each note, empty while it is open. `approved`, the first one first, and
    `killing` are the events that readers' dates come from.
    """

    stage: Stage = Stage.DRAFT
    publication: Publication = Publication.NEVER
    leaves: tuple[str, ...] = ()
    live: str = ""
    unpublished: dict[str, tuple[str, ...]] = field(default_factory=dict)
    signers: dict[str, frozenset[str]] = field(default_factory=dict)
    tips: tuple[str, ...] = ()
    approvals: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    writers: dict[str, frozenset[str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    approved: tuple[str, ...] = ()
    killing: str = ""

    @property
    def state(self) -> State:
        """Stage and publication together, as the workflow takes them."""
        return State(self.stage, self.publication)


def join_states(states: Iterable[State]) -> State:
    """The state of a story on which people worked beside each other.

    Killed wins, live stays live, and a text is only as far as its least far branch.
    """
    states = list(states)
    if len(states) == 1:
        return states[0]
    if any(state.publication is Publication.KILLED for state in states):
        return State(Stage.SPIKED, Publication.KILLED)
    is_live = any(state.publication is Publication.LIVE for state in states)
    stages = [state.stage for state in states if state.stage is not Stage.SPIKED]
    stage = min(stages, key=_HOW_FAR.__getitem__) if stages else Stage.SPIKED
    return State(stage, Publication.LIVE if is_live else Publication.NEVER)


def story_standing(events: Iterable[StoryEvent]) -> Standing:
    """Fold a story's events into its standing. What names a missing event waits for it."""
    return _Fold(events).result()


class _Fold:
    """One pass over the events of a story, each after those it names.

    Sets of events are whole numbers with a bit for each event: a story has
    hundreds of events, and most questions are about what is in whose past.
    """

    def __init__(self, events: Iterable[StoryEvent]) -> None:
        self._events = {event.id: event for event in events}
        self._bit = {id: 1 << place for place, id in enumerate(self._events)}
        self._past: dict[str, int] = {}
        self._state: dict[str, State] = {}
        self._ancestry: dict[str, int] = {}
        self._generation: dict[str, int] = {}
        self._seen = 0
        self._leaves: set[str] = set()
        self._published: list[str] = []
        self._ending: list[str] = []
        self._approved: list[str] = []
        self._notes: list[str] = []
        self._signers: dict[str, set[str]] = {}
        self._unsealed: list[str] = []
        self._standing = Standing()

    def result(self) -> Standing:
        for id in self._in_order():
            self._add(self._events[id])
        standing = self._standing
        standing.waiting = tuple(sorted(id for id in self._events if id not in self._state))
        standing.tips = tuple(sorted(self._tips()))
        if standing.tips:
            state = join_states(self._state[id] for id in standing.tips)
            standing.stage, standing.publication = state.stage, state.publication
        standing.leaves = tuple(sorted(self._leaves, key=self._age))
        standing.live = self._live()
        standing.unpublished = {
            leaf: self._unpublished(leaf, self._published) for leaf in standing.leaves
        }
        standing.notes = self._note_states(-1)
        standing.signers = {id: frozenset(self._signers.get(id, ())) for id in self._ancestry}
        published = {self._events[id].version for id in self._published}
        for id in self._approved:
            event = self._events[id]
            if ending := self._end_of(id, self._ending, published):
                standing.ended[id] = ending
            else:
                standing.approvals[event.version] = id
        standing.approved = tuple(sorted(self._approved, key=self._depth))
        killing = [id for id in self._ending if self._events[id].action == _KILLED]
        standing.killing = min(killing, key=self._depth, default="")
        return standing

    def _in_order(self) -> Iterable[str]:
        """The events, each after all that it names; those that name a missing one never."""
        followers: dict[str, list[str]] = {}
        missing: dict[str, int] = {}
        for event in self._events.values():
            named = {*event.after, *event.parents, event.version} - {"", event.id}
            missing[event.id] = len(named)
            for id in named:
                followers.setdefault(id, []).append(event.id)
        ready = deque(id for id, count in missing.items() if not count)
        while ready:
            id = ready.popleft()
            yield id
            for follower in followers.get(id, ()):
                missing[follower] -= 1
                if not missing[follower]:
                    ready.append(follower)

    def _add(self, event: StoryEvent) -> None:
        past = self._bit[event.id]
        for id in event.after:
            past |= self._past[id]
        self._past[event.id] = past
        before = join_states(self._state[id] for id in event.after) if event.after else State()
        sees_all = past == self._seen | self._bit[event.id]
        why = self._refusal(event, before, sees_all=sees_all)
        self._seen |= self._bit[event.id]
        self._remember_signer(event)
        if event.action in VERSION_ACTIONS:
            self._add_version(event, before, why)
        self._state[event.id] = before
        if why:
            self._standing.refused[event.id] = why
        elif event.action in WORKFLOW_ACTIONS and event.role is not None:
            action = WORKFLOW_ACTIONS[event.action]
            self._state[event.id] = outcome(action, before, event.role)
            self._remember(event)
        if not why and (event.action in NOTE_ACTIONS or has_remark(event)):
            self._notes.append(event.id)

    def _remember_signer(self, event: StoryEvent) -> None:
        """A text counts as of its writer, if they signed it.

        A save may have lost its signature in a crash, or its writer may have left: then
        it counts as of whoever submitted it with their signature, or built on it. A
        note or a decision says nothing about who wrote the text that it names.
        """
        if not event.is_sealed:
            self._unsealed += [event.id] if event.action in VERSION_ACTIONS else []
            return
        if event.action in VERSION_ACTIONS:
            self._signers[event.id] = {event.person}
        if event.action == _SUBMITTED or event.action in VERSION_ACTIONS:
            ancestry = 0
            for id in {event.version, *event.parents} - {""}:
                ancestry |= self._ancestry.get(id, 0)
            for id in self._unsealed:
                if self._bit[id] & ancestry:
                    self._signers.setdefault(id, set()).add(event.person)

    def _add_version(self, event: StoryEvent, before: State, why: str) -> None:
        """A text is kept even where the event has no effect: aside, or as one to reconcile."""
        ancestry = self._bit[event.id]
        for id in event.parents:
            ancestry |= self._ancestry.get(id, 0)
        self._ancestry[event.id] = ancestry
        older = (self._generation.get(id, 0) for id in event.parents)
        self._generation[event.id] = 1 + max(older, default=0)
        if why and not_allowed(event, before):
            self._standing.aside += (event.id,)
        else:
            self._leaves -= set(event.parents)
            self._leaves.add(event.id)

    def _remember(self, event: StoryEvent) -> None:
        if event.action == _PUBLISHED:
            self._published.append(event.id)
        elif event.action in _ENDING or event.action == _KILLED:
            self._ending.append(event.id)
        elif event.action == _APPROVED:
            self._approved.append(event.id)

    def _refusal(self, event: StoryEvent, before: State, *, sees_all: bool) -> str:
        """Why an event has no effect; empty when it has."""
        if why := not_allowed(event, before) or event.refusal:
            return why
        if event.action in VERSION_ACTIONS and not event.parents and event.after:
            return _("It begins a story that exists.")
        leaves = self._leaves if sees_all else self._leaves_of(self._past[event.id])
        if why := not_about_latest(event, leaves):
            return why
        if event.action == _PUBLISHED and not self._is_approved(event):
            return _("No approval of that version held.")
        if event.action == _WITHDRAWN and not is_own(event.person, self._events_before(event.id)):
            return _("{name} neither wrote nor submitted it.").format(name=event.person)
        return self._approval_refusal(event) if event.action == _APPROVED else ""

    def _events_before(self, id: str) -> Iterable[StoryEvent]:
        past = self._past[id]
        return (event for event in self._events.values() if self._bit[event.id] & past)

    def _approval_refusal(self, event: StoryEvent) -> str:
        ancestors = self._unpublished(event.version, self._before(self._published, event.id))
        writers = [self._events[id] for id in ancestors]
        signers = [self._signers.get(version.id, set()) for version in writers]
        self._standing.writers[event.id] = frozenset().union(*signers)
        if not all(signers):
            name = writers[signers.index(set())].person
            return _("{name} has not signed the text.").format(name=name)
        if event.needs_four_eyes and event.person in self._standing.writers[event.id]:
            return _(
                "{person} wrote some of this text, and this desk asks for a second pair of eyes."
            ).format(person=event.person)
        if event.needs_no_note and not all(self._note_states(self._past[event.id]).values()):
            return _("The story had an open note.")
        return ""

    def _unpublished(self, version: str, published: Iterable[str]) -> tuple[str, ...]:
        """A version and its ancestors after the last one that was published.

        Where an earlier version was restored, those of that one as well.
        """
        ancestry = self._ancestry.get(version, 0)
        published = list(published)
        for id in published:
            live = self._events[id].version
            if live != version and self._bit[live] & ancestry:
                ancestry &= ~self._ancestry[live]
        text = [id for id in self._ancestry if self._bit[id] & ancestry]
        for id in list(text):
            if restored := self._events[id].version:
                # Whose words an earlier version has, wrote this one as well.
                text += self._unpublished(restored, published)
        return tuple(dict.fromkeys(text))

    def _note_states(self, past: int) -> dict[str, str]:
        """Each note in a past by its id, with the event that resolved it; empty while open.

        Of two words about one note beside each other, open wins.
        """
        seen = [self._events[id] for id in self._notes if self._bit[id] & past]
        changes: dict[str, list[str]] = {}
        states: dict[str, str] = {}
        for event in seen:
            if event.action == NOTED or has_remark(event):
                # An answer is no note of its own.
                states |= {} if event.parents else {event.id: ""}
            else:
                changes.setdefault(next(iter(event.parents), ""), []).append(event.id)
        for note, ids in changes.items():
            last = self._not_covered(ids)
            if note in states and all(self._events[id].action == RESOLVED for id in last):
                states[note] = min(last)
        return states

    def _is_approved(self, event: StoryEvent) -> bool:
        """Whether an approval of a version held when it was published."""
        ending = self._before(self._ending, event.id)
        before = {self._events[id].version for id in self._before(self._published, event.id)}
        return any(
            self._events[id].version == event.version and not self._end_of(id, ending, before)
            for id in self._before(self._approved, event.id)
        )

    def _end_of(self, approval: str, ending: Iterable[str], published: set[str]) -> str:
        """The event that ended an approval; empty while it holds.

        Whoever said no and was not known to the approver counts. What readers have,
        only killing takes from them.
        """
        version = self._events[approval].version
        for id in ending:
            event = self._events[id]
            if self._bit[id] & self._past[approval]:
                continue
            if event.action == _KILLED or (event.version == version and version not in published):
                return id
        return ""

    def _before(self, ids: Iterable[str], event: str) -> list[str]:
        past = self._past[event]
        return [id for id in ids if self._bit[id] & past]

    def _leaves_of(self, past: int) -> set[str]:
        inside = [id for id in self._ancestry if self._bit[id] & past]
        inside = [id for id in inside if id not in self._standing.aside]
        grown = 0
        for id in inside:
            grown |= self._ancestry[id] & ~self._bit[id]
        return {id for id in inside if not self._bit[id] & grown}

    def _tips(self) -> list[str]:
        return self._not_covered(id for id in self._state if self._events[id].role is not None)

    def _not_covered(self, ids: Iterable[str]) -> list[str]:
        """Those events that are in the past of none of the others."""
        ids, covered = list(ids), 0
        for id in ids:
            covered |= self._past[id] & ~self._bit[id]
        return [id for id in ids if not self._bit[id] & covered]

    def _live(self) -> str:
        """The version that readers got last: of two beside each other, the younger text."""
        last = [self._events[id].version for id in self._not_covered(self._published)]
        grown = 0
        for version in last:
            grown |= self._ancestry[version] & ~self._bit[version]
        newest = [version for version in last if not self._bit[version] & grown]
        return max(newest, key=self._age, default="")

    def _age(self, version: str) -> tuple[int, str]:
        return self._generation[version], version

    def _depth(self, event: str) -> tuple[int, str]:
        return self._past[event].bit_count(), event
