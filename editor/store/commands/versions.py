"""Writing a version: the one way a text gets into the desk."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import insert, select, update

from editor.core.changes import Changes
from editor.core.limits import require_size
from editor.core.story import Story
from editor.core.workflow import State
from editor.errors import DeskDamaged
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import stories, versions
from editor.store.reading import search
from editor.store.reading.rows import StoryRow
from editor.store.reading.values import read_story
from editor.text.metrics import count_words
from editor.text.plain import plain_text


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write. `row` is the story before, None for a new story.

    `parents` are the numbers of the versions it grew from, `earlier` is that of a
    restored one. `detail` is a name, such as an imported file's.
    """

    story: Story
    row: StoryRow | None
    parents: tuple[int, ...]
    cause: str
    state: State
    detail: str = ""
    earlier: int = 0

    @property
    def number(self) -> int:
        """The version's number: one more than the latest."""
        return self.row.version + 1 if self.row else 1


def save_version(transaction: Transaction, new: NewVersion) -> Changes:
    """Write a version, its log entry, the story's row and its words in the search index.

    Raises NotAllowed where a field of a later Stonehand could be lost, and BadValue
    for a story that is too long.
    """
    require_size(new.story)
    parents = _read_parents(transaction, new)
    story, number = new.story, new.number
    body = plain_text(story.body)
    length = count_words(body)
    place, event = transaction.append(
        new.cause,
        new.row,
        story=story.id,
        version=_earlier_id(transaction, new),
        parents=parents,
        subject=story.hash,
        detail=new.detail,
    )
    _write_story_row(transaction, new, length, place, event)
    transaction.connection.execute(
        insert(versions).values(
            story=story.id,
            number=number,
            id=event,
            parents=json.dumps(new.parents),
            content=story.canonical().decode("utf-8"),
            hash=story.hash,
            author=transaction.person.name,
            at=transaction.at,
            cause=new.cause,
            headline=story.headline,
            words=length,
            slug=story.slug,
        )
    )
    search.add_to_index(transaction.connection, place, story, body)
    return replace(Changes.of("story", story.id), version=number)


def _read_parents(transaction: Transaction, new: NewVersion) -> list[str]:
    """The events that made the parents of a version.

    Raises NotAllowed unless every field of it and of them is known here.
    """
    new.story.require_known()
    v = versions.c
    query = select(v.id, v.content).where(v.story == new.story.id, v.number.in_(new.parents))
    found = transaction.connection.execute(query.order_by(v.number)).all() if new.parents else ()
    for parent in found:
        # What does not read back must not stop who saves a sound text after it.
        with suppress(DeskDamaged):
            read_story(parent.content, new.story.slug).require_known()
    return [parent.id for parent in found]


def _earlier_id(transaction: Transaction, new: NewVersion) -> str:
    if not new.earlier:
        return ""
    return transaction.version_ids(new.story.id, (new.earlier,))[new.earlier]


def _write_story_row(
    transaction: Transaction, new: NewVersion, length: int, place: int, event: str
) -> None:
    """Write what lists show, and remove the version before from the search index."""
    story, connection = new.story, transaction.connection
    values = {
        "slug": story.slug,
        "stage": str(new.state.stage),
        "publication": str(new.state.publication),
        "latest": new.number,
        "headline": story.headline,
        "section": story.section,
        "language": story.language,
        "words": length,
        "author": transaction.person.name,
        "updated": transaction.at,
        "touched": place,
        "indexed": place,
        "leaves": _count_leaves(transaction, new),
        "tips": json.dumps([event]),
    }
    if new.row is None:
        connection.execute(insert(stories).values(id=story.id, **values))
    else:
        search.remove_from_index(connection, story.id)
        connection.execute(update(stories).where(stories.c.id == story.id).values(values))


def _count_leaves(transaction: Transaction, new: NewVersion) -> int:
    """How many versions have no successor once the new one is written."""
    row = new.row
    if row is None or (row.leaves == 1 and new.parents == (row.version,)):
        return 1
    return len(set(transaction.leaves(row.id)) - set(new.parents)) + 1
