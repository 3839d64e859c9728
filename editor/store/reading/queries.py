"""The plain queries of one open transaction, as small frozen rows; approvals are not verified."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, func, literal_column

from editor.core.brief import Banner
from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.delivery import Targets
from editor.core.events import Event, event_id
from editor.core.front import Front
from editor.core.house import House
from editor.core.merge import common_ancestor, leaves
from editor.core.workflow import Stage
from editor.errors import DeskDamaged, NotFound
from editor.i18n import N_, _
from editor.store.db.engine import plain
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.packing import unpack
from editor.store.db.schema import stories, writers
from editor.store.log.entries import LogEntry
from editor.store.reading.counts import read_counts
from editor.store.reading.deliveries import (
    DeliveryRow,
    StoryAtTarget,
    read_delivered,
    read_deliveries,
    read_whereabouts,
)
from editor.store.reading.list_rows import SELECT_STORIES, read_story_row
from editor.store.reading.log import last_entry, read_changes, read_log
from editor.store.reading.open_notes import count_open_notes
from editor.store.reading.papers import (
    read_house,
    read_latest_banner,
    read_latest_front,
    read_latest_targets,
)
from editor.store.reading.review_states import read_review_states
from editor.store.reading.rows import (
    Counts,
    Filter,
    ReviewState,
    StoredVersion,
    StoryNames,
    StoryRow,
)
from editor.store.reading.selection import driver_of, select_number, select_stories
from editor.store.reading.story_names import read_names, read_slugs
from editor.store.reading.values import (
    STORY_COLUMNS,
    read_parents,
    read_story,
    text_hash,
)

_STORED = """
    SELECT v.id, v.hash, v.author, v.at, v.cause, v.content, e.body
    FROM versions v LEFT JOIN events e ON e.event = v.id WHERE v.story = ? AND v.number = ?
"""
_THESE = f"{SELECT_STORIES} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608  ours
_BY_ID = "SELECT id, id FROM stories WHERE id IN (SELECT value FROM json_each(?))"
_BY_SLUG = "SELECT slug, id FROM stories WHERE slug IN (SELECT value FROM json_each(?))"
_VERSION_IDS = """
    SELECT number, id FROM versions
    WHERE story = ? AND number IN (SELECT value FROM json_each(?))
