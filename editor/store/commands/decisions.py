"""Deciding on a story: submitting, returning, approving, spiking and unspiking it."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import Approve, Return, Spike, Submit, Unspike, Withdraw
from editor.core.findings import Level
from editor.core.story import Story
from editor.core.story_events import is_own
from editor.core.workflow import Action
from editor.errors import DeskDamaged, NotAllowed, Stale
from editor.i18n import _, plural
from editor.store.commands.notes import remark_hash, required_text, save_remark
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import approvals, events, notes
from editor.store.log import pins
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Seals
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.papers import read_house_style
from editor.store.reading.rows import StoredVersion, StoryRow
from editor.text.minimum import require_minimum
from editor.trust.approval import refusal
from editor.trust.log_tip import token_hash
from editor.trust.masthead import Masthead, MastheadChain


def submit(transaction: Transaction, command: Submit) -> Changes:
    """Submit a story for approval: one text, so that one text can be decided on."""
    row = transaction.row(command.story)
    transaction.outcome(Action.SUBMIT, row)
    transaction.require_latest(row, command.version)
    transaction.require_single_leaf(row)
    stored = transaction.stored_of(row)
    stored.story.require_known()
    require_minimum(stored.story)
    if stored.hash != command.hash:
        _require_signed_here(transaction, row)
    return _decide(transaction, Action.SUBMIT, row, command.version)


def withdraw(transaction: Transaction, command: Withdraw) -> Changes:
    """Take a story back from review. Raises NotAllowed for whoever has no part in it."""
    row = transaction.row(command.story)
    transaction.outcome(Action.WITHDRAW, row)
    events = transaction.verifier.standing_of(row.id).events.values()
    if not is_own(transaction.person.name, events):
        raise NotAllowed(
            _("“{story}” is not yours to withdraw: you neither wrote nor submitted it.").format(
                story=row.name
            ),
            _("Ask whoever submitted it, or an editor to return it."),
        )
    return _decide(transaction, Action.WITHDRAW, row, command.version)


def return_story(transaction: Transaction, command: Return) -> Changes:
    """Return a story with a note, which ends its approval.

    What readers have keeps its approval: only killing takes it from them.
    """
    note = required_text(
        command.note, _("A story is returned with a note."), _("Say what is to be done.")
    )
    return _decide(
        transaction, Action.RETURN, transaction.row(command.story), command.version, note
    )


def spike(transaction: Transaction, command: Spike) -> Changes:
    """Spike a story, which ends its approval."""
    return _decide(transaction, Action.SPIKE, transaction.row(command.story), command.version)


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
    if stored.hash != command.hash:
        raise Stale(
            _("The text of “{name}” is not the one that was shown.").format(name=row.name),
            _("Read it again, then approve it."),
        )
    stored.story.require_known()
    require_minimum(stored.story)
    verifier = transaction.verifier
    chain, writers = verifier.trusted(), _writers(verifier, row, stored)
    gates = _met_gates(transaction, chain.latest, stored.story)
    token = _sign(transaction, chain, stored, writers, gates)
    event = transaction.decide(
        row, state, Action.APPROVE.past, remark_hash(note), token_hash(token)
    )
    transaction.connection.execute(
        insert(approvals).values(event=event, text=stored.id, token=token)
    )
    changes = Changes.of("story", row.id) + save_remark(transaction, row, note, event)
    # Verify what was just written, as an export will.
    verifier.read_again(row.id)
    verifier.approval_of(row.id, row.version)
    return changes


def _decide(
    transaction: Transaction, action: Action, row: StoryRow, version: int, note: str = ""
) -> Changes:
    state = transaction.outcome(action, row)
    transaction.require_latest(row, version)
    event = transaction.decide(row, state, action.past, remark_hash(note))
    return Changes.of("story", row.id) + save_remark(transaction, row, note, event)


def _sound_version(transaction: Transaction, row: StoryRow) -> StoredVersion:
    """The latest version of a story. Raises DeskDamaged if its text has another hash."""
    stored = transaction.stored_of(row)
    if stored.story.id != row.id:
        raise DeskDamaged(
            _("The text of “{name}” was changed outside Stonehand.").format(name=row.name),
            _("Open its history, and save the version that is right as a new one."),
        )
    return stored


def _require_signed_here(transaction: Transaction, row: StoryRow) -> None:
    """Raise NotAllowed for a text in whose past somebody may have put words unsigned.

    What this computer wrote, and remembers that it did, may wait for a signature.
    """
    e, own = events.c, pins.known(transaction.desk).own
    query = select(*ENTRY_COLUMNS).where(e.story == row.id, func.length(e.signature) == 0)
    seals = Seals(transaction.connection)
    for found in transaction.connection.execute(query.order_by(e.id)):
        entry = Entry._make(found)
        is_own = entry.log in own and entry.seq <= own[entry.log].seq
        event = entry.read()
        if event is not None and not is_own and not seals.is_sealed(entry):
            raise NotAllowed(
                _("A text in the name of {person} was never signed.").format(person=event.person),
                _(
                    "Read it with `stonehand show`, then submit it with --hash and its "
                    "hash: from then on it counts as yours."
                ),
            )


def _writers(verifier: ApprovalVerifier, row: StoryRow, stored: StoredVersion) -> frozenset[str]:
    """Who wrote the text since what readers have. Raises NotAllowed for what is not signed."""
    found = verifier.standing_of(row.id)
    found.require_sound()
    people: set[str] = set()
    for version in found.standing.unpublished[stored.id]:
        signers = found.standing.signers[version]
        if not signers:
            name = found.events[version].person
            raise NotAllowed(
                _("{name} has not signed the text of “{story}” yet.").format(
                    name=name, story=row.name
                ),
                _(
                    "Ask {name} to submit it. Somebody else may also return it and "
                    "submit it, and counts as its writer then."
                ).format(name=name),
            )
        people |= signers
    return frozenset(people)


def _sign(
    transaction: Transaction,
    chain: MastheadChain,
    stored: StoredVersion,
    writers: frozenset[str],
    gates: tuple[str, ...],
) -> str:
    """What the approver signs, as a token. Raises NotAllowed with who may approve instead."""
    story, by = stored.story, transaction.person.name
    if why := refusal(chain.latest, "story", by, story.section, writers):
        raise NotAllowed(why, _who_may(chain.latest, story.section, writers))
    return transaction.sign_approval(
        "story",
        stored.hash,
        stored.id,
        chain.latest_hash,
        writers=writers,
        story=story.id,
        section=story.section,
        gates=gates,
    )


def _who_may(masthead: Masthead, section: str, writers: frozenset[str]) -> str:
    people = [member.person.name for member in masthead.members]
    names = [name for name in people if not refusal(masthead, "story", name, section, writers)]
    if names:
        return _("Ask {names} to approve it.").format(names=_(" or ").join(names[:3]))
    return _("Nobody on the masthead may; the chief can add someone or change the policy.")


def _met_gates(transaction: Transaction, masthead: Masthead, story: Story) -> tuple[str, ...]:
    """What the desk asks for before an approval. Raises NotAllowed while it is not met."""
    gates = masthead.policy.gates
    if "notes" in gates:
        n = notes.c
        open_notes = select(func.count()).where(
            n.story == story.id, n.resolved_at == "", n.answers == 0
        )
        if transaction.connection.scalar(open_notes):
            raise NotAllowed(
                _("This desk approves nothing with an open note."),
                _("Resolve the story's notes first."),
            )
    _require_nothing_that_stops(transaction, story, stops_warnings="warnings" in gates)
    return gates


def _require_nothing_that_stops(
    transaction: Transaction, story: Story, *, stops_warnings: bool
) -> None:
    """Raise NotAllowed for what the checks find in a story that stops its approval.

    What is wrong in the banner belongs to every story, and stops none of them.
    """
    if transaction.checker is None:
        style = read_house_style(transaction.connection, transaction.trusted_chain()).style
        if stops_warnings or style.levels or style.rules:
            raise NotAllowed(
                _("This desk asks for the checks before an approval, and none run here."),
                _("Approve in the window or with `stonehand approve`."),
            )
        return
    stopping = {Level.STOPS, Level.WARNING} if stops_warnings else {Level.STOPS}
    found = [
        finding
        for finding in transaction.checker(story, transaction)
        if finding.level in stopping and not finding.is_in_banner
    ]
    if found:
        count = plural("{n} issue stops the approval", "{n} issues stop the approval", len(found))
        raise NotAllowed(
            f"{count}: {'; '.join(finding.sentence for finding in found[:3])}.",
            _("Look at Checks: fix the text, or choose “Ignore here…” and say why."),
            path=found[0].place.path,
        )
