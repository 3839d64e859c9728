"""Verifying what was done to a story, and its approvals: they count only if all is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from editor.core.edition import Approval
from editor.core.events import NOTE_ACTIONS, VERSION_ACTIONS, WORKFLOW_ACTIONS, Event
from editor.core.standing import Standing, StoryEvent, story_standing
from editor.core.story import Story
from editor.core.times import parse_instant
from editor.core.workflow import Action
from editor.errors import BadInput, UntrustedSignature
from editor.store.db.schema import approvals, events, stories, versions
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Seals
from editor.store.reading.evidence import AGAIN, check_evidence
from editor.store.reading.mastheads import read_trusted
from editor.store.reading.rows import StoryRow
from editor.store.reading.values import (
    STORY_COLUMNS,
    read_parents,
    read_story,
    read_story_row,
    text_hash,
)
from editor.trust.approval import ApprovalStatement, read_statement
from editor.trust.keys import PublicKey
from editor.trust.masthead import MastheadChain

_AT_ONCE = 500
_OUTSIDE = "was changed outside Stonehand"


@dataclass(slots=True)
class VerifiedStory:
    """A story's events and what they come to, compared with what the tables say.

    `events` are its events by their ids, `numbers` its versions' numbers by the
    events that made them. `doubt` is the first thing that can't be trusted.
    """

    row: StoryRow
    standing: Standing
    events: dict[str, StoryEvent]
    numbers: dict[str, int]
    places: dict[str, int]
    statements: dict[str, tuple[str, ApprovalStatement]]
    doubt: str = ""

    def require_sound(self) -> None:
        """Raise UntrustedSignature where something can't be trusted."""
        if self.doubt:
            raise UntrustedSignature(self.doubt, "Look at `stonehand audit`.")

    def version_id(self, number: int) -> str:
        """The event that made a version, by its number; empty when there is none."""
        return next((id for id, known in self.numbers.items() if known == number), "")


class _Made(NamedTuple):
    """A version as its row says: the event that made it, its number and hash, by whom and when.

    `parents` are the numbers of the versions it grew from.
    """

    id: str
    number: int
    hash: str
    author: str
    at: str
    parents: tuple[int, ...]


