"""Reading the masthead: who is on the desk, and whether that can be trusted.

While there is none the `people` table says who is on the desk. From the first
masthead on, only the verified chain does, and the table follows it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, select

from editor.core.commands import (
    AddNote,
    Command,
    ImportItems,
    Reconcile,
    ResolveNote,
    SaveBanner,
    SaveStory,
    Submit,
)
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.errors import UntrustedSignature
from editor.store.db.schema import mastheads
from editor.store.log import pins
from editor.store.log.entries import Ledger, last_row, ledger, row_hash
from editor.store.reading import queries
from editor.trust.masthead import Chain

_RESTORE = "Look at `stonehand audit`, and restore a backup from before."
_WRITING = (AddNote, Reconcile, ResolveNote, SaveBanner, SaveStory, Submit, ImportItems)
"""What goes on while the masthead can't be trusted: no text is lost over it."""


def chain(connection: Connection) -> Chain | None:
    """The desk's mastheads, verified; None where there is none yet. Raises UntrustedSignature."""
    rows = connection.execute(select(mastheads).order_by(mastheads.c.number)).all()
    if not rows:
        return None
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        raise UntrustedSignature("A masthead of this desk is missing.", _RESTORE)
    return _verified(tuple(row.token for row in rows))


def trusted(connection: Connection, place: Path | None) -> tuple[Chain | None, Ledger]:
    """The mastheads and the audit, held against each other and against what was seen before.

    Without a `place` nothing was seen before. Raises UntrustedSignature where they don't agree.
    """
    now, done = chain(connection), ledger(connection)
    if place is not None:
        pins.check(place, now)
    if done.broken_at:
        raise UntrustedSignature(f"The audit of this desk is broken. {done.reason}", _RESTORE)
    recorded = {each.version: each for each in done.mastheads()}
    there = list(zip(now.mastheads, now.hashes, strict=True)) if now else []
    if len(recorded) > len(there):
        raise UntrustedSignature("The newest masthead of this desk is gone.", _RESTORE)
    for masthead, hash in there:
        row = recorded.get(masthead.number)
        if row is None or (row.subject, row.previous) != (hash, masthead.audit):
            raise UntrustedSignature(
                f"Masthead {masthead.number} is not the one the audit speaks of.", _RESTORE
            )
    if place is not None:
        pins.check_audit(place, lambda row: row_hash(connection, row))
    return now, done


def remember(connection: Connection, place: Path) -> None:
    """Keep in mind what was seen of a desk here, if it can be trusted."""
    with suppress(UntrustedSignature):
        now, _ = trusted(connection, place)
        if now is not None:
            pins.remember(place, now, last_row(connection))


def decides(command: Command) -> bool:
    """Whether a command is more than writing: what it does must not be undone unnoticed."""
    return not isinstance(command, _WRITING)


def in_force(chain: Chain, done: Ledger, row: int) -> str:
    """The hash of the masthead in force when an audit row was written; empty before the first."""
    number = max((each.version for each in done.mastheads() if each.id < row), default=0)
    return chain.hashes[number - 1] if number else ""


def everyone(connection: Connection) -> tuple[Person, ...]:
    """The people of the desk, by name. Raises UntrustedSignature."""
    now = chain(connection)
    if now is None:
        return queries.everyone(connection)
    return tuple(sorted((each.person for each in now.latest.present), key=lambda one: one.name))


def listed(connection: Connection) -> tuple[Person, ...]:
    """The people to show: of a masthead that can't be trusted, what was last known of it."""
    try:
        return everyone(connection)
    except UntrustedSignature:
        return queries.everyone(connection)


def policy(connection: Connection) -> Policy:
    """What the desk asks for before a text goes out. Raises UntrustedSignature."""
    now = chain(connection)
    return now.latest.policy if now else Policy()


def actor(connection: Connection, name: str, command: Command) -> Person:
    """Who acts, with the role the masthead gives them. Raises NotFound, UntrustedSignature.

    With a masthead that can't be trusted everybody may write, and nobody decide.
    """
    try:
        return queries.one_of(everyone(connection), name)
    except UntrustedSignature:
        if not isinstance(command, _WRITING):
            raise
        known = queries.one_of(queries.everyone(connection), name)
        return Person(known.name, Role.JOURNALIST)


@lru_cache(maxsize=16)
def _verified(tokens: tuple[str, ...]) -> Chain:
    return Chain.verified(tokens)
