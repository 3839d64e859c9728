"""`stonehand import`: take files in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from editor.cli.base import acting, desk_option, json_option, open_desk, print_json
from editor.cli.views import brief_view, story_view
from editor.core.commands import ImportItems
from editor.errors import BadInput, EditorError, NotFound
from editor.formats.importers import read_incoming
from editor.store.desk import Desk


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@desk_option
@click.option("--as", "person", default=None, metavar="PERSON", help="Who takes them in.")
@json_option
def import_(files: tuple[Path, ...], desk_path: Path, person: str | None, as_json: bool) -> None:
    """Take wire text files in as drafts and briefs, and say what came in.

    A file that can't be read is named with the reason; the others come in.
    """
    taken: dict[str, list[Any]] = {"stories": [], "briefs": [], "ignored": [], "problems": []}
    failed = 0
    with open_desk(desk_path) as desk:
        who = acting(desk, person)
        for file in files:
            try:
                _take_in(desk, file, who, taken)
            except (BadInput, NotFound) as error:
                failed += 1
                taken["problems"].append(_problem(file, error.sentence, error.hint))
    if as_json:
        print_json(taken)
    else:
        _say(taken)
    if failed:
        which = f"{failed} of {len(files)} files" if len(files) > 1 else "The file"
        raise EditorError(f"{which} could not be taken in.", "The reason is given above.")


def _take_in(desk: Desk, file: Path, who: str, taken: dict[str, list[Any]]) -> None:
    incoming = read_incoming(_bytes(file), file.name)
    with desk.read() as snapshot:
        before = {brief.id for brief in snapshot.banner().briefs}
    changes = desk.do(ImportItems(incoming.stories, incoming.briefs, file.name), by=who)
    with desk.read() as snapshot:
        house, slugs = snapshot.house(), snapshot.slugs()
        stories = [snapshot.stored(story) for story in changes.ids("story")]
        briefs = [brief for brief in snapshot.banner().briefs if brief.id not in before]
    taken["stories"] += [story_view(story, house) for story in stories]
    taken["briefs"] += [brief_view(brief, slugs) for brief in briefs]
    taken["ignored"] += incoming.ignored
    taken["problems"] += [
        _problem(file, each.sentence, each.hint, each.line) for each in incoming.problems
    ]


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"There is no file {file}.", "Check the path.") from None
    except OSError as error:
        reason = error.strerror or "the disk refused"
        raise NotFound(f"{file} could not be read: {reason}.", "Check its permissions.") from None


def _problem(file: Path, sentence: str, hint: str, line: int = 0) -> dict[str, Any]:
    return {"file": file.name, "line": line or None, "sentence": sentence, "hint": hint}


def _say(taken: dict[str, list[Any]]) -> None:
    for story in taken["stories"]:
        click.echo(f"Story  {story['slug']}: {story['headline']}")
    for brief in taken["briefs"]:
        click.echo(f"Brief  {brief['title']}")
    for line in taken["ignored"]:
        click.echo(f"Left out  {line}")
    for problem in taken["problems"]:
        where = problem["file"] + (f", line {problem['line']}" if problem["line"] else "")
        click.echo(f"Problem  {where}: {problem['sentence']} {problem['hint']}".rstrip())
