"""What each command does, once the write door has let it in: one small function a command.

A handler reads and writes through its Turn and returns what it touched. It
decides nothing about roles or stages: the workflow table does (`turn.outcome`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import (
    AddNote,
    AddPerson,
    Approve,
    Correct,
    ImportItems,
    Kill,
    Publish,
    Reconcile,
    RemovePerson,
    ResolveNote,
    Restore,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    SetPolicy,
    Spike,
    Submit,
    Unspike,
    Update,
)
from editor.core.workflow import Action
from editor.store.commands import masthead, notes, paper, publishing, stories, version_writer
from editor.store.commands.transaction import Transaction
from editor.store.reading import approvals
from editor.store.reading.rows import StoryRow


def submit(turn: Transaction, command: Submit) -> Changes:
    """Hand a story in: one text, so that one text can be decided on."""
    row = turn.story(command.story)
    turn.outcome(Action.SUBMIT, row)
    turn.require_latest(row, command.version)
    turn.require_single_leaf(row)
    return _move(turn, Action.SUBMIT, row, command.version)


def return_story(turn: Transaction, command: Return) -> Changes:
    """Send a story back with a note; an approval it had is taken back.

    What readers have keeps its approval: only killing takes it from them.
    """
    note = notes.said(command.note, "A story is returned with a note.", "Say what is to be done.")
    row = turn.story(command.story)
    changes = _move(turn, Action.RETURN, row, command.version, note)
    if row.version != row.live_version:
        version_writer.withdraw_approval(turn, row)
    return changes + notes.remark(turn, row.id, note)


def approve(turn: Transaction, command: Approve) -> Changes:
    """Say for the newest version, by its hash, that it may go out, and sign it."""
    note = normal(command.note).strip()
    approvals.approve(turn, command.story, command.version, note)
    row = turn.story(command.story)
    return Changes.of("story", row.id) + notes.remark(turn, row.id, note)


def spike(turn: Transaction, command: Spike) -> Changes:
    """Put a story aside; an approval it had is taken back."""
    row = turn.story(command.story)
    changes = _move(turn, Action.SPIKE, row, command.version)
    version_writer.withdraw_approval(turn, row)
    return changes


def unspike(turn: Transaction, command: Unspike) -> Changes:
    """Take a story up again."""
    return _move(turn, Action.UNSPIKE, turn.story(command.story), command.version)


HANDLERS: Mapping[type, Callable[[Transaction, Any], Changes]] = {
    SaveStory: stories.save_story,
    ImportItems: stories.import_items,
    Restore: stories.restore,
    Reconcile: stories.reconcile,
    Submit: submit,
    Return: return_story,
    Approve: approve,
    Publish: publishing.publish,
    Correct: publishing.correct,
    Update: publishing.update_story,
    Kill: publishing.kill,
    Spike: spike,
    Unspike: unspike,
    AddNote: notes.add_note,
    ResolveNote: notes.resolve_note,
    SaveBanner: paper.save_banner,
    SaveHouse: paper.save_house,
    AddPerson: masthead.add_person,
    RemovePerson: masthead.remove_person,
    SetPolicy: masthead.set_policy,
}
"""Every command and what does it. A test proves that none is missing."""


def _move(
    turn: Transaction, action: Action, row: StoryRow, version: int, note: str = ""
) -> Changes:
    state = turn.outcome(action, row)
    turn.require_latest(row, version)
    version_writer.move(turn, row, state, action.past, note)
    return Changes.of("story", row.id)
