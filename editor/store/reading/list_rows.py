"""The rows of lists, and the whole list at once: SQL as text, so that `list` starts at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from editor.core.canonical import normal
from editor.core.workflow import Publication, Stage
from editor.i18n import N_
from editor.store.db.errors import damaged_if_unreadable
from editor.store.reading.faults import PEOPLE, check_listed
from editor.store.reading.rows import Filter, StoryRow

# ruff: noqa: S608  our own names
COLUMNS = (
    *("id", "slug", "headline", "section", "language", "stage", "publication", "latest"),
    *("words", "updated", "author", "leaves", "live_version", "tips", "touched"),
)
"""The columns of a StoryRow in the table `stories`, in its order."""

SELECT_STORIES = f"SELECT {', '.join(COLUMNS)} FROM stories"
"""The rows of stories as plain SQL, without its conditions."""

_ALL = f"""
    {SELECT_STORIES}
    WHERE (:stage IS NULL OR stage = :stage)
    AND (:publication IS NULL OR publication = :publication)
    AND (:section IS NULL OR section = :section)
    AND (:language IS NULL OR language = :language)
    AND (:author IS NULL OR id IN (SELECT story FROM versions WHERE author = :author))
    AND (NOT :has_notes OR id IN (
        SELECT story FROM notes WHERE answers = 0 AND resolved_at = ''
    ))
    AND (:returned_to IS NULL OR id IN (
        SELECT story FROM writers WHERE person = :returned_to AND is_returned = 1
    ))
    AND (:reviewer IS NULL OR stage = 'in review' AND id NOT IN (
        SELECT story FROM versions WHERE author = :reviewer
    ))
    ORDER BY touched DESC
"""


class Lists:
    """All stories of a desk as lists show them, over one open transaction."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def rows(self, wanted: Filter | None = None) -> list[StoryRow]:
        """The stories that fit a filter without a `writer` or `ids`, the last one changed first."""
        return [read_story_row(row) for row in self._raw.execute(_ALL, _values(wanted))]

    def check(self, rows: Sequence[StoryRow], wanted: Filter | None = None) -> None:
        """Raise DeskDamaged where what `rows` gave is not what the versions and the log say."""
        check_listed(self._raw, rows, _values(wanted))


def _values(wanted: Filter | None) -> dict[str, str | bool | None]:
    wanted = wanted or Filter()
    names = ("stage", "publication", "section", "language", *PEOPLE)
    values = {name: getattr(wanted, name) for name in names}
    texts = {name: None if value is None else normal(value) for name, value in values.items()}
    return {**texts, "has_notes": wanted.has_notes}


def read_story_row(row: Sequence[Any]) -> StoryRow:
    """A row of `COLUMNS` as lists show it."""
    id, slug, headline, section, language, stage, publication, *shown, events, touched = row
    with damaged_if_unreadable(N_("The entry of the story “{name}”"), slug):
        state = Stage(stage), Publication(publication)
        tips = tuple(map(str, json.loads(events)))
    version, words, updated, author, leaves, live_version = shown
    return StoryRow(
        *(id, slug, headline, section, language, *state),
        *(version, words, updated, author, leaves, live_version),
        tips=tips,
        touched=touched,
    )
