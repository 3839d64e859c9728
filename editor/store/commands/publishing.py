"""What readers have: publishing, correcting, updating, and killing."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import Correct, Kill, Publish, Update
from editor.core.publication import withheld
from editor.core.story import Correction
from editor.core.times import clock_doubt, parse_instant
from editor.core.workflow import Action
from editor.errors import NotAllowed
from editor.i18n import _
from editor.store.commands.notes import remark_hash, required_text, save_remark
from editor.store.commands.transaction import Transaction
from editor.store.commands.versions import NewVersion, save_version
from editor.store.db.schema import stories
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.rows import StoryRow


def publish(transaction: Transaction, command: Publish) -> Changes:
    """Give the approved version to the readers. What they have already is nothing new."""
    row = transaction.row(command.story)
    state = transaction.outcome(Action.PUBLISH, row)
    transaction.require_latest(row, command.version)
    transaction.require_single_leaf(row)
    verifier = transaction.verifier
    _check_time(transaction, row, verifier)
    verifier.approval_of(row.id, row.version)
    if row.live_version == row.version:
        return Changes()
    transaction.decide(row, state, Action.PUBLISH.past)
    transaction.connection.execute(
        update(stories).where(stories.c.id == row.id).values(live_version=row.version)
    )
    return Changes.of("story", row.id)


def correct(transaction: Transaction, command: Correct) -> Changes:
    """Make a version that tells readers what was wrong; its text is then corrected by editing."""
    note = required_text(
        command.note, _("A correction needs a note for readers."), _("Say what was wrong.")
    )
    row = transaction.row(command.story)
    state = transaction.outcome(Action.CORRECT, row)
    transaction.require_latest(row, command.version)
    transaction.require_single_leaf(row)
    story = transaction.stored_of(row).story
    corrected = replace(story, corrections=(*story.corrections, Correction(note, transaction.at)))
    return save_version(transaction, NewVersion(corrected, row, (row.version,), "corrected", state))


def update_story(transaction: Transaction, command: Update) -> Changes:
    """Open a live story for new facts; readers keep what they have until the next release."""
    note = normal(command.note).strip()
    row = transaction.row(command.story)
    state = transaction.outcome(Action.UPDATE, row)
    transaction.require_latest(row, command.version)
    transaction.stored_of(row).story.require_known()
    event = transaction.decide(row, state, Action.UPDATE.past, remark_hash(note))
    return Changes.of("story", row.id) + save_remark(transaction, row, note, event)


def kill(transaction: Transaction, command: Kill) -> Changes:
    """Withdraw a story from readers, which ends its approvals; why stays in the newsroom."""
    note = required_text(
        command.note, _("A story is killed with a note."), _("Say why; readers don't see it.")
    )
    row = transaction.row(command.story)
    state = transaction.outcome(Action.KILL, row)
    transaction.require_latest(row, command.version)
    event = transaction.decide(row, state, Action.KILL.past, remark_hash(note))
    return Changes.of("story", row.id) + save_remark(transaction, row, note, event)


def _check_time(transaction: Transaction, row: StoryRow, verifier: ApprovalVerifier) -> None:
    """Raise NotAllowed while the story's time has not come, or where no clock can be trusted."""
    now = parse_instant(transaction.at)
    if why := clock_doubt(now, newest := verifier.newest()):
        raise NotAllowed(why, _("Set this computer's clock, then publish."))
    story = transaction.stored_of(row).story
    if reason := withheld(story, now, max(now, newest)):
        sentence = _("“{name}” can't be published now: it is {why}.")
        raise NotAllowed(
            sentence.format(name=row.name, why=reason.describe()),
            _("Wait for its time, or change its times and have it approved again."),
        )
