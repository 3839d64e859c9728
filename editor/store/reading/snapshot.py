"""A snapshot of the desk: every query, over one unchanging state."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, func, select

from editor.core.canonical import normal
from editor.core.commands import Publish
from editor.core.edition import Edition
from editor.core.people import Person
from editor.core.workflow import Action, Stage, outcome
from editor.errors import UntrustedSignature
from editor.store.db.schema import approvals, versions
from editor.store.log import pins
from editor.store.pictures import Pictures
from editor.store.reading import editions, notes, search, verification
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.mastheads import find_person, listed_people
from editor.store.reading.queries import Queries
from editor.store.reading.rows import AuditReport, Hit, NoteRow, StoredVersion, VersionRow
from editor.store.reading.values import read_parents
from editor.trust.masthead import MastheadChain


class Snapshot(Queries):
    """The queries of a desk over one open transaction, approvals verified.

    `Desk.read` gives it. Every method may raise DeskDamaged.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        super().__init__(connection)
        self._path = path

    def people(self) -> tuple[Person, ...]:
        """Everyone on the desk, by name."""
        return listed_people(self.connection)

    def person(self, name: str) -> Person:
        """Someone by name. Raises NotFound with the names there are."""
        return find_person(self.people(), name)

    def stored(self, story_id: str, version: int | None = None) -> StoredVersion:
        """One version of a story, the latest without a number. Raises NotFound.

        It comes with its approval if that verifies, or with the reason why not.
        """
        row = self.row(story_id)
        stored = self.stored_of(row, version)
        approved = stored.state.stage is Stage.APPROVED and stored.version == stored.latest
        is_live = stored.version == row.live_version
        if not (approved or is_live or self._has_approval(row.id, stored.version)):
            return stored
        try:
            approval = self._verifier.approval_of(row.id, stored.version)
            return replace(stored, approval=approval)
        except UntrustedSignature as reason:
            return replace(stored, refusal=f"{reason.sentence} {reason.hint}")

    def versions(self, story_id: str) -> list[VersionRow]:
        """A story's history, the latest version first; who approved one only if it verifies."""
        story = normal(story_id)
        given = select(approvals.c.version, approvals.c.hash)
        given = given.where(approvals.c.story == story, approvals.c.withdrawn == "")
        approved = {tuple(row) for row in self.connection.execute(given)}
        v = versions.c
        found = self.connection.execute(
            select(v.number, v.hash, v.parents, v.author, v.at, v.cause, v.headline, v.words)
            .where(v.story == story)
            .order_by(v.number.desc())
        )
        rows = (
            VersionRow(number, hash, read_parents(parents), *rest)
            for number, hash, parents, *rest in found
        )
        return [
            replace(row, approved_by=self._approver(story, row.version))
            if (row.version, row.hash) in approved
            else row
            for row in rows
        ]

    def notes(self, story_id: str) -> list[NoteRow]:
        """The notes about a story in the order of writing, placed where their passages are now."""
        return notes.notes_of(self, story_id)

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """The stories that hold all the words, newest text first; any string may be given."""
        return search.find_words(self.connection, words, limit)

    def edition(self, slugs: Sequence[str] | None, generated_at: datetime) -> Edition:
        """What an exporter gets: the stories named, or all that may go out at that instant.

        Raises NotFound, and NotApproved with the reason for every story that may not leave.
        """
        ids = None if slugs is None else [self.find(slug) for slug in slugs]
        edition = Edition(
            house=self.house(),
            items=editions.items(self.connection, self._verifier, ids, generated_at),
            banner=self.banner(),
            pictures=Pictures(self._path / "pictures"),
            generated_at=generated_at,
            withdrawn=editions.withdrawn(self.connection),
        )
        with suppress(UntrustedSignature):
            pins.remember(self._path, *self._verifier.trusted())
        return edition

    def releases(self, edition: Edition, by: str) -> tuple[Publish, ...]:
        """The commands that publish an edition: one for each version that readers don't have.

        Ask before the export is written. Raises NotFound for an unknown person and
        NotAllowed for one who may not publish; nothing is done yet.
        """
        person = self.person(by)
        found = []
        for item in edition.items:
            row = self.row(item.story.id)
            if item.version != row.live_version:
                outcome(Action.PUBLISH, row.state, person.role)
                found.append(Publish(row.id, item.version))
        return tuple(found)

    def masthead(self) -> MastheadChain | None:
        """The signed mastheads of the desk; None before the first signature.

        Raises UntrustedSignature when they, the audit and what this computer has
        seen before don't agree.
        """
        trusted = self._verifier.trusted()
        pins.remember(self._path, *trusted)
        return trusted.chain

    def verify_audit(self) -> AuditReport:
        """Verify the whole audit log, and that versions and approvals agree with it."""
        return verification.verify_desk(self.connection, self._path)

    @cached_property
    def _verifier(self) -> ApprovalVerifier:
        return ApprovalVerifier(self.connection, self._path)

    def _has_approval(self, story: str, version: int) -> bool:
        a = approvals.c
        query = select(func.count()).where(
            a.story == story, a.version == version, a.withdrawn == ""
        )
        return bool(self.connection.scalar(query))

    def _approver(self, story: str, version: int) -> str:
        try:
            return self._verifier.approval_of(story, version).person
        except UntrustedSignature:
            return ""
