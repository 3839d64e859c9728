"""`stonehand note` and `stonehand notes`: the newsroom's notes on a story."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.base import (
    acting_person,
    desk_option,
    find_doubt,
    find_row,
    json_option,
    open_desk,
    person_option,
    run_command,
)
from editor.cli.printing import one_line, say, say_json
from editor.core.commands import AddNote, ResolveNote
from editor.i18n import _
from editor.store.reading.rows import NoteRow


@click.command("note")
@click.argument("slug", metavar="SLUG")
@click.argument("text", metavar="TEXT")
@desk_option
@person_option
@click.option("--answers", type=click.IntRange(min=1), default=None, help="The note it answers.")
def note(slug: str, text: str, desk_path: Path, person: str, answers: int | None) -> None:
    """Add a note to a story; readers never see it."""
    with open_desk(desk_path, writes=True) as desk:
        row = find_row(desk, slug)
        run_command(desk, AddNote(row.id, text, answers=answers or 0), by=person)
        with desk.read() as snapshot:
            number = snapshot.notes(row.id)[-1].id
    say(_("Added note {n} to “{slug}”.").format(n=number, slug=row.slug))


@click.command("notes")
@click.argument("slug", metavar="SLUG")
@desk_option
@click.option("--resolve", type=click.IntRange(min=1), default=None, help="Resolve this note.")
@click.option("--reopen", type=click.IntRange(min=1), default=None, help="Reopen this note.")
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
    """List the notes on a story, each with its answers; or resolve one."""
    with open_desk(desk_path, writes=bool(resolve or reopen)) as desk:
        story = find_row(desk, slug).id
        for number, resolved in ((resolve, True), (reopen, False)):
            if number is not None:
                run_command(
                    desk, ResolveNote(story, number, resolved), by=acting_person(desk, person)
                )
        with desk.read() as snapshot:
            notes = snapshot.notes(story)
            doubt = find_doubt(lambda: snapshot.check_story(story))
    if as_json:
        say_json([asdict(note) | {"gone": note.gone} for note in notes])
    else:
        _print_threads(notes)
    if doubt:
        raise doubt


def _print_threads(notes: list[NoteRow]) -> None:
    for note in notes:
        if not note.answers:
            _print(note)
            for answer in notes:
                if answer.answers == note.id:
                    _print(answer, "    ")


def _print(note: NoteRow, indent: str = "") -> None:
    about = ""
    if note.quote:
        about = _(" on “{quote}”").format(quote=note.quote)
    elif note.field:
        about = _(" on {field}").format(field=note.field)
    if note.gone:
        about += _(" (no longer in the text)")
    if note.resolved:
        about += _(", resolved by {name}").format(name=note.resolved_by)
    say(one_line(f"{indent}{note.id}  {note.author}, {note.at}{about}"))
    say("\n".join(f"{indent}    {line}" for line in note.text.splitlines()))
