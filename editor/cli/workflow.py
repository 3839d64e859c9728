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
from editor.errors import Stale
from editor.i18n import _
from editor.store.desk import Desk
from editor.store.reading.rows import StoryRow


def _verb(
    action: Action, command: Callable[..., Command], help: str, note: str = "For the newsroom."
) -> click.Command:
    """Make the verb of an action; `note` is the help of its option --note.

    A command that has no note of its own is followed by a note on the story.
    """
    parameters = signature(command).parameters

    @click.command(action.verb, help=help)
    @click.argument("slug", metavar="SLUG")
    @desk_option
    @person_option
    @click.option("--note", default="", metavar="TEXT", help=note)
    def verb(slug: str, desk_path: Path, person: str, note: str, hash: str = "") -> None:
        with open_desk(desk_path) as desk:
            row = find_row(desk, slug)
            values = {"hash": _hash(desk, row, action, hash)} if "hash" in parameters else {}
            if "note" in parameters:
                values["note"] = note
            run_command(desk, command(row.id, row.version, **values), by=person)
            if note and "note" not in parameters:
                run_command(desk, AddNote(row.id, note), by=person)
            print_done(desk, action, row.id)

    return _HASH(verb) if "hash" in parameters else verb


_HASH: Callable[[click.Command], click.Command] = click.option(
    "--hash",
    default="",
    metavar="HASH",
    help="Only this text, by the hash that `stonehand show` prints.",
)


def _hash(desk: Desk, row: StoryRow, action: Action, given: str) -> str:
    """The hash of the text that is decided on: the one given, by its first letters or whole.

    An approval without one is of the latest version as it reads now. Raises Stale for
    a text that is another one by now.
    """
    if not given and action is not Action.APPROVE:
        return ""
    with desk.read() as snapshot:
        latest = snapshot.stored(row.id, row.version).hash
    if len(given.strip()) in range(1, 12) or not latest.startswith(given.strip().lower()):
        raise Stale(
            _("The latest text of “{slug}” has another hash.").format(slug=row.slug),
            _("`stonehand show` prints it, whole; its first twelve letters will do."),
        )
    return latest


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
