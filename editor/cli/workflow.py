"""`stonehand submit`, `return`, `approve`, `spike`, `unspike`: move the newest version on."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, open_desk, person_option
from editor.cli.views import standing
from editor.core.commands import AddNote, Approve, Command, Return, Spike, Submit, Unspike
from editor.store.desk import Desk

_note_option = click.option("--note", default="", metavar="TEXT", help="A note for the newsroom.")


@click.command("submit")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def submit(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Hand a story in for approval."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Submit(*latest(desk, slug)), person, slug, note)


@click.command("return")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def return_(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Send a story back to its writer; --note says why."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Return(*latest(desk, slug), note), person, slug)


@click.command("approve")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def approve(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Approve exactly the text that is the newest version now."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Approve(*latest(desk, slug), note), person, slug)


@click.command("spike")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def spike(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Put a story aside that readers never had."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Spike(*latest(desk, slug)), person, slug, note)


@click.command("unspike")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def unspike(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Take a spiked story up again, as a draft."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Unspike(*latest(desk, slug)), person, slug, note)


def latest(desk: Desk, slug: str) -> tuple[str, int]:
    """A story's id and its newest version's number, by slug or id. Raises NotFound."""
    with desk.read() as snapshot:
        row = snapshot.row(snapshot.find(slug))
    return row.id, row.version


def carry_out(desk: Desk, command: Command, person: str, slug: str, note: str = "") -> None:
    """Do something to a story, with a note beside it if there is one; say where it stands now."""
    story, _version = latest(desk, slug)
    desk.do(command, by=person)
    if note:
        desk.do(AddNote(story, note), by=person)
    with desk.read() as snapshot:
        click.echo(f"{slug} is now {standing(snapshot.row(story))}.")