@dataclass(slots=True)
class _Rows:
    """What the tables say of some stories."""

    stories: dict[str, StoryRow] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    versions: dict[str, list[_Made]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


class ApprovalVerifier:
    """Verifies stories and approvals in one open transaction.

    The masthead is read once, so make another one after writing.
    """

    def __init__(self, connection: Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._stories: dict[str, VerifiedStory] = {}

    def trusted(self) -> MastheadChain:
        """The mastheads. Raises UntrustedSignature when they can't be trusted."""
        if isinstance(self._trusted, UntrustedSignature):
            raise self._trusted
        return self._trusted

    def newest(self) -> datetime:
        """The time of the entry that arrived last, or of the masthead if that is later."""
        body = self._connection.scalar(select(events.c.body).order_by(events.c.id.desc()).limit(1))
        times = [self.trusted().latest.at]
        try:
            times.append(Event.from_body(body or "").at)
        except BadInput:
            times.append("")
        return max(
            (parse_instant(at) for at in times if at), default=datetime.min.replace(tzinfo=UTC)
        )

    def standing_of(self, story: str) -> VerifiedStory:
        """One story, verified. Raises UntrustedSignature for a masthead that is not."""
        if story not in self._stories:
            self._stories |= self.standings([story])
        return self._stories[story]

    def standings(self, ids: Sequence[str]) -> dict[str, VerifiedStory]:
        """Some stories by their ids, verified; those that exist."""
        found: dict[str, VerifiedStory] = {}
        for start in range(0, len(ids), _AT_ONCE):
            rows = self._read(ids[start : start + _AT_ONCE])
            found |= {id: self._verify(id, rows) for id in rows.stories}
        return found

    def approval_of(self, story: str, number: int) -> Approval:
        """The approval of a version. Raises UntrustedSignature with the reason against it."""
        found = self.standing_of(story)
        found.require_sound()
        version = found.version_id(number)
        content = self._connection.scalar(
            select(versions.c.content).where(versions.c.id == version)
        )
        if content is None:
            raise UntrustedSignature("This version is gone.", "Restore a backup.")
        return self.approval(found, version, content)

    def approval(self, found: VerifiedStory, version: str, content: str) -> Approval:
        """The approval of a version with this content. Raises UntrustedSignature."""
        found.require_sound()
        event = found.standing.approvals.get(version)
        if event is None:
            raise UntrustedSignature(_why_not(found, version), AGAIN)
        token, statement = found.statements[event]
        story = self.text_of(found, version, content)
        if (story.id, story.section) != (statement.story, statement.section):
            raise UntrustedSignature("The approval is for another story or section.", AGAIN)
        if found.numbers[version] == found.row.version and story.slug != found.row.slug:
            raise UntrustedSignature(f"The story's entry {_OUTSIDE}.", AGAIN)
        self._check_corrections(found, version, story)
        writers = found.standing.writers[event]
        return Approval(
            story=story.id,
            hash=statement.hash,
            person=statement.by,
            at=statement.at,
            self_approved=statement.by in {*statement.writers, *writers},
            token=token,
        )

    def _check_corrections(self, found: VerifiedStory, version: str, story: Story) -> None:
        """Raise UntrustedSignature where a text lost a correction that readers have seen."""
        earlier = [
            event.version
            for id, event in found.events.items()
            if event.action == Action.PUBLISH.past
            and id not in found.standing.refused
            and found.numbers.get(event.version, 0) < found.numbers[version]
        ]
        query = select(versions.c.id, versions.c.content).where(versions.c.id.in_(earlier))
        for id, content in self._connection.execute(query) if earlier else ():
            if not {*self.text_of(found, id, content).corrections} <= {*story.corrections}:
                raise UntrustedSignature(
                    "A correction that readers have seen is not in the text.",
                    "Correct the story again, and have it approved.",
                )

    def text_of(self, found: VerifiedStory, version: str, content: str) -> Story:
        """The text of a version, if it is the one that was saved. Raises UntrustedSignature."""
        if text_hash(content) != found.events[version].subject:
            raise UntrustedSignature(f"The text {_OUTSIDE}.", AGAIN)
        return read_story(content, found.row.slug)

    @cached_property
    def _trusted(self) -> MastheadChain | UntrustedSignature:
        try:
            return read_trusted(self._connection, self._path)
        except UntrustedSignature as doubt:
            return doubt

    @cached_property
    def _seals(self) -> Seals:
        return Seals(self._connection)

    def _read(self, ids: Sequence[str]) -> _Rows:
        rows, run = _Rows(), self._connection.execute
        for row in run(select(*STORY_COLUMNS).where(stories.c.id.in_(ids))):
            story = read_story_row(row)
            rows.stories[story.id] = story
        for row in run(select(*ENTRY_COLUMNS).where(events.c.story.in_(ids)).order_by(events.c.id)):
            entry = Entry._make(row)
            rows.entries.setdefault(entry.story, []).append(entry)
        v = versions.c
        for id, *made, parents in run(
            select(v.story, v.id, v.number, v.hash, v.author, v.at, v.parents)
            .where(v.story.in_(ids))
            .order_by(v.number)
        ):
            rows.versions.setdefault(id, []).append(_Made(*made, read_parents(parents)))
        a = approvals.c
        given = [
            entry.event
            for entries in rows.entries.values()
            for entry in entries
            if entry.action == Action.APPROVE.past
        ]
        for start in range(0, len(given), _AT_ONCE):
            some = a.event.in_(given[start : start + _AT_ONCE])
            rows.tokens |= dict(run(select(a.event, a.token).where(some)).all())
        return rows

    def _verify(self, id: str, rows: _Rows) -> VerifiedStory:
        chain = self.trusted()
        made = rows.versions.get(id, [])
        found = VerifiedStory(
            rows.stories[id],
            Standing(),
            {},
            {version: number for version, number, *_rest in made},
            {},
            {},
        )
        hashes = {version: hash for version, _number, hash, *_rest in made}
        for entry in rows.entries.get(id, ()):
            event = entry.read()
            if event is None:
                found.doubt = found.doubt or f"Row {entry.id} of the log {_OUTSIDE}."
                continue
            if event.action not in WORKFLOW_ACTIONS and event.action not in NOTE_ACTIONS:
                continue
            found.places.setdefault(entry.event, entry.id)
            found.events.setdefault(
                entry.event,
                self._story_event(entry, event, rows.tokens, hashes, chain, found.statements),
            )
        found.standing = story_standing(found.events.values())
        found.doubt = found.doubt or _first_doubt(found, made)
        return found

    def _story_event(
        self,
        entry: Entry,
        event: Event,
        tokens: dict[str, str],
        hashes: dict[str, str],
        chain: MastheadChain,
        statements: dict[str, tuple[str, ApprovalStatement]],
    ) -> StoryEvent:
        """An event with what the masthead lets its person do, and what is against it."""
        owner = self._seals.owner(entry.log)
        is_sealed, refusal, role = self._seals.is_sealed(entry), "", None
        masthead = chain.in_force(entry.log, entry.seq)
        if owner is not None and owner.person == event.person:
            role = chain.role(entry.log, entry.seq, event.person, PublicKey(owner.key))
        if event.desk != chain.desk:
            refusal = "It was done on another desk."
        elif entry.signature and not is_sealed:
            refusal = f"The signature of {event.person} does not verify."
        elif not is_sealed and event.action not in VERSION_ACTIONS:
            refusal = f"{event.person} did not sign it."
        elif event.action == Action.APPROVE.past:
            try:
                token = tokens.get(entry.event, "")
                statement = read_statement(token, chain)
                check_evidence(entry, event, statement, token, chain, self._seals)
                _check_subject(statement, event, hashes)
                statements[entry.event] = (token, statement)
            except UntrustedSignature as reason:
                refusal = reason.sentence
        return StoryEvent(
            id=entry.event,
            action=event.action,
            person=event.person,
            role=role,
            at=event.at,
            after=event.after,
            version=event.version,
            parents=event.parents,
            subject=event.subject,
            is_sealed=is_sealed,
            refusal=refusal,
            needs_four_eyes=masthead.four_eyes,
            needs_no_note="notes" in masthead.policy.gates,
        )


def _check_subject(statement: ApprovalStatement, event: Event, hashes: dict[str, str]) -> None:
    if statement.story != event.story:
        raise UntrustedSignature("The approval is for another story.", AGAIN)
    if statement.kind != "story" or statement.hash != hashes.get(event.version):
        raise UntrustedSignature("The text changed after it was approved.", AGAIN)


def _first_doubt(found: VerifiedStory, made: list[_Made]) -> str:
    """The first thing in which the tables differ from what the events come to."""
    return next(_doubts(found, made), "")


def _doubts(found: VerifiedStory, made: list[_Made]) -> Iterator[str]:
    row, standing = found.row, found.standing
    if standing.waiting:
        yield "What was done to this story before is missing."
    for version, number, hash, author, at, parents in made:
        event = found.events.get(version)
        if event is None or event.action not in VERSION_ACTIONS:
            yield f"Version {number} was made outside Stonehand."
        elif event.subject != hash:
            yield "The text of a version " + _OUTSIDE + "."
        elif (event.person, event.at) != (author, at):
            yield f"Version {number} was made by {event.person}: its entry {_OUTSIDE}."
        elif {*parents} != {found.numbers.get(id, 0) for id in event.parents}:
            yield f"Version {number} grew from others: its entry {_OUTSIDE}."
    texts = {id for id, event in found.events.items() if event.action in VERSION_ACTIONS}
    if texts - found.numbers.keys():
        yield "A version of this story is gone."
    if (refused := next(iter(standing.refused), None)) is not None:
        event = found.events[refused]
        yield f"{event.person} {event.action} it without effect. {standing.refused[refused]}"
    expected = (
        *(standing.stage, standing.publication, max(found.numbers.values(), default=0)),
        *(found.numbers.get(standing.live, 0), len(standing.leaves), standing.tips),
    )
    if expected != (
        *(row.stage, row.publication, row.version),
        *(row.live_version, row.leaves, row.tips),
    ):
        yield f"The story's entry {_OUTSIDE}."


def _why_not(found: VerifiedStory, version: str) -> str:
    """Why no approval of a version holds."""
    standing = found.standing
    for id, event in reversed(found.events.items()):
        if event.action == Action.APPROVE.past and event.version == version:
            if id in standing.ended:
                end = found.events[standing.ended[id]]
                return f"The story was {end.action} by {end.person}."
            if id in standing.refused:
                return standing.refused[id]
    return "Nobody approved this version."
