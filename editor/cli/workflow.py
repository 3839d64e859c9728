"""`copydesk submit`, `return` and `approve`: move the newest version of a story on."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, open_desk, person_option
from editor.core.commands import AddNote, Approve, Command, Return, Submit
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
        story, version = _newest(desk, slug)
        _do(desk, Submit(story, version), person, slug)
        if note:
            desk.do(AddNote(story, note), by=person)


@click.command("return")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def return_(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Send a story back to its writer; --note says why."""
    with open_desk(desk_path) as desk:
        _do(desk, Return(*_newest(desk, slug), note), person, slug)


@click.command("approve")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@_note_option
def approve(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Approve exactly the text that is the newest version now."""
    with open_desk(desk_path) as desk:
        _do(desk, Approve(*_newest(desk, slug), note), person, slug)


def _newest(desk: Desk, slug: str) -> tuple[str, int]:
    story = desk.find(slug)
    return story, desk.stored(story).newest


def _do(desk: Desk, command: Command, person: str, slug: str) -> None:
    desk.do(command, by=person)
    state = desk.stored(desk.find(slug)).state
    click.echo(f"{slug} is now {state.stage}.")
