"""Whether a signed statement, the entry that recorded it and the masthead agree."""

from __future__ import annotations

from editor.core.events import Event
from editor.core.people import Person
from editor.errors import UntrustedSignature
from editor.store.log.entries import Entry
from editor.store.log.logs import Seals
from editor.trust.approval import ApprovalStatement, check_statement
from editor.trust.keys import PublicKey
from editor.trust.masthead import Masthead, MastheadChain, token_hash

AGAIN = "Approve it again."


def is_written_into_the_past(entry: Entry, chain: MastheadChain, seals: Seals) -> bool:
    """Whether an entry is where a chief had seen another one.

    It matters only where the masthead of that past would allow what the latest does not.
    """
    owner, tip = seals.owner(entry.log), chain.seen_after(entry.log, entry.seq)
    if owner is None or tip is None:
        return False
    then, now = chain.in_force(entry.log, entry.seq), chain.latest
    key = PublicKey(owner.key)
    same = (then.policy, then.four_eyes, _member(then, key)) == (
        *(now.policy, now.four_eyes, _member(now, key)),
    )
    return not same and not seals.is_before(entry, tip)


def _member(masthead: Masthead, key: PublicKey) -> Person | None:
    member = masthead.owner(key)
    return member.person if member else None


def check_evidence(
    entry: Entry,
    event: Event,
    statement: ApprovalStatement,
    token: str,
    chain: MastheadChain,
    seals: Seals,
) -> None:
    """Raise UntrustedSignature unless an approval is what its signer recorded in their log.

    It is judged by the masthead in force, and not only by the one it names.
    """
    owner = seals.owner(entry.log)
    if owner is None or not seals.is_sealed(entry):
        raise UntrustedSignature(f"{event.person} did not sign the entry of it.", AGAIN)
    if is_written_into_the_past(entry, chain, seals):
        raise UntrustedSignature(f"What {event.person} did before was rewritten.", AGAIN)
    if token_hash(token) != event.token:
        raise UntrustedSignature("The approval is not the one that was recorded.", AGAIN)
    recorded = (event.person, event.at, event.desk, event.version, entry.log, entry.previous)
    if recorded != (
        *(statement.by, statement.at, statement.desk, statement.version),
        *(statement.log, statement.previous),
    ):
        raise UntrustedSignature("The approval was recorded elsewhere.", AGAIN)
    check_statement(statement, PublicKey(owner.key), chain.in_force(entry.log, entry.seq))
