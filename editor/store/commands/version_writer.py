"""Writing versions and states: the few statements every handler of stories shares."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection, case, func, insert, select, update

from editor.core.story import Story, check_slug, slug_from
from editor.core.workflow import State
from editor.errors import BadValue, DeskDamaged
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import approvals, stories, versions
from editor.store.reading import queries, search
from editor.store.reading.rows import StoryRow
from editor.text.metrics import count_words
from editor.text.plain import plain_text


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version about to be written. `parents` are version numbers; none for a first one."""

    story: Story
    number: int
    parents: tuple[int, ...]
    cause: str
    state: State
    note: str = ""


def keep(turn: Transaction, new: NewVersion) -> None:
    """Write a version, its audit row, the story's row and its words in the search index.

    Raises NotAllowed where a field of a later Stonehand could be lost.
    """
    _require_known(turn, new)
    body = plain_text(new.story.body)
    length = count_words(body)
    done = turn.log(new.cause, new.story.id, new.number, new.note, new.story.hash)
    _write_standing(turn, new, length, done)
    turn.connection.execute(
        insert(versions).values(
            story=new.story.id,
            number=new.number,
            parents=json.dumps(new.parents),
            content=new.story.canonical().decode("utf-8"),
            hash=new.story.hash,
            author=turn.person.name,
            at=turn.at,
            cause=new.cause,
            headline=new.story.headline,
            words=length,
        )
    )
    search.put_in(turn.connection, done, new.story, body)


def _require_known(turn: Transaction, new: NewVersion) -> None:
    """Raise NotAllowed unless every field of a version and of its parents is known here."""
    new.story.require_known()
    parents = select(versions.c.content).where(
        versions.c.story == new.story.id, versions.c.number.in_(new.parents)
    )
    for content in turn.connection.scalars(parents):
        # What does not read back must not stop who writes a sound text over it.
        with suppress(DeskDamaged):
            queries.read_story(content, new.story.slug).require_known()


def _write_standing(turn: Transaction, new: NewVersion, length: int, done: int) -> None:
    """The story's row, for lists; and no words of the version before are found any longer."""
    story, connection = new.story, turn.connection
    values = {
        "slug": story.slug,
        "stage": str(new.state.stage),
        "publication": str(new.state.publication),
        "latest": new.number,
        "headline": story.headline,
        "section": story.section,
        "language": story.language,
        "words": length,
        "author": turn.person.name,
        "updated": turn.at,
        "touched": done,
        "indexed": done,
    }
    if not new.parents:
        connection.execute(insert(stories).values(id=story.id, **values))
        return
    before = connection.execute(
        select(stories.c.indexed, stories.c.latest, stories.c.leaves).where(
            stories.c.id == story.id
        )
    ).one()
    search.take_out(connection, before.indexed)
    straight = before.leaves == 1 and new.parents == (before.latest,)
    values["leaves"] = 1 if straight else _leaves_with(turn, new)
    connection.execute(update(stories).where(stories.c.id == story.id).values(values))


def _leaves_with(turn: Transaction, new: NewVersion) -> int:
    """How many versions nothing grew from, once a new one is there."""
    return len(set(turn.leaves(new.story.id)) - set(new.parents)) + 1


def move(turn: Transaction, row: StoryRow, state: State, action: str, note: str = "") -> int:
    """Put a story into another state, and give the audit row that says so."""
    done = turn.log(action, row.id, row.version, note)
    turn.connection.execute(
        update(stories)
        .where(stories.c.id == row.id)
        .values(
            stage=str(state.stage),
            publication=str(state.publication),
            updated=turn.at,
            touched=done,
        )
    )
    return done


def withdraw_approval(turn: Transaction, row: StoryRow) -> None:
    """Take back what was said for a story's newest version; the row stays, and says when."""
    turn.connection.execute(
        update(approvals)
        .where(
            approvals.c.story == row.id,
            approvals.c.version == row.version,
            approvals.c.withdrawn == "",
        )
        .values(withdrawn=turn.at)
    )


def withdraw_approvals(turn: Transaction, row: StoryRow) -> None:
    """Take back all that was ever said for a story."""
    turn.connection.execute(
        update(approvals)
        .where(approvals.c.story == row.id, approvals.c.withdrawn == "")
        .values(withdrawn=turn.at)
    )


def with_free_slug(turn: Transaction, story: Story, wish: str) -> Story:
    """The story with a slug of its own near a wish: `harbour`, else `harbour-2`, and so on."""

    def numbered(number: int) -> str:
        return wish if number == 1 else f"{wish[:70].rstrip('-')}-{number}"

    def taken(number: int) -> bool:
        return slug_holder(turn.connection, numbered(number), story.id) is not None

    # Ten thousand stories of one name must not take fifty million looks.
    low, high = 0, 1
    while taken(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if taken(middle) else (low, middle)
    return replace(story, slug=numbered(high))


def with_own_slug(turn: Transaction, story: Story) -> Story:
    """The story with the slug it names, or one made of its headline. Raises BadValue."""
    if not story.slug:
        return with_free_slug(turn, story, slug_from(story.headline))
    check_slug(story.slug)
    holder = slug_holder(turn.connection, story.slug, story.id)
    if holder is None:
        return story
    other = with_free_slug(turn, story, story.slug).slug
    raise BadValue(
        f"The slug “{story.slug}” belongs to another story, “{holder}”.",
        f"Choose another one, such as {other}.",
    )


def usable_slug(story: Story) -> str:
    """The slug an incoming story names if it can be one, else one made from its words."""
    try:
        check_slug(story.slug)
    except BadValue:
        return slug_from(story.slug or story.headline)
    return story.slug


def slug_holder(connection: Connection, slug: str, but: str) -> str | None:
    """The headline of the story that has a slug, other than the story `but`.

    A story has the slug of its newest version, and the one under which readers
    have it, or had it before it was withdrawn.
    """
    entries = select(stories.c.headline, stories.c.id).where(stories.c.id != but)
    live = entries.join(
        versions,
        (versions.c.story == stories.c.id) & (versions.c.number == stories.c.live_version),
    ).where(stories.c.live_version.not_in((0, stories.c.latest)), _live_slug == slug)
    for query in (entries.where(stories.c.slug == slug), live):
        if found := connection.execute(query).first():
            return str(found.headline or found.id)
    return None


# What does not read back has no slug, and must not stop who saves another story.
_live_slug = case(
    (func.json_valid(versions.c.content) == 1, func.json_extract(versions.c.content, "$.slug")),
)
