"""The banner and the house: what belongs to the paper, not to one story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

from editor.core.brief import Banner, Brief
from editor.core.canonical import canonical_json
from editor.core.changes import Changes
from editor.core.commands import SaveBanner, SaveHouse
from editor.core.people import Role
from editor.errors import NotAllowed, Stale
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import papers
from editor.store.reading import queries


def save_banner(turn: Transaction, command: SaveBanner) -> Changes:
    """Keep the banner; new briefs get ids."""
    current = queries.banner(turn.connection)
    if command.banner == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            "Someone else changed the trends banner in the meantime.",
            "Look at the banner as it is now; your text is not lost.",
        )
    _keep(turn, "banner", _with_ids(command.banner).to_json())
    return Changes.of("banner")


def save_house(turn: Transaction, command: SaveHouse) -> Changes:
    """Keep the paper's facts and style: the chief's to change."""
    if turn.person.role is not Role.CHIEF:
        raise NotAllowed(
            "Only the chief may change the paper's facts and style.", "Ask the chief to do it."
        )
    current = queries.house(turn.connection)
    if command.house == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            "Someone else changed the paper's facts and style in the meantime.",
            "Look at them as they are now, then change them again.",
        )
    _keep(turn, "house", command.house.to_json())
    return Changes.of("house")


def append_briefs(turn: Transaction, briefs: Sequence[Brief]) -> Changes:
    """Put briefs that came from outside behind the banner's own, each once."""
    banner = queries.banner(turn.connection)
    known = {(brief.title, brief.summary) for brief in banner.briefs}
    new: list[Brief] = []
    for brief in briefs:
        if (brief.title, brief.summary) not in known:
            known.add((brief.title, brief.summary))
            new.append(replace(brief, id=""))
    if not new:
        return Changes()
    _keep(turn, "banner", _with_ids(Banner((*banner.briefs, *new))).to_json())
    return Changes.of("banner")


def _with_ids(banner: Banner) -> Banner:
    taken: set[str] = set()
    briefs = []
    for brief in banner.briefs:
        named = replace(brief, id=uuid4().hex) if brief.id in {"", *taken} else brief
        taken.add(named.id)
        briefs.append(named)
    return Banner(tuple(briefs))


def _keep(turn: Transaction, kind: str, value: Any) -> None:
    latest = turn.connection.scalar(select(func.max(papers.c.number)).where(papers.c.kind == kind))
    content = canonical_json(value)
    turn.connection.execute(
        insert(papers).values(
            kind=kind,
            number=int(latest or 0) + 1,
            content=content.decode("utf-8"),
            author=turn.person.name,
            at=turn.at,
        )
    )
    turn.log(kind, subject=sha256(content).hexdigest())
