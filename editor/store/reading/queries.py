"""What can be read from a desk, as small frozen rows. Every function reads one open transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from editor.core.brief import Banner
from editor.core.canonical import normal
from editor.core.house import House
from editor.core.merge import common_ancestor, leaves
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Publication, Stage
from editor.errors import DeskDamaged, NotFound
from editor.store.db.errors import reading
from editor.store.db.schema import approvals, audit, papers, people, stories, versions
from editor.store.reading.rows import AuditRow, Counts, Filter, StoredVersion, StoryRow, VersionRow

ROW_COLUMNS = (
    stories.c.id,
    stories.c.slug,
    stories.c.headline,
    stories.c.section,
    stories.c.language,
    stories.c.stage,
    stories.c.publication,
    stories.c.latest,
    stories.c.words,
    stories.c.updated,
    stories.c.author,
    stories.c.leaves,
    stories.c.live_version,
)
"""The columns `as_row` takes, in its order."""


# SQLite allows a limited number of values in one statement.
_AT_ONCE = 500


def as_row(row: Sequence[Any]) -> StoryRow:
    """A row of `ROW_COLUMNS` as lists show it."""
    id, slug, headline, section, language, stage, publication, *rest = row
    with reading(f"The entry of the story “{slug}”"):
        standing = Stage(stage), Publication(publication)
    return StoryRow(id, slug, headline, section, language, *standing, *rest)


def house(connection: Connection) -> House:
    """The paper's facts and style. Raises DeskDamaged."""
    with reading("What the desk knows of its paper"):
        return House.from_json(_fields(json.loads(_paper(connection, "house"))))


def banner(connection: Connection) -> Banner:
    """The trends banner. Raises DeskDamaged."""
    with reading("The trends banner"):
        return Banner.from_json(json.loads(_paper(connection, "banner")))


def everyone(connection: Connection) -> tuple[Person, ...]:
    """The people of the desk, by name."""
    found = connection.execute(select(people.c.name, people.c.role).order_by(people.c.name))
    with reading("The list of people"):
        return tuple(Person(name, Role(role)) for name, role in found)


def one_of(known: Sequence[Person], name: str) -> Person:
    """A person by name, white space aside. Raises NotFound with the names there are."""
    wanted = " ".join(normal(name).split())
    for person in known:
        if person.name == wanted:
            return person
    names = ", ".join(person.name for person in known[:12])
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    raise NotFound(f"“{wanted[:60]}” is not on this desk.", f"On it are: {names}{more}.")


def story_row(connection: Connection, story_id: str) -> StoryRow:
    """One story as lists show it, by its id. Raises NotFound."""
    found = select(*ROW_COLUMNS).where(stories.c.id == normal(story_id))
    row = connection.execute(found).first()
    if row is None:
        raise NotFound(
            f"There is no story with the id “{story_id[:40]}”.", "List the stories to find it."
        )
    return as_row(row)


def rows(connection: Connection, wanted: Filter, offset: int, limit: int) -> list[StoryRow]:
    """A page of stories, the last one touched first."""
    found = connection.execute(
        select(*ROW_COLUMNS)
        .where(*_conditions(wanted))
        .order_by(stories.c.touched.desc())
        .offset(_whole(offset))
        .limit(_whole(limit))
    )
    return [as_row(row) for row in found]


def count(connection: Connection, wanted: Filter) -> int:
    """How many stories fit a filter."""
    found = select(func.count()).select_from(stories).where(*_conditions(wanted))
    return int(connection.scalar(found) or 0)


def counts(connection: Connection) -> Counts:
    """How many stories there are by stage, publication and section."""
    keys = (stories.c.stage, stories.c.publication, stories.c.section)
    total = Counts()
    for stage, publication, section, number in connection.execute(
        select(*keys, func.count()).group_by(*keys)
    ):
        with reading("The entry of a story"):
            _add(total.stages, Stage(stage), number)
            _add(total.publications, Publication(publication), number)
        _add(total.sections, section, number)
    return total


def find(connection: Connection, name: str) -> str:
    """A story's id by its id or its slug. Raises NotFound."""
    for column in (stories.c.id, stories.c.slug):
        found = connection.scalar(select(stories.c.id).where(column == normal(name)))
        if found is not None:
            return str(found)
    raise NotFound(
        f"There is no story “{name[:90]}” on this desk.", "List the stories to see their slugs."
    )


