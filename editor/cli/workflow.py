"""The verbs of the workflow: `stonehand submit`, `return`, `approve`, `publish` and the others."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path

import click

from editor.cli.base import desk_option, find_row, open_desk, person_option, print_done, run_command
from editor.core.commands import (
    AddNote,
    Approve,
    Command,
    Correct,
    Kill,
    Publish,
    Return,
    Spike,
    Submit,
    Unspike,
    Update,
)
from editor.core.workflow import Action
from editor.store.desk import Desk
from editor.store.reading.rows import StoryRow


def _verb(
    action: Action, command: Callable[..., Command], help: str, note: str = "For the newsroom."
) -> click.Command:
    """Make the verb of an action; `note` is the help of its option --note.

    A command that has no note of its own is followed by a note on the story.
    """
    has_note = "note" in signature(command).parameters

    @click.command(action.verb, help=help)
    @click.argument("slug", metavar="SLUG")
    @desk_option
    @person_option
    @click.option("--note", default="", metavar="TEXT", help=note)
    def verb(slug: str, desk_path: Path, person: str, note: str) -> None:
        with open_desk(desk_path) as desk:
            row = find_row(desk, slug)
            shown = [_hash(desk, row)] if action is Action.APPROVE else []
            notes = [note] if has_note else []
            run_command(desk, command(row.id, row.version, *shown, *notes), by=person)
            if note and not has_note:
                run_command(desk, AddNote(row.id, note), by=person)
            print_done(desk, action, row.id)

    return verb


def _hash(desk: Desk, row: StoryRow) -> str:
    """The hash of the text that is approved: the latest version's, as it reads now."""
    with desk.read() as snapshot:
        return snapshot.stored(row.id, row.version).hash


submit = _verb(Action.SUBMIT, Submit, "Submit a story for approval.")
return_ = _verb(Action.RETURN, Return, "Return a story to its writer.", "Why; required.")
approve = _verb(Action.APPROVE, Approve, "Approve exactly the latest version of a story.")
publish = _verb(Action.PUBLISH, Publish, "Publish the approved version: readers get it.")
correct = _verb(
    Action.CORRECT,
    Correct,
    "Open a live story for a correction.",
    "What was wrong; required. Readers see it on the page.",
)
update = _verb(
    Action.UPDATE,
    Update,
    "Open a live story for new facts; readers keep the live version meanwhile.",
)
kill = _verb(
    Action.KILL,
    Kill,
    "Withdraw a live story: the next export has only a page that says so.",
    "Why; required. It stays in the newsroom.",
)
spike = _verb(Action.SPIKE, Spike, "Spike a story that readers never had.")
unspike = _verb(Action.UNSPIKE, Unspike, "Make a spiked story a draft again.")
