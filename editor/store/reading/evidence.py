"""Whether a signed statement, the entry that recorded it and the masthead agree."""

from __future__ import annotations

from editor.core.events import Event
from editor.errors import UntrustedSignature
from editor.store.log.entries import Entry
from editor.store.log.logs import Seals
from editor.trust.approval import ApprovalStatement, check_statement
from editor.trust.keys import PublicKey
from editor.trust.masthead import MastheadChain, token_hash

AGAIN = "Approve it again."


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
    if token_hash(token) != event.token:
        raise UntrustedSignature("The approval is not the one that was recorded.", AGAIN)
    recorded = (event.person, event.at, event.desk, event.version, entry.log, entry.previous)
    if recorded != (
        *(statement.by, statement.at, statement.desk, statement.version),
        *(statement.log, statement.previous),
    ):
        raise UntrustedSignature("The approval was recorded elsewhere.", AGAIN)
    check_statement(statement, PublicKey(owner.key), chain.in_force(entry.log, entry.seq))
