"""`copydesk show`: one story, whole."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, print_json
from editor.cli.views import story_view
from editor.core.dateline import render_dateline
from editor.core.house import House
from editor.core.story import Story
from editor.store.rows import Stored


@click.command("show")
@click.argument("slug", metavar="SLUG")
@desk_option
@click.option("--version", type=click.IntRange(min=1), default=None, help="An earlier version.")
@json_option
def show(slug: str, desk_path: Path, version: int | None, as_json: bool) -> None:
    """Show a story by its slug (or id), the newest version unless another is asked for."""
    with open_desk(desk_path) as desk:
        stored = desk.stored(desk.find(slug), version)
        house = desk.house()
    if as_json:
        print_json(story_view(stored, house))
    else:
        _print_story(stored, house)


def _print_story(stored: Stored, house: House) -> None:
    story = stored.story
    standing = f"version {stored.version}, {stored.state.stage}"
    if stored.approval:
        standing += f", approved by {stored.approval.person}"
    click.echo(f"{story.slug} ({standing})\n")
    if story.kicker:
        click.echo(story.kicker)
    click.echo(story.headline)
    if story.bylines:
        click.echo("By " + ", ".join(story.bylines))
    for picture in story.pictures:
        credit = f" ({picture.credit})" if picture.credit else ""
        click.echo(f"\n[Picture] {picture.caption}{credit}")
    if story.key_points:
        click.echo()
    for point in story.key_points:
        click.echo(f"  • {point}")
    click.echo(f"\n{_dateline(story, house)}{story.body}")


def _dateline(story: Story, house: House) -> str:
    return render_dateline(story.dateline, house.dateline_template, story.language)
