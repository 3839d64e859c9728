"""The paper's facts and style, and how its documents are written."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import func, insert, select

from editor.core.canonical import Json, canonical_json
from editor.core.changes import Changes
from editor.core.commands import SaveHouse
from editor.core.people import Role
from editor.errors import NotAllowed, Stale
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import papers
from editor.store.reading.values import text_hash


def save_house(transaction: Transaction, command: SaveHouse) -> Changes:
    """Save the paper's facts and style: the chief's to change."""
    if transaction.person.role is not Role.CHIEF:
        raise NotAllowed(
            "Only the chief may change the paper's facts and style.", "Ask the chief to do it."
        )
    current = transaction.house()
    if command.house == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            "Someone else changed the paper's facts and style in the meantime.",
            "Look at them as they are now, then change them again.",
        )
    write_paper(transaction, "house", command.house.to_json())
    return Changes.of("house")


def write_paper(transaction: Transaction, kind: Literal["house", "banner"], value: Json) -> None:
    """Write a new version of the house or the banner, and its log entry."""
    query = select(func.max(papers.c.number)).where(papers.c.kind == kind)
    number = int(transaction.connection.scalar(query) or 0) + 1
    content = canonical_json(value).decode("utf-8")
    transaction.connection.execute(insert(papers).values(kind=kind, number=number, content=content))
    transaction.write_log(kind, subject=text_hash(content))
