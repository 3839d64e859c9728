"""Reading the log: as people are shown it, and what was touched since a place in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from editor.core.canonical import normal
from editor.core.changes import ChangeKind, Changes
from editor.core.events import (
    BANNER,
    BANNER_APPROVED,
    DELIVERED,
    FOUNDED,
    FRONT,
    HOUSE,
    HOUSE_STYLE,
    MASTHEAD,
    NOTE_ACTIONS,
    OPENED,
    TARGETS,
    VERSION_ACTIONS,
    WORKFLOW_ACTIONS,
    Event,
)
from editor.core.workflow import Action
from editor.errors import BadInput
from editor.store.db.groups import in_groups
from editor.store.db.schema import events, notes, versions
from editor.store.log.entries import ENTRY_COLUMNS, Entry, LogEntry

_TOUCHED: dict[str, ChangeKind] = {
    FOUNDED: "people",
    MASTHEAD: "people",
    HOUSE: "house",
    HOUSE_STYLE: "house style",
    BANNER: "banner",
    BANNER_APPROVED: "banner",
    FRONT: "front",
    TARGETS: "targets",
    DELIVERED: "deliveries",
    **dict.fromkeys(NOTE_ACTIONS, "notes"),
    **dict.fromkeys(WORKFLOW_ACTIONS, "story"),
}
"""What an event changes, by its action; a remark is a note as well."""


def read_log(connection: Connection, story: str | None, limit: int) -> list[LogEntry]:
    """What was done, on the whole desk or to one story, the last first."""
    query = select(*ENTRY_COLUMNS).order_by(events.c.id.desc()).limit(limit)
    if story is not None:
        query = query.where(events.c.story == normal(story))
    found = [(entry, _read(entry)) for entry in (Entry(*row) for row in connection.execute(query))]
    about = [event.version for _entry, event in found] + [entry.event for entry, _event in found]
    numbers = _by_event(connection, versions.c.id, versions.c.number, about)
    remarks = _by_event(
        connection, notes.c.event, notes.c.text, (entry.event for entry, e in found if e.subject)
    )
    signed = _last_signed(connection, {entry.log for entry, _event in found})
    return [
        LogEntry(
            id=entry.id,
            at=event.at,
            person=event.person,
            action=event.action,
            story=event.story,
            version=int(numbers.get(_version(entry, event), 0)),
            note=_note(entry, event, numbers, remarks),
            hash=entry.hash,
            is_signed=entry.seq <= signed.get(entry.log, 0),
            event=entry.event,
        )
        for entry, event in found
    ]


def last_entry(connection: Connection) -> int:
    """The number of the last entry in the desk's log, whoever wrote it; 0 before the first."""
    return connection.scalar(select(func.max(events.c.id))) or 0


def read_changes(connection: Connection, after: int) -> tuple[int, Changes]:
    """What entries after a number touched, and the number of the last one.

    The rows are not verified: they only tell what to read again.
    """
    e = events.c
    query = (
        select(e.id, e.action, e.story, notes.c.id)
        .outerjoin(notes, notes.c.event == e.event)
        .where(e.id > after)
        .order_by(e.id)
    )
    last, touched = after, dict[tuple[ChangeKind, str], None]()
    for last, action, story, note in connection.execute(query):  # noqa: B007 - the last of them
        if action in _TOUCHED:
            touched[_TOUCHED[action], story] = None
        if note is not None:
            touched["notes", story] = None
    return last, Changes((*touched,))


def _read(entry: Entry) -> Event:
    """The event of a row, or what the row alone says of one that was changed."""
    try:
        return Event.from_body(entry.body)
    except BadInput:
        return Event(entry.action, "", "", "", entry.story)


def _version(entry: Entry, event: Event) -> str:
    return entry.event if event.action in VERSION_ACTIONS else event.version


def _note(entry: Entry, event: Event, numbers: dict[str, Any], remarks: dict[str, Any]) -> str:
    """The remark that came with a decision, or the name that an event is about."""
    if event.action == Action.RESTORE.past:
        return f"version {numbers.get(event.version, 0)}"
    if event.action in NOTE_ACTIONS or event.action == OPENED:
        return ""
    return str(remarks.get(entry.event, event.detail))


def _by_event(
    connection: Connection, key: ColumnElement[Any], value: ColumnElement[Any], ids: Iterable[str]
) -> dict[str, Any]:
    """A column's values by the events that wrote them."""
    wanted = sorted(set(ids) - {""})
    found: dict[str, Any] = {}
    for group in in_groups(wanted):
        some = select(key, value).where(key.in_(group))
        found |= dict(connection.execute(some).all())
    return found


def _last_signed(connection: Connection, logs: Iterable[str]) -> dict[str, int]:
    """The last entry of each log that carries a signature, which covers all before it."""
    e = events.c
    query = select(func.max(e.seq)).where(func.length(e.signature) > 0)
    return {log: connection.scalar(query.where(e.log == log)) or 0 for log in logs}
