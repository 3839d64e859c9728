"""`stonehand show`: one story, whole."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, print_json
from editor.cli.views import standing, story_view
from editor.core.dateline import render_dateline
from editor.core.house import House
from editor.core.story import Story
from editor.store.reading.rows import StoredVersion


@click.command("show")
@click.argument("slug", metavar="SLUG")
@desk_option
@click.option("--version", type=click.IntRange(min=1), default=None, help="An earlier version.")
@json_option
def show(slug: str, desk_path: Path, version: int | None, as_json: bool) -> None:
    """Show a story by its slug (or id), the newest version unless another is asked for."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        story = snapshot.find(slug)
        stored, row = snapshot.stored(story, version), snapshot.row(story)
        leaves, house = snapshot.leaves(story), snapshot.house()
    if as_json:
        live = {"live_version": row.live_version or None, "leaves": list(leaves)}
        print_json(story_view(stored, house) | live)
        return
    _print_story(stored, house, standing(row))
    if len(leaves) > 1:
        click.echo(f"\nVersions to reconcile: {', '.join(str(head) for head in leaves)}.")


def _print_story(stored: StoredVersion, house: House, where: str) -> None:
    story = stored.story
    said = f"version {stored.version}, {where}"
    if stored.approval:
        own = "self-approved" if stored.approval.self_approved else "approved"
        said += f", {own} by {stored.approval.person}"
    click.echo(f"{story.slug} ({said})\n")
    if stored.refusal:
        click.echo(f"Its approval was not taken: {stored.refusal}\n")
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
    for correction in story.corrections:
        click.echo(f"\n[Correction, {correction.at}] {correction.text}")


def _dateline(story: Story, house: House) -> str:
    return render_dateline(story.dateline, house.dateline_template, story.language)
