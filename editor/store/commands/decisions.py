"""Deciding on a story: submitting, returning, approving, spiking and unspiking it."""

from __future__ import annotations

from sqlalchemy import func, insert, select, update

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import Approve, Return, Spike, Submit, Unspike
from editor.core.story import Story
from editor.core.workflow import Action
from editor.errors import DeskDamaged, NotAllowed
from editor.store.commands import masthead
from editor.store.commands.notes import required_text, save_remark
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import approvals, notes
from editor.store.log.audit_log import AuditLog
from editor.store.log.entries import APPROVED
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.rows import StoredVersion, StoryRow
from editor.trust.approval import ApprovalStatement, refusal
from editor.trust.masthead import MastheadChain


def submit(transaction: Transaction, command: Submit) -> Changes:
    """Submit a story for approval: one text, so that one text can be decided on."""
    row = transaction.row(command.story)
    transaction.outcome(Action.SUBMIT, row)
    transaction.require_latest(row, command.version)
    transaction.require_single_leaf(row)
    transaction.stored_of(row).story.require_known()
    return _decide(transaction, Action.SUBMIT, row, command.version)


def return_story(transaction: Transaction, command: Return) -> Changes:
    """Return a story with a note, and withdraw its approval.

    What readers have keeps its approval: only killing takes it from them.
    """
    note = required_text(
        command.note, "A story is returned with a note.", "Say what is to be done."
    )
    row = transaction.row(command.story)
    changes = _decide(transaction, Action.RETURN, row, command.version, note)
    if row.version != row.live_version:
        withdraw_approvals(transaction, row, row.version)
    return changes + save_remark(transaction, row, note)


def spike(transaction: Transaction, command: Spike) -> Changes:
    """Spike a story, and withdraw its approval."""
    row = transaction.row(command.story)
    changes = _decide(transaction, Action.SPIKE, row, command.version)
    withdraw_approvals(transaction, row, row.version)
    return changes


def unspike(transaction: Transaction, command: Unspike) -> Changes:
    """Make a spiked story a draft again."""
    return _decide(transaction, Action.UNSPIKE, transaction.row(command.story), command.version)


def approve(transaction: Transaction, command: Approve) -> Changes:
    """Sign that the latest version, by its hash, may go out.

    Raises NotAllowed with the reason, Stale, DeskDamaged, KeyUnavailable, UntrustedSignature.
    """
    note = normal(command.note).strip()
    row = transaction.row(command.story)
    state = transaction.outcome(Action.APPROVE, row)
    transaction.require_latest(row, command.version)
    transaction.require_single_leaf(row)
    stored = _sound_version(transaction, row)
    stored.story.require_known()
    chain, log = masthead.require_masthead(transaction)
    _check_gates(transaction, chain, stored.story)
    statement = _statement(transaction, chain, log, stored)
    token = statement.signed(masthead.signing_key(transaction, chain.latest))
    entry = transaction.change_state(row, state, APPROVED, note, stored.hash)
    transaction.connection.execute(
        insert(approvals).values(
            story=row.id,
            version=row.version,
            hash=stored.hash,
            person=transaction.person.name,
            at=transaction.at,
            token=token,
            audit_row=entry,
        )
    )
    # Verify what was just written, as an export will.
    ApprovalVerifier(transaction.connection, transaction.path).approval_of(row.id, row.version)
    return Changes.of("story", row.id) + save_remark(transaction, row, note)


def withdraw_approvals(transaction: Transaction, row: StoryRow, version: int | None = None) -> None:
    """Withdraw the approvals of a story, or of one version; the rows stay, with the time."""
    given = [approvals.c.story == row.id, approvals.c.withdrawn == ""]
    if version is not None:
        given.append(approvals.c.version == version)
    transaction.connection.execute(update(approvals).where(*given).values(withdrawn=transaction.at))


def _decide(
    transaction: Transaction, action: Action, row: StoryRow, version: int, note: str = ""
) -> Changes:
    state = transaction.outcome(action, row)
    transaction.require_latest(row, version)
    transaction.change_state(row, state, action.past, note)
    return Changes.of("story", row.id)


def _sound_version(transaction: Transaction, row: StoryRow) -> StoredVersion:
    """The latest version of a story. Raises DeskDamaged if its text has another hash."""
    stored = transaction.stored_of(row)
    if (stored.story.id, stored.story.hash) != (row.id, stored.hash):
        raise DeskDamaged(
            f"The text of “{row.name}” was changed outside Stonehand.",
            "Open its history, and save the version that is right as a new one.",
        )
    return stored


def _statement(
    transaction: Transaction, chain: MastheadChain, log: AuditLog, stored: StoredVersion
) -> ApprovalStatement:
    """What the approver signs. Raises NotAllowed with who may approve instead."""
    story, by = stored.story, transaction.person.name
    writers = log.writers(story.id, stored.version, log.last + 1)
    if why := refusal(chain.latest, by, story.section, writers):
        raise NotAllowed(why, _who_may(chain, story.section, writers))
    return ApprovalStatement(
        desk=chain.latest.desk,
        story=story.id,
        hash=stored.hash,
        version=stored.version,
        section=story.section,
        masthead=chain.latest_hash,
        by=by,
        writers=tuple(sorted(writers)),
        at=transaction.at,
        audit=log.tip,
    )


def _who_may(chain: MastheadChain, section: str, writers: frozenset[str]) -> str:
    people = [member.person.name for member in chain.latest.present]
    names = [name for name in people if not refusal(chain.latest, name, section, writers)]
    if names:
        return f"Ask {' or '.join(names[:3])} to approve it."
    return "Nobody on the masthead may; the chief can add someone or change the policy."


def _check_gates(transaction: Transaction, chain: MastheadChain, story: Story) -> None:
    """Raise NotAllowed while the story does not meet what the desk asks for."""
    gates = chain.latest.policy.gates
    if "notes" in gates:
        n = notes.c
        open_notes = select(func.count()).where(
            n.story == story.id, n.resolved_at == "", n.answers == 0
        )
        if transaction.connection.scalar(open_notes):
            raise NotAllowed(
                "This desk approves nothing with an open note.", "Resolve the story's notes first."
            )
    if not {"errors", "warnings"} & set(gates):
        return
    if transaction.checker is None:
        raise NotAllowed(
            "This desk asks for the checks before an approval, and none run here.",
            "Approve in the window or with `stonehand approve`.",
        )
    levels = transaction.checker(story, transaction.banner(), transaction.house())
    if "error" in levels or ("warnings" in gates and levels):
        raise NotAllowed(
            "This desk approves nothing with findings of its checks.",
            "Look at Checks, fix the text, and submit it again.",
        )
