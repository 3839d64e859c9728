"""`copydesk history` and `copydesk diff`: what a story was before."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, print_json, print_table
from editor.core.diff import FieldDiff, Passage, compare

_MARKS = {"added": ("{+", "+}"), "removed": ("[-", "-]"), "same": ("", "")}


@click.command("history")
@click.argument("slug", metavar="SLUG")
@desk_option
@json_option
def history(slug: str, desk_path: Path, as_json: bool) -> None:
    """List the versions of a story, the newest first."""
    with open_desk(desk_path) as desk:
        versions = desk.versions(desk.find(slug))
    if as_json:
        print_json([asdict(version) for version in versions])
        return
    print_table(
        [
            (
                str(each.version),
                each.at,
                each.author,
                each.cause,
                f"approved by {each.approved_by}" if each.approved_by else "",
            )
            for each in versions
        ]
    )


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
    with open_desk(desk_path) as desk:
        story_id = desk.find(slug)
        before, after = desk.stored(story_id, first).story, desk.stored(story_id, second).story
    changed = compare(before, after)
    if as_json:
        print_json({"from": first, "to": second, "fields": [asdict(each) for each in changed]})
        return
    for field in changed:
        click.echo("\n".join(_lines(field)))
    if not changed:
        click.echo("Nothing changed.")


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
