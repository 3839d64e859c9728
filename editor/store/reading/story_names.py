"""What the stories that a text names are called: asked by key, for these alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from editor.store.db.groups import in_groups
from editor.store.db.schema import stories, versions
from editor.store.reading.rows import StoryNames


def read_slugs(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The slugs of some stories by their ids, of those that there are."""
    query = select(stories.c.id, stories.c.slug)
    return {row.id: row.slug for row in _where_in(connection, query, stories.c.id, ids)}


def read_names(connection: Connection, ids: Collection[str], slugs: Collection[str]) -> StoryNames:
    """The slugs of stories that are named by their ids, and whose slug others are or were.

    A slug that several stories had, and none has, leads to none of them.
    """
    current = select(stories.c.slug, stories.c.id)
    owners = {row.slug: row.id for row in _where_in(connection, current, stories.c.slug, slugs)}
    known = {id: slug for slug, id in owners.items()}
    former = select(versions.c.slug, versions.c.story).distinct()
    others = [slug for slug in slugs if slug not in owners]
    found: dict[str, list[str]] = {}
    for row in _where_in(connection, former, versions.c.slug, others):
        found.setdefault(row.slug, []).append(row.story)
    owners |= {slug: had[0] for slug, had in found.items() if len(had) == 1}
    named = dict.fromkeys((*ids, *owners.values()))
    known |= read_slugs(connection, [id for id in named if id not in known])
    return StoryNames(known, owners, frozenset(slugs) - owners.keys())


def _where_in(
    connection: Connection,
    query: Select[Any],
    column: ColumnElement[str],
    values: Collection[str],
) -> Iterator[Row[Any]]:
    wanted = sorted(values)
    for group in in_groups(wanted):
        yield from connection.execute(query.where(column.in_(group)))
