"""Verifying what was done to a story, and its approvals: they count only if all is true."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from editor.core.events import NOTE_ACTIONS, WORKFLOW_ACTIONS, Event
from editor.core.listing import Approval
from editor.core.standing import story_standing
from editor.core.story_events import StoryEvent
from editor.core.times import parse_instant
from editor.core.workflow import Action
from editor.errors import BadInput, DeskDamaged, UntrustedSignature
from editor.i18n import N_, _
from editor.store.db.engine import plain
from editor.store.db.groups import in_groups
from editor.store.log.entries import SELECT_ENTRIES, Entry
from editor.store.log.logs import Seals, unknown_action
from editor.store.reading.evidence import AGAIN, Evidence, Recorded
from editor.store.reading.list_rows import SELECT_STORIES, read_story_row
from editor.store.reading.mastheads import read_trusted
from editor.store.reading.rows import StoryRow
from editor.store.reading.texts import VerifiedTexts
from editor.store.reading.values import read_parents
from editor.store.reading.verified_story import (
    MadeVersion,
    SignedApproval,
    VerifiedStory,
    find_doubt,
)
from editor.trust.masthead import MastheadChain

_RESTORE = N_("Look at `stonehand audit`, and restore a backup from before.")

_THESE = "IN (SELECT value FROM json_each(?))"
_STORIES = f"{SELECT_STORIES} WHERE id {_THESE}"
_ENTRIES = f"{SELECT_ENTRIES} WHERE story {_THESE} ORDER BY id"
_VERSIONS = (
    "SELECT story, id, number, hash, author, at, parents FROM versions "  # noqa: S608  ours
    f"WHERE story {_THESE} ORDER BY number"
)
_TOKENS = f"SELECT event, token FROM approvals WHERE event {_THESE}"  # noqa: S608  ours
_NEWEST = "SELECT body FROM events ORDER BY id DESC LIMIT 1"


@dataclass(slots=True)
class _Rows:
    """What the tables say of some stories."""

    stories: dict[str, StoryRow] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    versions: dict[str, dict[str, MadeVersion]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


class ApprovalVerifier:
    """Verifies stories and approvals in one open transaction.

    The masthead is read once. After writing about a story, `read_again`.
    """

    def __init__(
        self, connection: Connection, path: Path | None, chain: MastheadChain | None = None
    ) -> None:
        self._connection = connection
        self._path = path
        self._chain = chain
        self._signed: Mapping[str, int] | None = None
        self._stories: dict[str, VerifiedStory] = {}
        self._before: VerifiedStory | None = None

    def trusted(self) -> MastheadChain:
        """The mastheads. Raises UntrustedSignature when they can't be trusted."""
        if isinstance(self._trusted, UntrustedSignature):
            raise self._trusted
        return self._trusted

    def read_again(self, story: str) -> None:
        """Read a story again when asked: this transaction wrote something about it.

        Nobody else can have written meanwhile: what counted of its events counts still.
        """
        self._before = self._stories.get(story)
        self._stories.clear()
        self.__dict__.pop("evidence", None)

    def newest(self) -> datetime:
        """The time of the entry that arrived last, or of the masthead if that is later."""
        found = plain(self._connection).execute(_NEWEST).fetchone()
        times = [self.trusted().latest.at]
        try:
            times.append(Event.from_body(found[0] if found else "").at)
        except BadInput:
            times.append("")
        return max(
            (parse_instant(at) for at in times if at), default=datetime.min.replace(tzinfo=UTC)
        )

    def standing_of(self, story: str) -> VerifiedStory:
        """One story, verified. Raises UntrustedSignature for a masthead that is not."""
        if story not in self._stories:
            self._stories |= self.standings([story])
        if story not in self._stories:
            raise DeskDamaged(
                _("The entry of the story {value} is gone.").format(value=story[:40]), _(_RESTORE)
            )
        return self._stories[story]

    def standings(self, ids: Sequence[str]) -> dict[str, VerifiedStory]:
        """Some stories by their ids, verified; those that exist."""
        found: dict[str, VerifiedStory] = {}
        for group in in_groups(ids):
            rows = self._read(group)
            found |= {id: self._verify(id, rows) for id in rows.stories}
        return found

    def approval_of(self, story: str, number: int) -> Approval:
        """The approval of a version. Raises UntrustedSignature with the reason against it."""
        found = self.standing_of(story)
        found.require_sound()
        version = found.version_id(number)
        texts = VerifiedTexts(self._connection, [version, *found.published_before(version)])
        return self.approval(found, version, texts)

    def approval(self, found: VerifiedStory, version: str, texts: VerifiedTexts) -> Approval:
        """The approval of a version. Raises UntrustedSignature.

        `texts` has its text, and those of the versions that were published before it.
        """
        found.require_sound()
        event = found.standing.approvals.get(version)
        if event is None:
            raise UntrustedSignature(found.why_not_approved(version), _(AGAIN))
        token, statement = found.approvals[event]
        story = texts.outline(found, version)
        if (story.id, story.section) != (statement.story, statement.section):
            raise UntrustedSignature(_("The approval is for another story or section."), _(AGAIN))
        if version == found.latest() and story.slug != found.row.slug:
            raise UntrustedSignature(
                _("The story's entry was changed outside Stonehand."), _(AGAIN)
            )
        for earlier in found.published_before(version):
            if not {*texts.outline(found, earlier).corrections} <= {*story.corrections}:
                raise UntrustedSignature(
                    _("A correction that readers have seen is not in the text."),
                    _("Correct the story again, and have it approved."),
                )
        writers = found.standing.writers[event]
        return Approval(
            story=story.id,
            hash=statement.hash,
            person=statement.by,
            at=statement.at,
            self_approved=statement.by in {*statement.writers, *writers},
            token=token,
        )

    @cached_property
    def _trusted(self) -> MastheadChain | UntrustedSignature:
        if self._chain is not None:
            return self._chain
        try:
            return read_trusted(self._connection, self._path)
        except UntrustedSignature as doubt:
            return doubt

    @cached_property
    def evidence(self) -> Evidence:
        """What judges entries and approvals. Raises UntrustedSignature for the masthead."""
        return Evidence(self.trusted(), Seals(self._connection, self._signed))

    def trust_logs(self, signed: Mapping[str, int]) -> None:
        """Judge by logs that were all verified in this transaction, which is faster for many.

        `signed` is the last entry of each log that a signature covers.
        """
        self._signed = signed
        self.__dict__.pop("evidence", None)

    def _read(self, ids: Sequence[str]) -> _Rows:
        rows, run, these = _Rows(), plain(self._connection).execute, (json.dumps(ids),)
        for story in map(read_story_row, run(_STORIES, these)):
            rows.stories[story.id] = story
        for entry in map(Entry._make, run(_ENTRIES, these)):
            rows.entries.setdefault(entry.story, []).append(entry)
        for story_id, id, number, hash, author, at, parents in run(_VERSIONS, these):
            made = MadeVersion(id, number, hash, author, at, read_parents(parents))
            rows.versions.setdefault(story_id, {})[id] = made
        given = [
            entry.event
            for entries in rows.entries.values()
            for entry in entries
            if entry.action == Action.APPROVE.past
        ]
        rows.tokens |= run(_TOKENS, (json.dumps(given),)) if given else ()
        return rows

    def _verify(self, id: str, rows: _Rows) -> VerifiedStory:
        found = VerifiedStory(rows.stories[id], rows.versions.get(id, {}))
        for entry in rows.entries.get(id, ()):
            event = entry.read()
            if event is None:
                found.doubt = found.doubt or _(
                    "Row {id} of the log was changed outside Stonehand."
                ).format(id=entry.id)
            elif event.action in WORKFLOW_ACTIONS or event.action in NOTE_ACTIONS:
                found.places.setdefault(entry.event, entry.id)
                if entry.event not in found.events:
                    token = rows.tokens.get(entry.event, "")
                    found.events[entry.event] = self._verify_event(
                        Recorded(entry, event), token, found
                    )
            else:
                found.doubt = found.doubt or unknown_action(entry.id, event.action)
        found.standing = story_standing(found.events.values())
        found.doubt = found.doubt or find_doubt(found)
        return found

    def _verify_event(self, recorded: Recorded, token: str, found: VerifiedStory) -> StoryEvent:
        """An event with what the masthead lets its person do, and what is against it."""
        entry, event = recorded
        if known := self._known(entry, found):
            return known
        rights = self.evidence.rights(recorded)
        refusal = self.evidence.refusal(recorded)
        if event.action == Action.APPROVE.past and not refusal:
            try:
                found.approvals[entry.event] = self._approval(recorded, token, found)
            except UntrustedSignature as reason:
                refusal = reason.sentence
        return StoryEvent(
            id=entry.event,
            action=event.action,
            person=event.person,
            role=rights.role,
            at=event.at,
            after=event.after,
            version=event.version,
            parents=event.parents,
            subject=event.subject,
            is_sealed=self.evidence.is_sealed(entry),
            refusal=refusal,
            needs_four_eyes=rights.needs_four_eyes,
            needs_no_note=rights.needs_no_note,
        )

    def _known(self, entry: Entry, found: VerifiedStory) -> StoryEvent | None:
        """What an event was found to be before this transaction wrote, if it counted."""
        before = self._before
        if before is None or before.row.id != found.row.id or before.doubt:
            return None
        event = before.events.get(entry.event)
        if event is None or event.refusal or not event.is_sealed:
            return None
        if entry.event in before.approvals:
            found.approvals[entry.event] = before.approvals[entry.event]
        return event

    def _approval(self, recorded: Recorded, token: str, found: VerifiedStory) -> SignedApproval:
        statement = self.evidence.approval(recorded, token)
        if statement.story != recorded.event.story:
            raise UntrustedSignature(_("The approval is for another story."), _(AGAIN))
        made = found.made.get(statement.version)
        if statement.kind != "story" or made is None or statement.hash != made.hash:
            raise UntrustedSignature(_("The text changed after it was approved."), _(AGAIN))
        return SignedApproval(token, statement)
