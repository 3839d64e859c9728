"""One question to a desk, asked of a snapshot of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import select

from editor.store.db.schema import stories
from editor.store.desk import Desk
from editor.store.reading.snapshot import Snapshot


def reading(desk: Desk) -> Snapshot:
    """A desk's snapshot for tests: each call reads what is there at that moment."""
    return cast(Snapshot, _Reading(desk))


def every_slug(desk: Desk) -> dict[str, str]:
    """The slug of each story of a desk, by its id."""
    with desk.read() as snapshot:
        query = select(stories.c.id, stories.c.slug)
        return dict(snapshot.connection.execute(query).all())


class _Reading:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*arguments: Any, **options: Any) -> Any:
            with self._desk.read() as snapshot:
                return getattr(snapshot, name)(*arguments, **options)

        return ask
