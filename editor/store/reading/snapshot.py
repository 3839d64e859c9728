"""A snapshot: one unchanging state of the desk, and all that can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from editor.core.brief import Banner
from editor.core.canonical import normal
from editor.core.edition import Edition
from editor.core.house import House
from editor.core.people import Person
from editor.store.commands import notes
from editor.store.log import verification
from editor.store.pictures import Pictures
from editor.store.reading import approvals, editions, mastheads, queries, search
from editor.store.reading.rows import (
    AuditReport,
    AuditRow,
    Counts,
    Filter,
    Hit,
    NoteRow,
    StoredVersion,
    StoryRow,
    VersionRow,
)
from editor.trust.masthead import Chain


class Snapshot:
    """The queries of a desk over one open transaction; `Desk.read` gives it.

    Every method raises DeskDamaged when the database does not read back.
    """

    def __init__(self, connection: Connection, path: Path, pictures: Pictures) -> None:
        self._connection = connection
        self._path = path
        self._pictures = pictures

    def house(self) -> House:
        """The paper's facts and style."""
        return queries.house(self._connection)

    def banner(self) -> Banner:
        """The trends banner."""
        return queries.banner(self._connection)

    def people(self) -> tuple[Person, ...]:
        """Everyone on the desk, by name."""
        return mastheads.listed(self._connection)

    def person(self, name: str) -> Person:
        """Someone by name. Raises NotFound with the names there are."""
        return queries.one_of(self.people(), name)

    def rows(
        self, wanted: Filter | None = None, offset: int = 0, limit: int = 200
    ) -> list[StoryRow]:
        """A page of stories, the last one changed first."""
        return queries.rows(self._connection, wanted or Filter(), offset, limit)

    def row(self, story_id: str) -> StoryRow:
        """One story as lists show it, by its id. Raises NotFound."""
        return queries.story_row(self._connection, story_id)

    def count(self, wanted: Filter | None = None) -> int:
        """How many stories fit a filter."""
        return queries.count(self._connection, wanted or Filter())

    def counts(self) -> Counts:
        """How many stories there are by stage, publication and section."""
        return queries.counts(self._connection)

    def find(self, slug_or_id: str) -> str:
        """A story's id by its slug or id. Raises NotFound."""
        return queries.find(self._connection, slug_or_id)

    def stored(self, story_id: str, version: int | None = None) -> StoredVersion:
        """One version of a story, the latest without a number. Raises NotFound."""
        stored = queries.stored(self._connection, story_id, version)
        return approvals.judged(self._connection, self._path, normal(story_id), stored)

    def versions(self, story_id: str) -> list[VersionRow]:
        """A story's history, the latest version first."""
        rows = queries.history(self._connection, story_id)
        return approvals.with_approvers(self._connection, self._path, story_id, rows)

    def leaves(self, story_id: str) -> tuple[int, ...]:
        """A story's versions without a successor; more than one must be reconciled."""
        return queries.leaves_of(self._connection, story_id)

    def ancestor(self, story_id: str, first: int, second: int) -> StoredVersion | None:
        """The highest version that two versions both grew from; None when they share none."""
        return queries.ancestor(self._connection, story_id, first, second)

    def notes(self, story_id: str) -> list[NoteRow]:
        """The notes about a story in the order they were written, each where its passage is now."""
        return notes.notes_of(self._connection, story_id)

    def log(self, story_id: str | None = None, limit: int = 500) -> list[AuditRow]:
        """What was done, on the whole desk or to one story, the last first."""
        return queries.log(self._connection, story_id, limit)

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """The stories that hold all the words, newest text first; any string may be given."""
        return search.find_words(self._connection, words, limit)

    def slugs(self, ids: Sequence[str] | None = None) -> dict[str, str]:
        """Every story's slug by its id, or only those of some ids."""
        return queries.slugs(self._connection, ids)

    def edition(self, slugs: Sequence[str] | None, generated_at: datetime) -> Edition:
        """What an exporter gets: the stories named, or all that may go out at that instant.

        Raises NotFound, and NotApproved with the reason for every story that may not leave.
        """
        judge = approvals.ApprovalVerifier(self._connection, self._path)
        edition = Edition(
            house=self.house(),
            items=editions.items(self._connection, judge, slugs, generated_at),
            banner=self.banner(),
            pictures=self._pictures,
            generated_at=generated_at,
            withdrawn=editions.withdrawn(self._connection),
        )
        mastheads.remember(self._connection, self._path)
        return edition

    def masthead(self) -> Chain | None:
        """The signed mastheads of the desk; None before the first signature.

        Raises UntrustedSignature when they, the audit and what this computer has
        seen before don't agree.
        """
        now, _ = mastheads.trusted(self._connection, self._path)
        mastheads.remember(self._connection, self._path)
        return now

    def verify_audit(self) -> AuditReport:
        """Verify all that was ever done, and that versions and approvals are what it says."""
        return verification.verify(self._connection, self._path)
