"""The verbs of the workflow: `stonehand submit`, `return`, `approve`, `publish` and the others."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path

import click

from editor.cli.base import desk_option, open_desk, person_option, print_done, run_command
from editor.cli.printing import say
from editor.cli.several import find_rows, run_on_stories
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
    Withdraw,
)
from editor.core.workflow import Action
from editor.errors import Stale
from editor.i18n import N_, _
from editor.store.desk import Desk
from editor.store.reading.rows import StoryRow


def _verb(
    action: Action,
    command: Callable[..., Command],
    help: str,
    note: str = N_("For the newsroom."),
    *,
    several: bool = False,
) -> click.Command:
    """Make the verb of an action; `note` is the help of its option --note.

    A command that has no note of its own is followed by a note on the story. With `several`
    the verb takes several stories: for what needs no reading, and no note of its own.
    """
    parameters = signature(command).parameters
    shown, number = ("SLUG…", -1) if several else ("SLUG", 1)

    @click.command(action.verb, help=help)
    @click.argument("slugs", metavar=shown, nargs=number, required=True)
    @desk_option
    @person_option
    @click.option("--note", default="", metavar="TEXT", help=note)
    def verb(
        slugs: str | tuple[str, ...], desk_path: Path, person: str, note: str, hash: str = ""
    ) -> None:
        names = [slugs] if isinstance(slugs, str) else slugs
        if hash and len(names) > 1:
            raise click.UsageError(_("--hash is of one text: name one story."))
        with open_desk(desk_path, writes=True) as desk:

            def work(row: StoryRow) -> None:
                values = {"hash": _hash(desk, row, action, hash)} if "hash" in parameters else {}
                if "note" in parameters:
                    values["note"] = note
                changes = run_command(desk, command(row.id, row.version, **values), by=person)
                if note and "note" not in parameters:
                    run_command(desk, AddNote(row.id, note), by=person)
                if changes.touched:
                    print_done(desk, action, row.id)
                else:
                    sentence = _("Readers have “{slug}” (version {n}) already.")
                    say(sentence.format(slug=row.slug, n=row.version))

            run_on_stories(find_rows(desk, names), work)

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


submit = _verb(Action.SUBMIT, Submit, N_("Submit stories for approval."), several=True)
withdraw = _verb(
    Action.WITHDRAW,
    Withdraw,
    N_("Take back from review stories that you wrote or submitted."),
    several=True,
)
return_ = _verb(Action.RETURN, Return, N_("Return a story to its writer."), N_("Why; required."))
approve = _verb(Action.APPROVE, Approve, N_("Approve exactly the latest version of a story."))
publish = _verb(
    Action.PUBLISH,
    Publish,
    N_("Publish the approved versions of stories: readers get them."),
    several=True,
)
correct = _verb(
    Action.CORRECT,
    Correct,
    N_("Open a live story for a correction."),
    N_("What was wrong; required. Readers see it on the page."),
)
update = _verb(
    Action.UPDATE,
    Update,
    N_("Open a live story for new facts; readers keep the live version meanwhile."),
)
kill = _verb(
    Action.KILL,
    Kill,
    N_("Withdraw a live story: the next export has only a page that says so."),
    N_("Why; required. It stays in the newsroom."),
)
spike = _verb(Action.SPIKE, Spike, N_("Spike stories that readers never had."), several=True)
unspike = _verb(Action.UNSPIKE, Unspike, N_("Make spiked stories drafts again."), several=True)