"""


class Queries:
    """What commands and snapshots ask alike. Every method may raise DeskDamaged."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def house(self) -> House:
        """The paper's facts and style."""
        return read_house(self.connection)

    def banner(self) -> Banner:
        """The trends banner as it was saved last, approved or not."""
        return read_latest_banner(self.connection)

    def front(self) -> Front:
        """The stories that come first on the home page, as the tables say; see `front_state`."""
        return read_latest_front(self.connection)

    def targets(self) -> Targets:
        """Where the paper delivers to, as the tables say; see `targets_state`."""
        return read_latest_targets(self.connection)

    def delivered(self, target: str) -> Mapping[str, str]:
        """The stories that a target has, by their ids, each with the SHA-256 of its content."""
        return read_delivered(self.connection, target)

    def deliveries(
        self, target: str = "", *, before: int | None = None, limit: int = 100
    ) -> list[DeliveryRow]:
        """A page of the deliveries to one target, or to all, the last one first.

        The next page comes `before` the `place` of the last row of this one.
        """
        return read_deliveries(self.connection, target, before, _whole(limit))

    def whereabouts(self, story_id: str) -> list[StoryAtTarget]:
        """Where a story was delivered to, by the targets' names."""
        return read_whereabouts(self.connection, story_id)

    def rows(
        self,
        wanted: Filter | None = None,
        *,
        after: int | None = None,
        limit: int = 200,
        oldest_first: bool = False,
    ) -> list[StoryRow]:
        """A page of stories, the last one changed first, or last.

        The next page comes `after` the `touched` of the last row of this one: it is found
        at once, however far down the list.
        """
        query = select_stories(wanted, *STORY_COLUMNS)
        touched: ColumnElement[int] = stories.c.touched
        if wanted is not None and driver_of(wanted):
            touched = writers.c.touched
        elif wanted is not None and wanted.ids is not None:
            touched = literal_column("+stories.touched")  # those few are sorted, not all looked at
        query = query.limit(_whole(limit))
        if after is not None:
            query = query.where(touched > after if oldest_first else touched < after)
        found = self.connection.execute(query.order_by(touched if oldest_first else touched.desc()))
        return [read_story_row(row) for row in found]

    def with_review_states(self, rows: Sequence[StoryRow]) -> list[StoryRow]:
        """Rows with where their review is; only of drafts and of what waits is that read."""
        open_ids = [row.id for row in rows if row.stage in (Stage.DRAFT, Stage.REVIEW)]
        states = read_review_states(self.connection, open_ids)
        return [
            replace(row, review_state=states[row.id]) if row.id in states else row for row in rows
        ]

    def with_open_notes(self, rows: Sequence[StoryRow]) -> list[StoryRow]:
        """Rows with how many open notes each story has."""
        numbers = count_open_notes(self.connection, [row.id for row in rows])
        return [
            replace(row, open_notes=numbers[row.id]) if row.id in numbers else row for row in rows
        ]

    def review_state(self, story_id: str) -> ReviewState:
        """Since when a story waits for an editor, and who returned it."""
        return read_review_states(self.connection, [story_id]).get(story_id, ReviewState())

    def row(self, story_id: str) -> StoryRow:
        """One story as lists show it, by its id. Raises NotFound."""
        query = f"{SELECT_STORIES} WHERE id = ?"
        row = plain(self.connection).execute(query, (normal(story_id),)).fetchone()
        if row is None:
            raise NotFound(
                _("There is no story with the id “{value}”.").format(value=story_id[:40]),
                _("List the stories to find it."),
            )
        return read_story_row(row)

    def rows_of(self, ids: Sequence[str]) -> dict[str, StoryRow]:
        """Stories as lists show them, by their ids; those that exist."""
        found = plain(self.connection).execute(_THESE, (json.dumps([*ids]),))
        return {row.id: row for row in map(read_story_row, found)}

    def count(self, wanted: Filter | None = None) -> int:
        """How many stories fit a filter; those of a place are counted already."""
        counted = select_number(wanted)
        if counted is None:
            counted = select_stories(wanted, func.count(stories.c.id))
        return int(self.connection.scalar(counted) or 0)

    def counts(self) -> Counts:
        """How many stories there are by stage, publication, section, language and writer."""
        return read_counts(self.connection)

    def find(self, slug_or_id: str) -> str:
        """A story's id by its slug or id. Raises NotFound."""
        return self.find_all([slug_or_id])[0]

    def find_all(self, slugs_or_ids: Sequence[str]) -> list[str]:
        """The ids of stories by their slugs or ids, in that order. Raises NotFound."""
        names = [normal(name) for name in slugs_or_ids]
        found: dict[str, str] = {}
        for query in (_BY_ID, _BY_SLUG):
            unknown = [name for name in names if name not in found]
            found |= plain(self.connection).execute(query, (json.dumps(unknown),)).fetchall()
        for given, name in zip(slugs_or_ids, names, strict=True):
            if name not in found:
                raise NotFound(
                    _("There is no story “{value}” on this desk.").format(value=given[:90]),
                    _("List the stories to see their slugs."),
                )
        return [found[name] for name in names]

    def slugs(self, ids: Collection[str]) -> dict[str, str]:
        """The slugs of some stories by their ids, of those that there are."""
        return read_slugs(self.connection, ids)

    def names(self, ids: Collection[str] = (), slugs: Collection[str] = ()) -> StoryNames:
        """What the stories are called that a text names by their ids, or by slugs."""
        return read_names(self.connection, ids, slugs)

    def stored(self, story_id: str, version: int | None = None) -> StoredVersion:
        """One version of a story, the latest without a number. Raises NotFound."""
        return self.stored_of(self.row(story_id), version)

    def stored_of(self, row: StoryRow, version: int | None = None) -> StoredVersion:
        """One version of a story whose row is known, the latest without a number."""
        number = row.version if version is None else version
        found = None
        if 1 <= number <= row.version:
            found = plain(self.connection).execute(_STORED, (row.id, number)).fetchone()
        if found is None:
            raise NotFound(
                _("“{name}” has no version {number}.").format(name=row.name, number=number),
                _("It has versions 1 to {version}.").format(version=row.version),
            )
        id, hash, author, at, cause, packed, body = found
        content = unpack(packed)
        story = read_story(content, row.slug)
        if not (hash == text_hash(content) and _is_made_by(body, id, row.id, hash)):
            raise DeskDamaged(
                _("The text of version {number} of “{name}” was changed outside Stonehand.").format(
                    number=number, name=row.name
                ),
                _("Open its history, and restore a version from before."),
            )
        return StoredVersion(
            story=story,
            version=number,
            id=id,
            latest=row.version,
            hash=hash,
            state=row.state,
            author=author,
            at=at,
            cause=cause,
        )

    def leaves(self, story_id: str) -> tuple[int, ...]:
        """A story's versions without a successor, oldest first; more than one is to reconcile."""
        return leaves(self._parents(story_id))

    def ancestor(self, story_id: str, first: int, second: int) -> StoredVersion | None:
        """The highest version that two versions both grew from; None when they share none."""
        shared = common_ancestor(self._parents(story_id), first, second)
        return self.stored_of(self.row(story_id), shared) if shared else None

    def version_ids(self, story_id: str, numbers: Sequence[int]) -> dict[int, str]:
        """The events that made versions of a story, by the versions' numbers."""
        found = plain(self.connection).execute(_VERSION_IDS, (story_id, json.dumps([*numbers])))
        return dict(found)

    def log(self, story_id: str | None = None, limit: int = 500) -> list[LogEntry]:
        """What was done, on the whole desk or to one story, the last first."""
        return read_log(self.connection, story_id, _whole(limit))

    def last_entry(self) -> int:
        """The number of the last entry in the desk's log, whoever wrote it."""
        return last_entry(self.connection)

    def changes_since(self, entry: int) -> tuple[int, Changes]:
        """What was touched after an entry of the log, and the number of the last one."""
        return read_changes(self.connection, entry)

    def _parents(self, story_id: str) -> dict[int, tuple[int, ...]]:
        query = "SELECT number, parents FROM versions WHERE story = ?"
        found = plain(self.connection).execute(query, (normal(story_id),))
        return {number: read_parents(parents) for number, parents in found}


def _is_made_by(body: object, id: str, story: str, hash: str) -> bool:
    """Whether the event with this body and id made a version of a story with this hash."""
    if not isinstance(body, str) or event_id(body) != id:
        return False
    with damaged_if_unreadable(N_("The event that made a version")):
        event = Event.from_body(body)
    return (event.story, event.subject) == (story, hash)


def _whole(number: int) -> int:
    """A number SQLite can take as a limit."""
    return min(max(number, 0), 1 << 62)
