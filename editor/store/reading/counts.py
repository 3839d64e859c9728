"""How many stories there are, read at once from the small tables that the triggers keep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from editor.core.workflow import Publication, Stage
from editor.i18n import N_
from editor.store.db.engine import plain
from editor.store.db.errors import damaged_if_unreadable
from editor.store.reading.rows import Counts, WriterCounts, is_exportable

_COUNTS = """
    SELECT '', stage, publication, section, language, 0, 0, number FROM counts WHERE number > 0
    UNION ALL SELECT person, stage, '', '', '', is_writing, is_returned, number
    FROM writer_counts WHERE number > 0
"""


def read_counts(connection: Connection) -> Counts:
    """Add up how many stories there are by stage, publication, section, language and writer.

    Raises DeskDamaged.
    """
    total, exportable = Counts(), 0
    for person, *counted in plain(connection).execute(_COUNTS):
        with damaged_if_unreadable(N_("The entry of a story")):
            if person:
                _add_to_writer(total, person, *counted)
            else:
                exportable += _add_state(total, *counted)
    return replace(total, exportable=exportable)


def _add_state(total: Counts, *counted: Any) -> int:
    """Add stories of one state, section and language; how many of them may go out."""
    stage, publication, section, language, _writing, _returned, number = counted
    _add(total.stages, Stage(stage), number)
    _add(total.publications, Publication(publication), number)
    _add(total.sections, section, number)
    _add(total.languages, language, number)
    return int(number) * is_exportable(Stage(stage), Publication(publication))


def _add_to_writer(total: Counts, person: str, *counted: Any) -> None:
    stage, *_none, is_writing, is_returned, number = counted
    known = total.writers.get(person, WriterCounts())
    total.writers[person] = WriterCounts(
        known.stories + number,
        known.drafts + number * is_writing,
        known.returned + number * is_returned,
        known.in_review + number * (Stage(stage) is Stage.REVIEW),
    )


def _add(totals: dict[Any, int], key: Any, number: int) -> None:
    totals[key] = totals.get(key, 0) + number
