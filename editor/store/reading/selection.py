"""A filter of stories as SQL: which rows fit it, and where their number is counted already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    exists,
    func,
    literal_column,
    select,
)

from editor.core.canonical import normal
from editor.core.workflow import Stage
from editor.store.db.schema import counts, notes, stories, writer_counts, writers
from editor.store.reading.rows import Filter

_STATES = ("stage", "publication", "section", "language")
_OTHERS = writers.alias("others")
_PEOPLE = {"writer": "is_writing", "returned_to": "is_returned", "author": ""}


def select_stories(wanted: Filter | None, *columns: Any) -> Select[Any]:
    """Select columns of the stories that fit a filter.

    Where it names a writer, SQLite begins with that person's stories, in their order: they
    are those of `driver_of` in the table `writers`.
    """
    if wanted is None:
        return select(*columns)
    driver = driver_of(wanted)
    if not driver:
        return select(*columns).where(*_states(wanted), *_others(wanted))
    query = select(*columns).join_from(writers, stories, stories.c.id == writers.c.story)
    # The sign keeps SQLite from another index than that of the writers.
    these = _states(wanted, sign="+")
    return query.where(*_is_by(wanted, driver), *these, *_others(wanted, driver))


def select_number(wanted: Filter | None) -> Select[Any] | None:
    """Select how many stories fit a filter from what is counted; None where that is not."""
    wanted = wanted or Filter()
    states = Filter(wanted.stage, wanted.publication, wanted.section, language=wanted.language)
    if wanted == states:
        return select(func.sum(counts.c.number)).where(*_states(wanted, counts))
    if wanted == Filter(stage=Stage.REVIEW, reviewer=wanted.reviewer):
        own = _number_of(normal(wanted.reviewer or ""), stage=str(Stage.REVIEW))
        total = select(func.sum(counts.c.number)).where(*_states(states, counts))
        return select(
            func.coalesce(total.scalar_subquery(), 0) - func.coalesce(own.scalar_subquery(), 0)
        )
    driver = driver_of(wanted)
    alone = replace(Filter(), **{driver: getattr(wanted, driver)}) if driver else None
    if wanted not in (alone, replace(alone, stage=Stage.DRAFT) if alone else None):
        return None
    flags = {flag: 1} if (flag := _PEOPLE[driver]) else {}
    stage = {} if wanted.stage is None else {"stage": str(wanted.stage)}
    return _number_of(normal(getattr(wanted, driver)), **flags, **stage)


def driver_of(wanted: Filter) -> str:
    """Return the field of a filter that names whose stories are wanted; empty where none does."""
    return next((name for name in _PEOPLE if getattr(wanted, name) is not None), "")


def _number_of(person: str, **values: object) -> Select[Any]:
    these = [writer_counts.c[name] == value for name, value in values.items()]
    return select(func.sum(writer_counts.c.number)).where(writer_counts.c.person == person, *these)


def _states(wanted: Filter, table: Table = stories, sign: str = "") -> list[ColumnElement[bool]]:
    values = {name: getattr(wanted, name) for name in _STATES}
    return [
        literal_column(f"{sign}{table.name}.{name}") == normal(value)
        for name, value in values.items()
        if value is not None
    ]


def _others(wanted: Filter, driver: str = "") -> list[ColumnElement[bool]]:
    """What else a filter asks of a story than its state and that of its `driver`."""
    found = [] if wanted.ids is None else [_is_among(wanted.ids)]
    for name in _PEOPLE:
        if name != driver and getattr(wanted, name) is not None:
            found.append(_exists_by(*_is_by(wanted, name, _OTHERS)))
    if wanted.reviewer is not None:
        found.append(stories.c.stage == str(Stage.REVIEW))
        found.append(~_exists_by(_OTHERS.c.person == normal(wanted.reviewer)))
    if wanted.has_notes:
        is_open = (notes.c.answers == 0, notes.c.resolved_at == "")
        found.append(exists().where(notes.c.story == stories.c.id, *is_open))
    return found


def _is_by(wanted: Filter, name: str, table: FromClause = writers) -> list[ColumnElement[bool]]:
    """Whether a row of `writers` is one that a field of the filter wants."""
    flag = _PEOPLE[name]
    is_person: ColumnElement[bool] = table.c.person == normal(getattr(wanted, name))
    return [is_person, table.c[flag] == 1] if flag else [is_person]


def _exists_by(*these: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_OTHERS.c.story == stories.c.id, *these)


def _is_among(ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a story is one of these; in one value, however many there are."""
    given = func.json_each(json.dumps([*ids])).table_valued("value")
    return stories.c.id.in_(select(given.c.value))