def slugs(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, str]:
    """Every story's slug by its id, or only those of some ids."""
    query = select(stories.c.id, stories.c.slug)
    if ids is None:
        return dict(connection.execute(query).all())
    found: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = query.where(stories.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= dict(connection.execute(some).all())
    return found


def stored(connection: Connection, story_id: str, number: int | None) -> StoredVersion:
    """One version of a story; the newest without a number. Raises NotFound, DeskDamaged.

    Whether it is approved is not said here: see `approvals.judged`.
    """
    row = story_row(connection, story_id)
    number = row.version if number is None else number
    found = None
    if 1 <= number <= row.version:
        found = connection.execute(
            select(versions).where(versions.c.story == row.id, versions.c.number == number)
        ).first()
    if found is None:
        raise NotFound(
            f"“{row.headline or row.slug}” has no version {number}.",
            f"It has versions 1 to {row.version}.",
        )
    return StoredVersion(
        story=read_story(found.content, row.slug),
        version=number,
        latest=row.version,
        hash=found.hash,
        state=row.state,
        author=found.author,
        at=found.at,
        cause=found.cause,
    )


def history(connection: Connection, story_id: str) -> list[VersionRow]:
    """Every version of a story, the newest first."""
    approved = {
        (number, hash): person
        for number, hash, person in connection.execute(
            select(approvals.c.version, approvals.c.hash, approvals.c.person)
            .where(approvals.c.story == normal(story_id), approvals.c.withdrawn == "")
            .order_by(approvals.c.id)
        )
    }
    v = versions.c
    found = connection.execute(
        select(v.number, v.hash, v.parents, v.author, v.at, v.cause, v.headline, v.words)
        .where(v.story == normal(story_id))
        .order_by(v.number.desc())
    )
    return [
        VersionRow(
            version=row.number,
            hash=row.hash,
            parents=_parents(row.parents),
            author=row.author,
            at=row.at,
            cause=row.cause,
            headline=row.headline,
            words=row.words,
            approved_by=approved.get((row.number, row.hash), ""),
        )
        for row in found
    ]


def parents_of(connection: Connection, story_id: str) -> dict[int, tuple[int, ...]]:
    """What each version of a story grew from. Raises DeskDamaged."""
    found = connection.execute(
        select(versions.c.number, versions.c.parents).where(versions.c.story == normal(story_id))
    )
    return {number: _parents(parents) for number, parents in found}


def leaves_of(connection: Connection, story_id: str) -> tuple[int, ...]:
    """The versions nothing grew from yet, oldest first. Raises DeskDamaged."""
    return leaves(parents_of(connection, story_id))


def ancestor(connection: Connection, story_id: str, one: int, other: int) -> StoredVersion | None:
    """The newest version that two versions both grew from, if there is one."""
    shared = common_ancestor(parents_of(connection, story_id), one, other)
    return stored(connection, story_id, shared) if shared else None


def log(connection: Connection, story_id: str | None, limit: int) -> list[AuditRow]:
    """What was done on the desk, or to one story, the last first."""
    a = audit.c
    found = select(
        a.id,
        a.at,
        a.person,
        a.action,
        a.story,
        a.version,
        a.note,
        a.subject,
        a.previous,
        a.hash,
    )
    if story_id is not None:
        found = found.where(a.story == normal(story_id))
    found = found.order_by(a.id.desc()).limit(_whole(limit))
    return [AuditRow(*tuple(row)) for row in connection.execute(found)]


def sound_hash(connection: Connection, row: StoryRow) -> str:
    """The hash of a story's newest version. Raises DeskDamaged if its text has another one."""
    v = versions.c
    found = connection.execute(
        select(v.content, v.hash).where(v.story == row.id, v.number == row.version)
    ).first()
    if found is None or text_hash(found.content) != found.hash:
        raise DeskDamaged(
            f"The text of “{row.headline or row.slug}” was changed outside Stonehand.",
            "Open its history, and save the version that is right as a new one.",
        )
    return str(found.hash)


def read_story(content: str, name: str) -> Story:
    """The story in a version's content. Raises DeskDamaged, with the name it goes by."""
    with reading(f"A version of the story “{name}”"):
        return Story.from_json(json.loads(content))


def text_hash(content: str) -> str:
    """The SHA-256 of stored canonical JSON: what its hash column must say."""
    return sha256(content.encode("utf-8", "replace")).hexdigest()


def _paper(connection: Connection, kind: str) -> str:
    content = connection.scalar(
        select(papers.c.content)
        .where(papers.c.kind == kind)
        .order_by(papers.c.number.desc())
        .limit(1)
    )
    return str(content or "")


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    values: Mapping[str, str | None] = {
        "stage": wanted.stage,
        "publication": wanted.publication,
        "section": wanted.section,
        "author": wanted.author,
    }
    return [stories.c[name] == normal(value) for name, value in values.items() if value is not None]


def _fields(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _parents(text: str) -> tuple[int, ...]:
    with reading("The history of a story"):
        return tuple(map(int, json.loads(text)))


def _whole(number: int) -> int:
    """A number SQLite can take as an offset or a limit."""
    return min(max(number, 0), 1 << 62)


def _add(totals: dict[Any, int], key: Any, number: int) -> None:
    totals[key] = totals.get(key, 0) + number
