"""`stonehand history`, `diff` and `restore`: a story's earlier versions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.base import (
    desk_option,
    find_doubt,
    find_row,
    json_option,
    open_desk,
    person_option,
    print_done,
    run_command,
)
from editor.cli.printing import say, say_json, say_table
from editor.core.commands import Restore
from editor.core.diff import FieldDiff, Passage, compare
from editor.core.fields import full_label
from editor.core.workflow import Action, Publication
from editor.i18n import _
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
        doubt = find_doubt(lambda: snapshot.check_story(story))
    if as_json:
        say_json(
            [
                asdict(version)
                | {"leaf": version.version in leaves, "live": version.version == row.live_version}
                for version in versions
            ]
        )
    else:
        say_table(
            [
                (
                    str(version.version),
                    version.at,
                    version.author,
                    _cause(version),
                    _status(version, row, leaves),
                )
                for version in versions
            ]
        )
    if doubt:
        raise doubt


@click.command("restore")
@click.argument("slug", metavar="SLUG")
@click.argument("earlier", metavar="N", type=click.IntRange(min=1))
@desk_option
@person_option
def restore(slug: str, earlier: int, desk_path: Path, person: str) -> None:
    """Make version N's text the latest version; the versions after it stay in the history."""
    with open_desk(desk_path, writes=True) as desk:
        row = find_row(desk, slug)
        changes = run_command(desk, Restore(row.id, row.version, earlier), by=person)
        if changes.touched:
            detail = _(", with the text of version {n}").format(n=earlier)
            print_done(desk, Action.RESTORE, row.id, detail)
        else:
            say(_("“{slug}” has that text already.").format(slug=row.slug))


@click.command("diff")
@click.argument("slug", metavar="SLUG")
@click.argument("first", metavar="A", type=click.IntRange(min=1))
@click.argument("second", metavar="B", type=click.IntRange(min=1))
@desk_option
@json_option
def diff(slug: str, first: int, second: int, desk_path: Path, as_json: bool) -> None:
    """Show what changed from version A to version B, field by field, in words.

    Removed words are in [- -], added ones in {+ +}.
    """
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        story_id = snapshot.find(slug)
        before, after = (snapshot.stored(story_id, n).story for n in (first, second))
    fields = compare(before, after)
    if as_json:
        say_json({"from": first, "to": second, "fields": [asdict(field) for field in fields]})
        return
    for field in fields:
        say("\n".join(_lines(field)))
    if not fields:
        say(_("Nothing changed."))


def _cause(version: VersionRow) -> str:
    """Describe how a version was made, and from which unless it is the one before."""
    if version.parents in ((), (version.version - 1,)):
        return _(version.cause)
    parents = _(" and ").join(map(str, version.parents))
    return _("{cause} from {versions}").format(cause=_(version.cause), versions=parents)


def _status(version: VersionRow, row: StoryRow, leaves: tuple[int, ...]) -> str:
    parts = []
    if version.approved_by:
        parts.append(_("approved by {name}").format(name=version.approved_by))
    if version.version == row.live_version:
        parts.append(_("killed") if row.publication is Publication.KILLED else _("live"))
    if len(leaves) > 1 and version.version in leaves:
        parts.append(_("to reconcile"))
    return ", ".join(parts)


def _lines(field: FieldDiff) -> list[str]:
    changed = [passage for passage in field.passages if passage.kind != "same"]
    return [full_label(field.field), *(f"  {describe_passage(passage)}" for passage in changed)]


def describe_passage(passage: Passage) -> str:
    """Return a passage with removed words in [- -] and added ones in {+ +}."""
    text = "".join(
        f"{_MARKS[span.kind][0]}{span.text}{_MARKS[span.kind][1]}" for span in passage.spans
    )
    return _("(moved) {text}").format(text=text) if passage.kind == "moved" else text
