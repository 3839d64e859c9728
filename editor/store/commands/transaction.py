"""One person's turn at the write door: who, when, and the open transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, insert, select

from editor.core.brief import Banner
from editor.core.house import House
from editor.core.people import Person
from editor.core.story import Story
from editor.core.workflow import Action, State, outcome
from editor.errors import KeyUnavailable, NotAllowed, NotFound, Stale
from editor.store.db.schema import audit, versions
from editor.store.log.entries import Deed, last_row
from editor.store.reading.queries import leaves_of, story_row
from editor.store.reading.rows import StoryRow
from editor.trust.keys import PrivateKey

Checker: TypeAlias = Callable[[Story, Banner, House], tuple[str, ...]]
"""Gives the level of each finding about a story: `error` or `warning`."""


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """What a turn may sign with: private keys by their owner's name, fetched before it began.

    `place` is the desk's folder.
    """

    place: Path
    keys: Mapping[str, PrivateKey] = field(default_factory=dict)

    def key(self, name: str) -> PrivateKey:
        """Somebody's private key. Raises KeyUnavailable."""
        try:
            return self.keys[name]
        except KeyError:
            raise KeyUnavailable(
                f"The key of {name} is not on this computer.",
                "Sign where it is, or let the chief add the key that `stonehand key` makes here.",
            ) from None


@dataclass(frozen=True, slots=True)
class Transaction:
    """What every handler gets. `at` is RFC 3339; all a turn writes carries it.

    `pen` is None for whoever did not come through the door: they can't sign.
    """

    connection: Connection
    person: Person
    at: str
    pen: SigningKeys | None = None
    checker: Checker | None = None

    def log(
        self, action: str, story: str = "", version: int = 0, note: str = "", subject: str = ""
    ) -> int:
        """Write one audit row, chained to the one before. Its id numbers this change of the desk.

        `subject` is the hash of what it is about; a version that is there needs none.
        """
        last, previous = last_row(self.connection)
        deed = Deed(
            id=last + 1,
            at=self.at,
            person=self.person.name,
            action=action,
            story=story,
            version=version,
            note=note,
            subject=subject or self._subject(story, version),
            previous=previous,
        )
        self.connection.execute(insert(audit).values(**deed._asdict(), hash=deed.hash))
        return deed.id

    def story(self, story_id: str) -> StoryRow:
        """Where a story stands. Raises NotFound."""
        return story_row(self.connection, story_id)

    def outcome(self, action: Action, row: StoryRow) -> State:
        """The state an action of this person leads to. Raises NotAllowed."""
        return outcome(action, row.state, self.person.role)

    def outcome_of_new(self) -> State:
        """The state a story is born into. Raises NotAllowed."""
        return outcome(Action.SAVE, State(), self.person.role)

    def require_latest(self, row: StoryRow, version: int) -> None:
        """Raise Stale unless `version` is still the story's newest; NotFound if it never was."""
        if version == row.version:
            return
        if not 1 <= version < row.version:
            raise NotFound(
                f"“{row.headline or row.slug}” has no version {version}.",
                f"Its newest is version {row.version}.",
            )
        author = self.connection.scalar(
            select(versions.c.author).where(
                versions.c.story == row.id, versions.c.number == row.version
            )
        )
        raise Stale(
            f"“{row.headline or row.slug}” has changed since version {version}: "
            f"{author} made version {row.version}.",
            f"Look at version {row.version} first; your text is not lost.",
        )

    def leaves(self, story_id: str) -> tuple[int, ...]:
        """The versions of a story that nothing grew from yet, oldest first."""
        return leaves_of(self.connection, story_id)

    def require_single_leaf(self, row: StoryRow) -> None:
        """Raise NotAllowed while a story has versions to reconcile."""
        there = self.leaves(row.id)
        if len(there) > 1:
            names = " and ".join(str(number) for number in there)
            many = "two" if len(there) == 2 else str(len(there))
            raise NotAllowed(
                f"“{row.headline or row.slug}” has {many} versions to reconcile: {names}.",
                "Reconcile them first; then one text can be decided on.",
            )

    def _subject(self, story: str, version: int) -> str:
        if not version:
            return ""
        found = self.connection.scalar(
            select(versions.c.hash).where(versions.c.story == story, versions.c.number == version)
        )
        return str(found or "")
