"""What was delivered where, when and by whom, and which text of a story each target has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects.sqlite import insert

from editor.core.canonical import normal
from editor.core.delivery import Delivery
from editor.core.events import DELIVERED
from editor.errors import DeskDamaged
from editor.i18n import N_, _
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import delivered_stories, deliveries, events, stories, versions
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Logs
from editor.store.reading.values import text_hash

_CHANGED = N_("The record of a delivery was changed outside Stonehand.")


class DeliveryRow(NamedTuple):
    """One delivery, as the log of deliveries shows it.

    `place` is the number of its entry: the next page of rows comes before it. `at` (RFC 3339)
    is when it was recorded, by `person`.
    """

    place: int
    at: str
    person: str
    delivery: Delivery


class StoryAtTarget(NamedTuple):
    """Which text of a story a target has.

    `version` is its number on this desk, 0 where it has none; `is_latest` says whether no later
    one was saved. `withdrawn` says that the story was there, and is not any more. `at` (RFC
    3339) is when that was recorded, by `person`.
    """

    target: str
    version: int
    is_latest: bool
    withdrawn: bool
    at: str
    person: str


def read_delivered(connection: Connection, target: str) -> Mapping[str, str]:
    """The stories that a target has, by their ids, each with the SHA-256 of its content."""
    d = delivered_stories.c
    query = select(d.story, d.version).where(d.target == normal(target), d.version != "")
    return {row.story: row.version for row in connection.execute(query)}


def read_deliveries(
    connection: Connection, target: str, before: int | None, limit: int
) -> list[DeliveryRow]:
    """A page of the deliveries to one target, or to all, the last one first.

    Raises DeskDamaged for a record that is not what its event says.
    """
    query = _records().order_by(events.c.id.desc()).limit(limit)
    if target:
        query = query.where(deliveries.c.target == normal(target))
    if before is not None:
        query = query.where(events.c.id < before)
    return [_read_row(row) for row in connection.execute(query)]


def read_whereabouts(connection: Connection, story: str) -> list[StoryAtTarget]:
    """Where a story was delivered to, by the targets' names. Raises DeskDamaged."""
    d, v = delivered_stories.c, versions.c
    number = (
        select(func.max(v.number)).where(v.story == d.story, v.hash == d.version).scalar_subquery()
    )
    query = (
        select(*ENTRY_COLUMNS, d.target, d.version, number.label("number"), stories.c.latest)
        .select_from(delivered_stories)
        .join(events, events.c.event == d.event)
        .join(stories, stories.c.id == d.story)
        .where(d.story == normal(story))
        .order_by(d.target)
    )
    found = []
    for row in connection.execute(query):
        event = Entry(*row[: len(ENTRY_COLUMNS)]).read()
        if event is None:
            raise _damaged()
        found.append(
            StoryAtTarget(
                target=row.target,
                version=row.number or 0,
                is_latest=row.number == row.latest,
                withdrawn=not row.version,
                at=event.at,
                person=event.person,
            )
        )
    return found


def note_stories(connection: Connection, event: str, delivery: Delivery) -> None:
    """Note what a delivery brought to its target and what it withdrew there."""
    rows = [
        {"target": delivery.target, "story": story, "version": version, "event": event}
        for story, version in (*delivery.stories, *((id, "") for id in delivery.withdrawn))
    ]
    if not rows:
        return
    statement = insert(delivered_stories)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(set_={"version": new.version, "event": new.event}), rows
    )


def find_in_deliveries(connection: Connection, logs: Logs) -> Iterator[tuple[int, str]]:
    """Every record is what its event says, and each target has what the records come to."""
    recorded = select(events.c.event).where(events.c.action == DELIVERED, events.c.story == "")
    stray = select(deliveries.c.event).where(deliveries.c.event.not_in(recorded)).limit(1)
    if connection.scalar(stray):
        yield logs.last, _("There is a delivery that was recorded outside Stonehand.")
    expected: dict[tuple[str, str], tuple[str, str]] = {}
    for row in connection.execute(_records(outer=True).order_by(events.c.id)):
        try:
            found = _read_row(row)
        except DeskDamaged as problem:
            yield row.id, problem.sentence
            continue
        delivery = found.delivery
        for story, version in (*delivery.stories, *((id, "") for id in delivery.withdrawn)):
            expected[delivery.target, story] = (version, row.event)
    d = delivered_stories.c
    query = select(d.target, d.story, d.version, d.event)
    there = {(row.target, row.story): (row.version, row.event) for row in connection.execute(query)}
    if there != expected:
        yield logs.last, _("What was delivered where was changed outside Stonehand.")


def _records(*, outer: bool = False) -> Select[Any]:
    """Every delivery with the entry that recorded it; those without a record if `outer`."""
    joined = events.join(deliveries, deliveries.c.event == events.c.event, isouter=outer)
    return (
        select(*ENTRY_COLUMNS, deliveries.c.target, deliveries.c.content)
        .select_from(joined)
        .where(events.c.story == "", events.c.action == DELIVERED)
    )


def _read_row(row: Any) -> DeliveryRow:
    entry = Entry(*row[: len(ENTRY_COLUMNS)])
    event = entry.read()
    if event is None or not row.content or event.subject != text_hash(row.content):
        raise _damaged()
    with damaged_if_unreadable(N_("The record of a delivery")):
        delivery = Delivery.from_json(json.loads(row.content))
    if delivery.target != row.target:
        raise _damaged()
    return DeliveryRow(entry.id, event.at, event.person, delivery)


def _damaged() -> DeskDamaged:
    return DeskDamaged(
        _(_CHANGED), _("Look at `stonehand audit`, and restore a backup from before.")
    )
