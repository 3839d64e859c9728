"""Choosing what leaves the desk: approved text only, verified to be what was approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from editor.core.edition import Item, Withdrawn
from editor.core.workflow import Publication, Stage
from editor.errors import NotApproved, UntrustedSignature
from editor.store.db.schema import approvals, stories, versions
from editor.store.reading.approvals import EVIDENCE, ApprovalVerifier, with_last_approval
from editor.store.reading.values import read_story

_AT_ONCE = 500


class _Refused(Exception):
    """Why a story may not leave; it is raised and caught in this file only."""


class _NotReady(_Refused):
    """The story is not ready: no reason to stop an export that did not name it."""


class _NotDue(_NotReady):
    """The version is approved, and waits for its time."""


def items(
    connection: Connection, verifier: ApprovalVerifier, ids: Sequence[str] | None, at: datetime
) -> tuple[Item, ...]:
    """The stories that go out at an instant, the last to be approved for the first time first.

    `ids` names stories; None means every approved or live story whose time has
    come. A live story that is being edited goes out as readers have it. Raises
    NotApproved with the reason for every story that may not leave: one that was
    named and is not approved or not due, or any whose approval does not verify.
    """
    out: list[tuple[int, Item]] = []
    refused: list[str] = []
    for row in _candidates(connection, ids):
        try:
            out.append((row.first_id, _item_or_live(connection, row, verifier, at)))
        except _NotReady as reason:
            if ids is not None:
                refused.append(f"{row.slug} ({reason})")
        except _Refused as reason:
            refused.append(f"{row.slug} ({reason})")
    if refused:
        raise _refusal(refused)
    out.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(item for _, item in out)


def withdrawn(connection: Connection) -> tuple[Withdrawn, ...]:
    """The stories that were killed, under the address that readers had, the last one first."""
    v = versions.c
    query = (
        select(stories.c.id, stories.c.slug, stories.c.updated, v.content)
        .join(versions, and_(v.story == stories.c.id, v.number == stories.c.live_version))
        .where(stories.c.publication == str(Publication.KILLED))
        .order_by(stories.c.touched.desc())
    )
    found = []
    for row in connection.execute(query):
        story = read_story(row.content, row.slug)
        found.append(Withdrawn(row.id, story.slug, story.language, row.updated))
    return tuple(found)


def _item_or_live(
    connection: Connection, row: Row[Any], verifier: ApprovalVerifier, at: datetime
) -> Item:
    """A story as it goes out: what was approved last, or what readers have until it is due."""
    try:
        return _item(row, verifier, at)
    except _NotDue:
        if row.live_version in (0, row.number):
            raise
        query = _query(stories.c.live_version).where(stories.c.id == row.id)
        return _item(connection.execute(query).one(), verifier, at)


def _item(row: Row[Any], verifier: ApprovalVerifier, at: datetime) -> Item:
    if row.publication == Publication.KILLED:
        raise _NotReady("killed")
    if row.stage != Stage.APPROVED and not row.live_version:
        raise _NotReady(f"{row.stage}, not approved")
    if row.number is None:
        raise _Refused("the version is gone")
    try:
        approval = verifier.approval(row)
    except UntrustedSignature as reason:
        raise _Refused(_as_remark(reason.sentence)) from None
    story = read_story(row.content, row.slug)
    if why := story.withheld(at):
        # What has expired is removed, whatever readers had before.
        has_expired = replace(story, expires="").withheld(at) != why
        raise _NotReady(why) if has_expired else _NotDue(why)
    return Item(
        story=story,
        version=row.number,
        hash=row.hash,
        published=row.first_at,
        updated=row.approved_at,
        approval=approval,
    )


def _candidates(connection: Connection, ids: Sequence[str] | None) -> Iterator[Row[Any]]:
    query = _query()
    if ids is None:
        out = or_(stories.c.stage == str(Stage.APPROVED), stories.c.live_version > 0)
        yield from connection.execute(query.where(out))
        return
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), _AT_ONCE):
        batch = unique[start : start + _AT_ONCE]
        yield from connection.execute(query.where(stories.c.id.in_(batch)))


def _query(number: ColumnElement[int] | None = None) -> Select[Any]:
    """Stories, each with the version of a number, else with the one that is to go out."""
    first = approvals.alias("first")
    earliest = select(func.min(approvals.c.id)).where(approvals.c.story == stories.c.id)
    if number is None:
        approved = stories.c.stage == str(Stage.APPROVED)
        live = and_(~approved, stories.c.live_version > 0)
        number = case((live, stories.c.live_version), else_=stories.c.latest)
    return with_last_approval(
        select(
            *EVIDENCE,
            stories.c.stage,
            stories.c.publication,
            first.c.id.label("first_id"),
            first.c.at.label("first_at"),
        )
        .select_from(stories)
        .outerjoin(versions, and_(versions.c.story == stories.c.id, versions.c.number == number))
        .outerjoin(first, first.c.id == earliest.scalar_subquery())
    )


def _as_remark(sentence: str) -> str:
    """A sentence as a remark in brackets: no capital, no full stop."""
    first, _, rest = sentence.rstrip(".").partition(" ")
    plain = first in {"A", "It", "Its", "Nobody", "The", "This", "What"}
    return f"{first.lower() if plain else first} {rest}"


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
