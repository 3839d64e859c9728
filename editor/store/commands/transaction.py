"""One transaction of the write door: who writes, when, and what every handler needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, insert, select, update

from editor.core.brief import Banner
from editor.core.house import House
from editor.core.people import Person
from editor.core.story import Story
from editor.core.workflow import Action, State, outcome
from editor.errors import KeyUnavailable, NotAllowed, NotFound, Stale
from editor.store.db.schema import audit, stories, versions
from editor.store.log.audit_log import last_entry
from editor.store.log.entries import LogEntry
from editor.store.reading.queries import Queries
from editor.store.reading.rows import StoryRow
from editor.trust.keys import PrivateKey

Checker: TypeAlias = Callable[[Story, Banner, House], tuple[str, ...]]
"""Gives the level of each finding about a story: `error` or `warning`."""


class SigningKeys(dict[str, PrivateKey]):
    """Private keys by their owner's name, fetched before the transaction began.

    A missing one raises KeyUnavailable.
    """

    def __missing__(self, name: str) -> PrivateKey:
        raise KeyUnavailable(
            f"The key of {name} is not on this computer.",
            "Sign where it is, or let the chief add the key that `stonehand key` makes here.",
        )


class Transaction(Queries):
    """What every handler gets. All that it writes carries the time `at` (RFC 3339).

    `path` is the desk's folder, `checker` what the gates of an approval ask.
    """

    def __init__(  # noqa: PLR0913, PLR0917  two have a default
        self,
        connection: Connection,
        path: Path,
        person: Person,
        at: str,
        keys: SigningKeys | None = None,
        checker: Checker | None = None,
    ) -> None:
        super().__init__(connection)
        self.path = path
        self.person = person
        self.at = at
        self.keys = keys or SigningKeys()
        self.checker = checker

    def write_log(
        self, action: str, story: str = "", version: int = 0, note: str = "", subject: str = ""
    ) -> int:
        """Add an entry to the audit log; its id numbers this change of the desk.

        `subject` is the hash of what it is about; a version that is stored needs none.
        """
        last, previous = last_entry(self.connection)
        entry = LogEntry(
            id=last + 1,
            at=self.at,
            person=self.person.name,
            action=action,
            story=story,
            version=version,
            note=note,
            subject=subject or self._hash_of(story, version),
            previous=previous,
        )
        entry = entry._replace(hash=entry.computed_hash())
        self.connection.execute(insert(audit).values(**entry._asdict()))
        return entry.id

    def change_state(
        self, row: StoryRow, state: State, action: str, note: str = "", subject: str = ""
    ) -> int:
        """Put a story into another state; the id of the log entry that says so."""
        entry = self.write_log(action, row.id, row.version, note, subject)
        values = {"stage": str(state.stage), "publication": str(state.publication)}
        self.connection.execute(
            update(stories)
            .where(stories.c.id == row.id)
            .values(**values, updated=self.at, touched=entry)
        )
        return entry

    def outcome(self, action: Action, row: StoryRow | None = None) -> State:
        """The state an action of this person leads to; of a new story without a row.

        Raises NotAllowed.
        """
        return outcome(action, row.state if row else State(), self.person.role)

    def require_latest(self, row: StoryRow, version: int) -> None:
        """Raise Stale unless `version` is still the story's latest; NotFound if it never was."""
        if version == row.version:
            return
        if not 1 <= version < row.version:
            raise NotFound(
                f"“{row.name}” has no version {version}.", f"Its latest is version {row.version}."
            )
        author = self.connection.scalar(
            select(versions.c.author).where(
                versions.c.story == row.id, versions.c.number == row.version
            )
        )
        raise Stale(
            f"“{row.name}” has changed since version {version}: "
            f"{author} made version {row.version}.",
            f"Look at version {row.version} first; your text is not lost.",
        )

    def require_single_leaf(self, row: StoryRow) -> None:
        """Raise NotAllowed while a story has versions to reconcile."""
        if row.leaves > 1:
            leaves = self.leaves(row.id)
            names = " and ".join(str(number) for number in leaves)
            many = "two" if len(leaves) == 2 else str(len(leaves))
            raise NotAllowed(
                f"“{row.name}” has {many} versions to reconcile: {names}.",
                "Reconcile them first; then one text can be decided on.",
            )

    def _hash_of(self, story: str, version: int) -> str:
        query = select(versions.c.hash)
        query = query.where(versions.c.story == story, versions.c.number == version)
        return str(self.connection.scalar(query) or "") if version else ""
