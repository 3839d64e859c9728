"""One person's turn at the write door: who, when, and the open transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from editor.core.people import Person
from editor.core.workflow import Action, State, outcome
from editor.errors import NotFound, Stale
from editor.store.queries import story_row
from editor.store.rows import StoryRow
from editor.store.schema import audit, versions


@dataclass(frozen=True, slots=True)
class Turn:
    """What every handler gets. `at` is RFC 3339; all a turn writes carries it."""

    connection: Connection
    person: Person
    at: str

    def log(self, action: str, story: str = "", version: int = 0, note: str = "") -> int:
        """Write one audit row. Its id numbers this change of the desk."""
        done = self.connection.execute(
            insert(audit)
            .values(
                at=self.at,
                person=self.person.name,
                action=action,
                story=story,
                version=version,
                note=note,
            )
            .returning(audit.c.id)
        )
        return int(done.scalar_one())

    def story(self, story_id: str) -> StoryRow:
        """Where a story stands. Raises NotFound."""
        return story_row(self.connection, story_id)

    def outcome(self, action: Action, row: StoryRow) -> State:
        """The state an action of this person leads to. Raises NotAllowed."""
        return outcome(action, row.state, self.person.role)

    def outcome_of_new(self) -> State:
        """The state a story is born into. Raises NotAllowed."""
        return outcome(Action.SAVE, State(), self.person.role)

    def same_version(self, row: StoryRow, version: int) -> None:
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
