"""Whether what a person signed, the entry that recorded it and the masthead agree."""

from __future__ import annotations

from typing import NamedTuple

from editor.core.events import VERSION_ACTIONS, Event
from editor.core.people import Role
from editor.errors import UntrustedSignature
from editor.i18n import N_, _
from editor.store.log.entries import Entry
from editor.store.log.logs import Seals
from editor.trust.approval import ApprovalReader, ApprovalStatement, check_statement
from editor.trust.keys import PublicKey
from editor.trust.log_tip import token_hash
from editor.trust.masthead import MastheadChain

AGAIN = N_("Approve it again.")


class Recorded(NamedTuple):
    """An entry of a log and the event in it."""

    entry: Entry
    event: Event


class Rights(NamedTuple):
    """What the masthead in force lets an entry's person be, and what it asks of an approval.

    `role` is None where it lets them be nothing.
    """

    role: Role | None
    needs_four_eyes: bool
    needs_no_note: bool


class Evidence:
    """Judges entries and approvals by the mastheads and by the signatures on the logs."""

    def __init__(self, chain: MastheadChain, seals: Seals) -> None:
        self.chain = chain
        self._seals = seals
        self._reader = ApprovalReader(chain)
        self._rights: dict[tuple[str, int, str], Rights] = {}

    def is_sealed(self, entry: Entry) -> bool:
        """Whether the log's owner signed an entry, or one after it."""
        return self._seals.is_sealed(entry)

    def rights(self, recorded: Recorded) -> Rights:
        """What counts for an entry by the masthead in force: one that a log has for many."""
        entry, event = recorded
        masthead = self.chain.in_force(entry.log, entry.seq)
        which = entry.log, masthead.number, event.person
        if which not in self._rights:
            owner, role = self._seals.owner(entry.log), None
            if owner is not None and owner.person == event.person:
                role = self.chain.role(entry.log, entry.seq, event.person, PublicKey(owner.key))
            gates = masthead.policy.gates
            self._rights[which] = Rights(role, masthead.four_eyes, "notes" in gates)
        return self._rights[which]

    def refusal(self, recorded: Recorded) -> str:
        """Why an entry does not count, whatever it is about; empty when it may."""
        entry, event = recorded
        if event.desk != self.chain.desk:
            return _("It was done on another desk.")
        if self.is_sealed(entry):
            rewritten = self._is_in_a_rewritten_past(entry)
            return (
                _("What {person} did before was rewritten.").format(person=event.person)
                if rewritten
                else ""
            )
        if entry.signature:
            return _("The signature of {person} does not verify.").format(person=event.person)
        return (
            ""
            if event.action in VERSION_ACTIONS
            else _("{person} did not sign it.").format(person=event.person)
        )

    def approval(self, recorded: Recorded, token: str) -> ApprovalStatement:
        """Verify an approval: that its signer recorded it in their log, and might give it.

        It is judged by the masthead in force, and not only by the one it names.
        Raises UntrustedSignature.
        """
        entry, event = recorded
        statement = self._reader.read(token)
        owner = self._seals.owner(entry.log)
        if owner is None or not self.is_sealed(entry):
            raise UntrustedSignature(
                _("{person} did not sign the entry of it.").format(person=event.person), _(AGAIN)
            )
        if self._is_in_a_rewritten_past(entry):
            raise UntrustedSignature(
                _("What {person} did before was rewritten.").format(person=event.person), _(AGAIN)
            )
        if token_hash(token) != event.token:
            raise UntrustedSignature(_("The approval is not the one that was recorded."), _(AGAIN))
        written = (event.person, event.at, event.desk, event.version, entry.log, entry.previous)
        signed = (statement.by, statement.at, statement.desk, statement.version)
        if written != (*signed, statement.log, statement.previous):
            raise UntrustedSignature(_("The approval was recorded elsewhere."), _(AGAIN))
        in_force = self.chain.in_force(entry.log, entry.seq)
        check_statement(statement, PublicKey(owner.key), in_force)
        return statement

    def _is_in_a_rewritten_past(self, entry: Entry) -> bool:
        """Whether an entry is where a chief had seen another one.

        It matters only where the masthead of that past would allow what the latest does not.
        """
        owner = self._seals.owner(entry.log)
        tip = self.chain.seen_after(entry.log, entry.seq)
        if owner is None or tip is None:
            return False
        then, now = self.chain.in_force(entry.log, entry.seq), self.chain.latest
        key = PublicKey(owner.key)
        is_same = (then.policy, then.four_eyes, then.owner(key)) == (
            *(now.policy, now.four_eyes, now.owner(key)),
        )
        return not is_same and not self._seals.is_before(entry, tip)
