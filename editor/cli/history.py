"""`stonehand history`, `diff` and `restore`: what a story was before."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.base import (
    desk_option,
    json_option,
    open_desk,
    person_option,
    print_json,
    print_table,
)
from editor.cli.views import standing
from editor.cli.workflow import latest
from editor.core.commands import Restore
from editor.core.diff import FieldDiff, Passage, compare
from editor.core.workflow import Publication
from editor.store.reading.rows import StoryRow, VersionRow

_MARKS = {"added": ("{+", "+}"), "removed": ("[-", "-]"), "same": ("", "")}


@click.command("history")
@click.argument("slug", metavar="SLUG")
@desk_option
@json_option
def history(slug: str, desk_path: Path, as_json: bool) -> None:
    """List the versions of a story, the newest first."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        story = snapshot.find(slug)
        versions, leaves = snapshot.versions(story), snapshot.leaves(story)
        row = snapshot.row(story)
    if as_json:
        print_json(
            [
                asdict(each)
                | {"head": each.version in leaves, "live": each.version == row.live_version}
                for each in versions
            ]
        )
        return
    print_table(
        [
            (str(each.version), each.at, each.author, _cause(each), _marks(each, row, leaves))
            for each in versions
        ]
    )


@click.command("restore")
@click.argument("slug", metavar="SLUG")
@click.argument("earlier", metavar="N", type=click.IntRange(min=1))
@desk_option
@person_option
def restore(slug: str, earlier: int, desk_path: Path, person: str) -> None:
    """Make version N's text the newest version; nothing in between is lost."""
    with open_desk(desk_path) as desk:
        story, version = latest(desk, slug)
        changes = desk.do(Restore(story, version, earlier), by=person)
        with desk.read() as snapshot:
            row = snapshot.row(story)
    if changes.touched:
        text = f"version {row.version} has the text of version {earlier}"
        click.echo(f"{row.slug} is now {standing(row)}: {text}.")
    else:
        click.echo(f"{row.slug} has that text already; nothing was changed.")


@click.command("diff")
@click.argument("slug", metavar="SLUG")
@click.argument("first", metavar="A", type=click.IntRange(min=1))
@click.argument("second", metavar="B", type=click.IntRange(min=1))
@desk_option
@json_option
def diff(slug: str, first: int, second: int, desk_path: Path, as_json: bool) -> None:
    """Show what changed from version A to version B, field by field, in words.

    Words that went stand in [- -], words that came in {+ +}.
    """
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        story_id = snapshot.find(slug)
        before, after = (snapshot.stored(story_id, n).story for n in (first, second))
    changed = compare(before, after)
    if as_json:
        print_json({"from": first, "to": second, "fields": [asdict(each) for each in changed]})
        return
    for field in changed:
        click.echo("\n".join(_lines(field)))
    if not changed:
        click.echo("Nothing changed.")


def _cause(version: VersionRow) -> str:
    """What made it, and from what where that is not the version before."""
    if version.parents in ((), (version.version - 1,)):
        return version.cause
    return f"{version.cause} from {' and '.join(str(each) for each in version.parents)}"


def _marks(version: VersionRow, row: StoryRow, leaves: tuple[int, ...]) -> str:
    marks = [f"approved by {version.approved_by}"] if version.approved_by else []
    if version.version == row.live_version:
        marks.append("killed" if row.publication is Publication.KILLED else "live")
    if len(leaves) > 1 and version.version in leaves:
        marks.append("to reconcile")
    return ", ".join(marks)


def _lines(field: FieldDiff) -> list[str]:
    return [
        field.field,
        *(f"  {_passage(each)}" for each in field.passages if each.kind != "same"),
    ]


def _passage(passage: Passage) -> str:
    text = "".join(
        f"{_MARKS[span.kind][0]}{span.text}{_MARKS[span.kind][1]}" for span in passage.spans
    )
    return f"(moved) {text}" if passage.kind == "moved" else text
