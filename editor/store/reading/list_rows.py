"""The rows of lists, and the whole list at once: SQL as text, so that `list` starts at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from editor.core.canonical import normal
from editor.core.workflow import Publication, Stage
from editor.i18n import N_
from editor.store.db.errors import damaged_if_unreadable
from editor.store.reading.faults import check_listed
from editor.store.reading.rows import StoryRow

COLUMNS = (
    *("id", "slug", "headline", "section", "language", "stage", "publication", "latest"),
    *("words", "updated", "author", "leaves", "live_version", "tips", "touched"),
)
"""The columns of a StoryRow in the table `stories`, in its order."""

SELECT_STORIES = f"SELECT {', '.join(COLUMNS)} FROM stories"  # noqa: S608  our own names
"""The rows of stories as plain SQL, without its conditions."""

_ALL = (
    f"{SELECT_STORIES} "
    "WHERE (:stage IS NULL OR stage = :stage) AND (:section IS NULL OR section = :section) "
    "ORDER BY touched DESC"
)


class Lists:
    """All stories of a desk as lists show them, over one open transaction."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def rows(self, stage: Stage | None = None, section: str | None = None) -> list[StoryRow]:
        """The stories of a stage and a section, the last one changed first."""
        return [read_story_row(row) for row in self._raw.execute(_ALL, _wanted(stage, section))]

    def check(
        self, rows: Sequence[StoryRow], stage: Stage | None = None, section: str | None = None
    ) -> None:
        """Raise DeskDamaged where what `rows` gave is not what the versions and the log say."""
        check_listed(self._raw, rows, **_wanted(stage, section))


def _wanted(stage: Stage | None, section: str | None) -> dict[str, str | None]:
    return {
        "stage": None if stage is None else str(stage),
        "section": None if section is None else normal(section),
    }


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
