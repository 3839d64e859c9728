"""What replacing words would change in the stories of the desk, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.core.people import Person
from editor.core.story import Story
from editor.errors import BadValue, DeskDamaged, EditorError, NotAllowed
from editor.i18n import _
from editor.store.journal import Journal
from editor.store.reading.changeable import require_changeable, require_saved_text
from editor.store.reading.queries import Queries
from editor.store.reading.rows import Filter, StoryRow
from editor.text.replace import Replacing, TextChange

PAGE = 100
"""How many stories are read at a time."""


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """How much would change in the latest version of a story, or why nothing can.

    A story whose text can't be read is one with a refusal and no changes.
    """

    row: StoryRow
    count: int
    refusal: EditorError | None = None


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The stories of one page in which something was found, and where the next page begins.

    `after` is None where there is none. `read` is how many stories were looked through.
    """

    stories: tuple[StoryChanges, ...]
    read: int
    after: int | None


@dataclass(frozen=True, slots=True)
class StoryReplacing:
    """Words to replace in stories, who does it, and where unsaved text would be."""

    replacing: Replacing
    person: Person
    journal: Journal

    def read_page(
        self, queries: Queries, wanted: Filter, after: int | None = None, limit: int = PAGE
    ) -> ChangesPage:
        """Look through a page of the stories that fit a filter, the one changed first first.

        What is saved meanwhile comes later in that order, so it is never missed. Raises BadValue
        for an expression that takes too long, with the story.
        """
        rows = queries.rows(wanted, after=after, limit=limit, oldest_first=True)
        found = tuple(self.read_rows(queries, rows))
        return ChangesPage(found, len(rows), rows[-1].touched if len(rows) == limit else None)

    def read_rows(self, queries: Queries, rows: Sequence[StoryRow]) -> Iterator[StoryChanges]:
        """Yield those of some stories in which something was found. Raises as `read_page` does."""
        for row in rows:
            try:
                story = queries.stored_of(row).story
            except DeskDamaged as damage:
                yield StoryChanges(row, 0, damage)
                continue
            if count := len(self._changes(row, story)):
                yield StoryChanges(row, count, self.refusal(row, story))

    def changes(
        self, queries: Queries, story_id: str, version: int
    ) -> tuple[Story, list[TextChange]]:
        """Return a version and what would change in it. Raises NotFound and DeskDamaged."""
        row = queries.row(story_id)
        story = queries.stored_of(row, version).story
        return story, self._changes(row, story)

    def refusal(self, row: StoryRow, story: Story) -> EditorError | None:
        """Return why a story can't be changed now by this person; None where it can."""
        try:
            require_saved_text(self.journal, row)
            require_changeable(row, story, self.person)
        except NotAllowed as error:
            return error
        return None

    def _changes(self, row: StoryRow, story: Story) -> list[TextChange]:
        try:
            return self.replacing.changes(story)
        except BadValue as error:
            sentence = _("In “{name}”: {sentence}").format(name=row.name, sentence=error.sentence)
            raise BadValue(sentence, error.hint) from None
