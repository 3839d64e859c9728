"""What readers have: publishing, correcting, updating, and taking back for good."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import Correct, Kill, Publish, Update
from editor.core.story import Correction
from editor.core.times import parse_instant
from editor.core.workflow import Action
from editor.errors import NotAllowed
from editor.store.commands import masthead, notes, version_writer
from editor.store.commands.transaction import Transaction
from editor.store.commands.version_writer import NewVersion
from editor.store.db.schema import stories
from editor.store.log.entries import KILLED, PUBLISHED
from editor.store.reading import approvals, queries
from editor.store.reading.rows import StoryRow


def publish(turn: Transaction, command: Publish) -> Changes:
    """Give the approved version to the readers. What they have already is nothing new."""
    row = turn.story(command.story)
    state = turn.outcome(Action.PUBLISH, row)
    turn.require_latest(row, command.version)
    turn.require_single_leaf(row)
    _check_time(turn, row)
    place = masthead.signing(turn).place
    approvals.ApprovalVerifier(turn.connection, place).of(row.id, row.version)
    if row.live_version == row.version:
        return Changes()
    version_writer.move(turn, row, state, PUBLISHED)
    first = turn.connection.scalar(select(stories.c.first_published).where(stories.c.id == row.id))
    turn.connection.execute(
        update(stories)
        .where(stories.c.id == row.id)
        .values(live_version=row.version, first_published=first or turn.at)
    )
    return Changes.of("story", row.id)


def correct(turn: Transaction, command: Correct) -> Changes:
    """Make a version that tells readers what was wrong; its text is then put right by editing."""
    note = notes.said(command.note, "A correction needs a note for readers.", "Say what was wrong.")
    row = turn.story(command.story)
    state = turn.outcome(Action.CORRECT, row)
    turn.require_latest(row, command.version)
    turn.require_single_leaf(row)
    story = queries.stored(turn.connection, row.id, None).story
    told = replace(story, corrections=(*story.corrections, Correction(note, turn.at)))
    number = row.version + 1
    version_writer.keep(turn, NewVersion(told, number, (row.version,), "corrected", state, note))
    return replace(Changes.of("story", row.id), version=number)


def update_story(turn: Transaction, command: Update) -> Changes:
    """Open a live story for new facts; readers keep what they have until the next release."""
    note = normal(command.note).strip()
    row = turn.story(command.story)
    state = turn.outcome(Action.UPDATE, row)
    turn.require_latest(row, command.version)
    version_writer.move(turn, row, state, "updated", note)
    return Changes.of("story", row.id) + notes.remark(turn, row.id, note)


def kill(turn: Transaction, command: Kill) -> Changes:
    """Withdraw a story from readers, and every approval it had; why stays in the newsroom."""
    note = notes.said(
        command.note, "A story is killed with a note.", "Say why; readers don't see it."
    )
    row = turn.story(command.story)
    state = turn.outcome(Action.KILL, row)
    turn.require_latest(row, command.version)
    version_writer.withdraw_approvals(turn, row)
    version_writer.move(turn, row, state, KILLED, note)
    return Changes.of("story", row.id) + notes.remark(turn, row.id, note)


def _check_time(turn: Transaction, row: StoryRow) -> None:
    story = queries.stored(turn.connection, row.id, None).story
    if why := story.withheld(parse_instant(turn.at)):
        raise NotAllowed(
            f"“{row.headline or row.slug}” can't be published now: it is {why}.",
            "Wait for its time, or change its times and have it approved again.",
        )
