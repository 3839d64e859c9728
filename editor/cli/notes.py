"""`stonehand note` and `stonehand notes`: what the newsroom says about a story."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.base import (
    acting,
    desk_option,
    json_option,
    open_desk,
    person_option,
    print_json,
)
from editor.cli.workflow import latest
from editor.core.commands import AddNote, ResolveNote
from editor.store.reading.rows import NoteRow


@click.command("note")
@click.argument("slug", metavar="SLUG")
@click.argument("text", metavar="TEXT")
@desk_option
@person_option
@click.option("--answers", type=click.IntRange(min=1), default=None, help="The note it answers.")
def note(slug: str, text: str, desk_path: Path, person: str, answers: int | None) -> None:
    """Say something about a story inside the newsroom; readers never see it."""
    with open_desk(desk_path) as desk:
        story, _version = latest(desk, slug)
        desk.do(AddNote(story, text, answers=answers or 0), by=person)
        with desk.read() as snapshot:
            click.echo(f"Note {snapshot.notes(story)[-1].id} is on {slug}.")


@click.command("notes")
@click.argument("slug", metavar="SLUG")
@desk_option
@click.option("--resolve", type=click.IntRange(min=1), default=None, help="Say it is dealt with.")
@click.option("--reopen", type=click.IntRange(min=1), default=None, help="Say it is not.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Who does it.")
@json_option
def notes(
    slug: str,
    desk_path: Path,
    resolve: int | None,
    reopen: int | None,
    person: str | None,
    as_json: bool,
) -> None:
    """List the notes about a story, each with its answers; or resolve one."""
    with open_desk(desk_path) as desk:
        story, _version = latest(desk, slug)
        for number, resolved in ((resolve, True), (reopen, False)):
            if number is not None:
                desk.do(ResolveNote(story, number, resolved), by=acting(desk, person))
        with desk.read() as snapshot:
            there = snapshot.notes(story)
    if as_json:
        print_json([asdict(each) | {"gone": each.gone} for each in there])
        return
    for each in there:
        if not each.answers:
            _print(each)
            for answer in there:
                if answer.answers == each.id:
                    _print(answer, "    ")


def _print(note: NoteRow, indent: str = "") -> None:
    about = f" on “{note.quote}”" if note.quote else f" on {note.field}" if note.field else ""
    about += " (no longer in the text)" if note.gone else ""
    done = f", resolved by {note.resolved_by}" if note.resolved else ""
    click.echo(f"{indent}{note.id}  {note.author}, {note.at}{about}{done}")
    click.echo("\n".join(f"{indent}    {line}" for line in note.text.splitlines()))
