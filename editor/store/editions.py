"""Choosing what leaves: approved text only, proven to be the text that was approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from editor.core.edition import Approval, Item
from editor.core.times import parse_instant
from editor.core.workflow import Publication, Stage
from editor.errors import NotApproved
from editor.store import queries
from editor.store.schema import approvals, stories, versions

_AT_ONCE = 500


class _Refused(Exception):
    """Why one story may not leave. Never leaves this file."""


class _NotYet(_Refused):
    """The story's turn has not come: no reason to stop an export that did not name it."""


def items(connection: Connection, chosen: Sequence[str] | None, at: datetime) -> tuple[Item, ...]:
    """The stories that go out at an instant, the last to be approved for the first time first.

    `chosen` holds slugs or ids; None means every approved story whose embargo is
    over. Raises NotFound for an unknown name, and NotApproved with the name of
    every story that may not leave: one that was chosen and is not approved or
    under embargo, or any whose text is not the one that was approved.
    """
    out: list[tuple[int, Item]] = []
    refused: list[str] = []
    for row in _candidates(connection, chosen):
        try:
            out.append((row.first_id, _item(row, at)))
        except _NotYet as reason:
            if chosen is not None:
                refused.append(f"{row.slug} ({reason})")
        except _Refused as reason:
            refused.append(f"{row.slug} ({reason})")
    if refused:
        raise _refusal(refused)
    out.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(item for _, item in out)


def _item(row: Row[Any], at: datetime) -> Item:
    if row.publication == Publication.KILLED:
        raise _NotYet("killed")
    if row.stage != Stage.APPROVED:
        raise _NotYet(f"{row.stage}, not approved")
    if row.approved_hash is None:
        raise _Refused("marked as approved, but nobody approved this version")
    if not row.approved_hash == row.hash == queries.text_hash(row.content):
        raise _Refused("its text was changed outside Copydesk after the approval")
    story = queries.read_story(row.content, row.slug)
    if story.id != row.id or story.slug != row.slug:
        raise _Refused("its entry was changed outside Copydesk after the approval")
    if story.embargo and parse_instant(story.embargo) > at:
        raise _NotYet(f"under embargo until {story.embargo}")
    return Item(
        story=story,
        version=row.head,
        hash=row.hash,
        published=row.first_at,
        updated=row.approved_at,
        approval=Approval(row.id, row.approved_hash, row.person, row.approved_at),
    )


def _candidates(connection: Connection, chosen: Sequence[str] | None) -> Iterator[Row[Any]]:
    query = _query()
    if chosen is None:
        yield from connection.execute(query.where(stories.c.stage == str(Stage.APPROVED)))
        return
    ids = list(dict.fromkeys(queries.find(connection, name) for name in chosen))
    for start in range(0, len(ids), _AT_ONCE):
        yield from connection.execute(query.where(stories.c.id.in_(ids[start : start + _AT_ONCE])))


def _query() -> Select[Any]:
    last, first = approvals.alias("last"), approvals.alias("first")
    standing = select(func.max(approvals.c.id)).where(
        approvals.c.story == stories.c.id,
        approvals.c.version == stories.c.head,
        approvals.c.withdrawn == "",
    )
    earliest = select(func.min(approvals.c.id)).where(approvals.c.story == stories.c.id)
    newest = and_(versions.c.story == stories.c.id, versions.c.number == stories.c.head)
    return (
        select(
            stories.c.id,
            stories.c.slug,
            stories.c.stage,
            stories.c.publication,
            stories.c.head,
            versions.c.content,
            versions.c.hash,
            last.c.hash.label("approved_hash"),
            last.c.person,
            last.c.at.label("approved_at"),
            first.c.id.label("first_id"),
            first.c.at.label("first_at"),
        )
        .select_from(stories)
        .join(versions, newest)
        .outerjoin(last, last.c.id == standing.scalar_subquery())
        .outerjoin(first, first.c.id == earliest.scalar_subquery())
    )


def _refusal(refused: list[str]) -> NotApproved:
    names = ", ".join(refused)
    if len(refused) == 1:
        return NotApproved(
            f"This story may not leave the desk: {names}.", "Approve it first, or leave it out."
        )
    return NotApproved(
        f"These {len(refused)} stories may not leave the desk: {names}.",
        "Approve them first, or leave them out.",
    )
