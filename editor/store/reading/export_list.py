"""The stories that an export may have, as a list read by its end: no page costs more than another.

First those that are approved, then those that are live while their next version is
written, then what waits for approval and the drafts: whoever misses a story there sees why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select, text

from editor.core.workflow import Publication, Stage
from editor.store.db.schema import stories
from editor.store.reading.list_rows import read_story_row
from editor.store.reading.rows import StoryRow
from editor.store.reading.search import find_headlines
from editor.store.reading.values import STORY_COLUMNS

_S = stories.c
_LIVE = _S.publication == str(Publication.LIVE)
_UNFINISHED = (Stage.DRAFT, Stage.REVIEW, Stage.SPIKED)
# The sign before the column lets SQLite find these few by stage and publication, rather
# than walk through all that are live in the order they changed.
_PARTS: tuple[tuple[tuple[ColumnElement[bool], ...], str], ...] = (
    ((_S.stage == str(Stage.APPROVED),), "touched"),
    ((_LIVE, _S.stage.in_(map(str, _UNFINISHED))), "+touched"),
    ((_S.stage == str(Stage.REVIEW), ~_LIVE), "touched"),
    ((_S.stage == str(Stage.DRAFT), ~_LIVE), "touched"),
)


class PageStart(NamedTuple):
    """After which story a page begins: the part of the list, and the number there."""

    part: int = 0
    before: int = 1 << 62


class ExportPage(NamedTuple):
    """Some stories, and where the next page begins; None at the end of the list."""

    rows: Sequence[StoryRow]
    next: PageStart | None


def read_export_page(
    connection: Connection, words: str, place: PageStart, limit: int
) -> ExportPage:
    """Read stories from a place on: all, or those whose headline has the words, newest first."""
    if words.strip():
        found = find_headlines(connection, words, place.before, limit)
        ends = [place._replace(before=number) for number, _row in found]
        return ExportPage([row for _number, row in found], ends[-1] if len(ends) == limit else None)
    rows: list[StoryRow] = []
    for part in range(place.part, len(_PARTS)):
        before = place.before if part == place.part else PageStart().before
        conditions, order = _PARTS[part]
        query = select(*STORY_COLUMNS, _S.touched).where(*conditions, _S.touched < before)
        query = query.order_by(text(f"{order} DESC")).limit(limit - len(rows))
        found_here = connection.execute(query).all()
        rows += (read_story_row(row[:-1]) for row in found_here)
        if len(rows) == limit:
            return ExportPage(rows, PageStart(part, found_here[-1][-1]))
    return ExportPage(rows, None)
