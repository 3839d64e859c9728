"""`stonehand show`: one whole story."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, print_json
from editor.cli.views import describe_state, story_view
from editor.core.dateline import render_dateline
from editor.core.house import House
from editor.i18n import _
from editor.store.reading.rows import StoredVersion


@click.command("show")
@click.argument("slug", metavar="SLUG")
@desk_option
@click.option("--version", type=click.IntRange(min=1), default=None, help="An earlier version.")
@json_option
def show(slug: str, desk_path: Path, version: int | None, as_json: bool) -> None:
    """Show a story by its slug or id: the latest version, unless another is given."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        story = snapshot.find(slug)
        stored, row = snapshot.stored(story, version), snapshot.row(story)
        leaves, house = snapshot.leaves(story), snapshot.house()
    if as_json:
        live = {"live_version": row.live_version or None, "leaves": list(leaves)}
        print_json(story_view(stored, house) | live)
        return
    _print_state(stored, describe_state(row))
    _print_story(stored, house)
    if len(leaves) > 1:
        versions = ", ".join(map(str, leaves))
        click.echo("\n" + _("Versions to reconcile: {versions}.").format(versions=versions))


def _print_state(stored: StoredVersion, state: str) -> None:
    parts = [_("version {n}").format(n=stored.version), state]
    if approval := stored.approval:
        approved = (
            _("self-approved by {name}") if approval.self_approved else _("approved by {name}")
        )
        parts.append(approved.format(name=approval.person))
    click.echo(f"{stored.story.slug} ({', '.join(parts)})\n")
    if stored.refusal:
        click.echo(_("Its approval is not valid: {reason}").format(reason=stored.refusal) + "\n")


def _print_story(stored: StoredVersion, house: House) -> None:
    story = stored.story
    if story.kicker:
        click.echo(story.kicker)
    click.echo(story.headline)
    if story.bylines:
        click.echo(_("By {names}").format(names=", ".join(story.bylines)))
    for picture in story.pictures:
        credit = f" ({picture.credit})" if picture.credit else ""
        click.echo(f"\n[{_('Picture')}] {picture.caption}{credit}")
    if story.key_points:
        click.echo()
    for point in story.key_points:
        click.echo(f"  • {point}")
    dateline = render_dateline(story.dateline, house.dateline_template, story.language)
    click.echo(f"\n{dateline}{story.body}")
    for correction in story.corrections:
        click.echo(f"\n[{_('Correction')}, {correction.at}] {correction.text}")
