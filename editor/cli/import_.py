"""`stonehand import`: import wire text files as drafts and briefs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import (
    acting_person,
    desk_option,
    json_option,
    open_desk,
    run_command,
)
from editor.cli.printing import say, say_json
from editor.cli.views import brief_view, story_view
from editor.core.commands import ImportItems
from editor.errors import BadInput, EditorError, NotFound, reason_of
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.desk import Desk

_View = dict[str, object]


@dataclass(slots=True)
class _Imported:
    """What was imported from all files, as the command line prints it."""

    stories: list[_View] = field(default_factory=list)
    briefs: list[_View] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problems: list[_View] = field(default_factory=list)


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@desk_option
@click.option("--as", "person", default=None, metavar="PERSON", help="Who imports them.")
@json_option
def import_(files: tuple[Path, ...], desk_path: Path, person: str | None, as_json: bool) -> None:
    """Import wire text files as drafts and briefs, and list them.

    A file that can't be read is named with the reason; the others are imported.
    """
    imported = _Imported()
    failed = 0
    with open_desk(desk_path, writes=True) as desk:
        by = acting_person(desk, person)
        for file in files:
            try:
                _import_file(desk, file, by, imported)
            except (BadInput, NotFound) as error:
                failed += 1
                imported.problems.append(_problem(file, error.sentence, error.hint))
        waits = desk.keys.is_locked and bool(imported.stories or imported.briefs)
    if as_json:
        say_json(asdict(imported))
    else:
        _print(imported)
    if waits:
        # Beside the list, which may be JSON.
        sentence = _("What was imported waits for the signature of {person}.")
        say(sentence.format(person=by), err=True)
    if failed:
        sentence = _("Could not import {failed} of {count} files.")
        raise EditorError(
            sentence.format(failed=failed, count=len(files)), _("The reason is given above.")
        )


def _import_file(desk: Desk, file: Path, by: str, imported: _Imported) -> None:
    from editor.formats.importers import read_incoming  # noqa: PLC0415  `--help` needs none

    incoming = read_incoming(_read(file), file.name)
    with desk.read() as snapshot:
        before = {brief.id for brief in snapshot.banner().briefs}
    changes = run_command(desk, ImportItems(incoming.stories, incoming.briefs, file.name), by=by)
    with desk.read() as snapshot:
        house = snapshot.house()
        stories = [snapshot.stored(story) for story in changes.ids("story")]
        briefs = [brief for brief in snapshot.banner().briefs if brief.id not in before]
        slugs = snapshot.slugs([brief.story for brief in briefs])
    imported.stories += [story_view(story, house) for story in stories]
    imported.briefs += [brief_view(brief, slugs) for brief in briefs]
    imported.ignored += incoming.ignored
    imported.problems += [
        _problem(file, problem.sentence, problem.hint, problem.line)
        for problem in incoming.problems
    ]


def _read(file: Path) -> bytes:
    from editor.formats.importers import read_text_file  # noqa: PLC0415  `--help` needs none

    try:
        return read_text_file(file, may_wait=True)
    except FileNotFoundError:
        raise NotFound(
            _("There is no file {file}.").format(file=file), _("Check the path.")
        ) from None
    except IsADirectoryError:
        raise NotFound(
            _("{file} is a folder.").format(file=file), _("Name the files in it.")
        ) from None
    except OSError as error:
        sentence = _("{file} can't be read: {reason}.")
        raise NotFound(
            sentence.format(file=file, reason=reason_of(error)), _("Check its permissions.")
        ) from None


def _problem(file: Path, sentence: str, hint: str, line: int = 0) -> _View:
    return {"file": file.name, "line": line or None, "sentence": sentence, "hint": hint}


def _print(imported: _Imported) -> None:
    for story in imported.stories:
        say(f"{_('Story')}  {story['slug']}: {story['headline']}")
    for brief in imported.briefs:
        say(f"{_('Brief')}  {brief['title']}")
    for line in imported.ignored:
        say(f"{_('Ignored')}  {line}")
    for problem in imported.problems:
        line = _(", line {n}").format(n=problem["line"]) if problem["line"] else ""
        sentence = f"{problem['sentence']} {problem['hint']}".rstrip()
        say(f"{_('Problem')}  {problem['file']}{line}: {sentence}")
