"""Reading the masthead: who is on the desk, and whether that can be trusted.

While there is none the `people` table says who is on the desk. From the first
masthead on, only the verified chain does, and the table follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from editor.core.canonical import normal
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
from editor.errors import NotFound, UntrustedSignature
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import mastheads, people
from editor.store.log import pins
from editor.store.log.audit_log import AuditLog, read_audit_log
from editor.trust.masthead import MastheadChain

_RESTORE = "Look at `stonehand audit`, and restore a backup from before."
_WRITING = (AddNote, Reconcile, ResolveNote, SaveBanner, SaveStory, Submit, ImportItems)
"""The commands that are allowed while the masthead can't be trusted: no text is lost over it."""


class Trusted(NamedTuple):
    """The mastheads, None before the first signature, and the audit log that agrees with them."""

    chain: MastheadChain | None
    log: AuditLog


def read_chain(connection: Connection) -> MastheadChain | None:
    """The desk's mastheads, verified; None where there is none yet. Raises UntrustedSignature."""
    rows = connection.execute(select(mastheads).order_by(mastheads.c.number)).all()
    if not rows:
        return None
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        raise UntrustedSignature("A masthead of this desk is missing.", _RESTORE)
    return _verified(tuple(row.token for row in rows))


def read_trusted(connection: Connection, path: Path | None) -> Trusted:
    """The mastheads and the log, compared with each other and with what was seen before.

    Without a `path` nothing was seen before. Raises UntrustedSignature where they don't agree.
    """
    chain, log = read_chain(connection), read_audit_log(connection)
    if path is not None:
        pins.check(path, chain)
    if log.broken_at:
        raise UntrustedSignature(f"The audit of this desk is broken. {log.reason}", _RESTORE)
    recorded = {entry.version: entry for entry in log.mastheads()}
    signed = list(zip(chain.mastheads, chain.hashes, strict=True)) if chain else []
    if len(recorded) > len(signed):
        raise UntrustedSignature("The latest masthead of this desk is gone.", _RESTORE)
    for masthead, hash in signed:
        entry = recorded.get(masthead.number)
        if entry is None or (entry.subject, entry.previous) != (hash, masthead.audit):
            raise UntrustedSignature(
                f"Masthead {masthead.number} is not the one the audit speaks of.", _RESTORE
            )
    if path is not None:
        pins.check_log(path, log)
    return Trusted(chain, log)


def is_decision(command: Command) -> bool:
    """Whether a command is more than writing: what it does must not be undone unnoticed."""
    return not isinstance(command, _WRITING)


def masthead_hash_at(trusted: Trusted, entry_id: int) -> str:
    """The hash of the masthead in force when an entry was written; empty before the first."""
    earlier = [entry.version for entry in trusted.log.mastheads() if entry.id < entry_id]
    return trusted.chain.hashes[max(earlier) - 1] if trusted.chain and earlier else ""


def read_people(connection: Connection) -> tuple[Person, ...]:
    """The people of the desk, by name. Raises UntrustedSignature."""
    chain = read_chain(connection)
    if chain is None:
        return unsigned_people(connection)
    members = (member.person for member in chain.latest.present)
    return tuple(sorted(members, key=lambda person: person.name))


def listed_people(connection: Connection) -> tuple[Person, ...]:
    """The people to show: of a masthead that can't be trusted, what was last known of it."""
    try:
        return read_people(connection)
    except UntrustedSignature:
        return unsigned_people(connection)


def unsigned_people(connection: Connection) -> tuple[Person, ...]:
    """The people in the table, by name, which no signature protects."""
    found = connection.execute(select(people.c.name, people.c.role).order_by(people.c.name))
    with damaged_if_unreadable("The list of people"):
        return tuple(Person(name, Role(role)) for name, role in found)


def find_person(people: Sequence[Person], name: str) -> Person:
    """A person by name, white space aside. Raises NotFound with the names there are."""
    wanted = " ".join(normal(name).split())
    for person in people:
        if person.name == wanted:
            return person
    names = ", ".join(person.name for person in people[:12])
    more = f" and {len(people) - 12} more" if len(people) > 12 else ""
    raise NotFound(f"“{wanted[:60]}” is not on this desk.", f"On it are: {names}{more}.")


def read_actor(connection: Connection, name: str, command: Command) -> Person:
    """Who acts, with the role the masthead gives them. Raises NotFound, UntrustedSignature.

    With a masthead that can't be trusted everybody may write, and nobody decide.
    """
    try:
        return find_person(read_people(connection), name)
    except UntrustedSignature:
        if is_decision(command):
            raise
        known = find_person(unsigned_people(connection), name)
        return Person(known.name, Role.JOURNALIST)


@lru_cache(maxsize=16)
def _verified(tokens: tuple[str, ...]) -> MastheadChain:
    return MastheadChain.verified(tokens)
