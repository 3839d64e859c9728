"""`stonehand deliveries`: what was delivered where, when, by whom, and where a story is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_option, json_option, open_desk
from editor.cli.printing import say, say_json, say_table
from editor.core.times import in_zone, minute_text, parse_instant
from editor.i18n import _, plural

if TYPE_CHECKING:
    from editor.store.reading.deliveries import DeliveryRow, StoryAtTarget


@click.command("deliveries")
@desk_option
@click.option("--target", default="", metavar="NAME", help="Only those to this target.")
@click.option("--story", default="", metavar="SLUG", help="Where this story was delivered to.")
@click.option("--limit", default=100, show_default=True, help="How many deliveries.")
@json_option
def deliveries(desk_path: Path, target: str, story: str, limit: int, as_json: bool) -> None:
    """Print what was delivered to which target, when, by whom, and with which edition.

    The last delivery comes first. With --story it is each target that has, or had, the story.
    """
    if story and target:
        raise click.UsageError(_("Give either --target or --story."))
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        if story:
            _print_places(snapshot.whereabouts(snapshot.find(story)), as_json)
            return
        _print_deliveries(snapshot.deliveries(target, limit=limit), as_json)


def _print_deliveries(rows: list[DeliveryRow], as_json: bool) -> None:
    if as_json:
        say_json([_as_json(row) for row in rows])
        return
    say_table(
        [
            (
                minute_text(in_zone(parse_instant(row.at))),
                row.delivery.target,
                row.person,
                _summary(row),
                row.delivery.edition[:12],
            )
            for row in rows
        ]
    )
    if not rows:
        say(_("Nothing was delivered yet."))


def _as_json(row: DeliveryRow) -> dict[str, object]:
    return {"at": row.at, "by": row.person, **row.delivery.to_json()}


def _summary(row: DeliveryRow) -> str:
    delivery = row.delivery
    files = plural("{n} file", "{n} files", delivery.sent)
    stories = len(delivery.stories)
    changed = plural("{n} story new or changed", "{n} stories new or changed", stories)
    gone = plural("{n} withdrawn", "{n} withdrawn", len(delivery.withdrawn))
    parts = [files, changed, *([gone] if delivery.withdrawn else [])]
    return f"{delivery.format}: {', '.join(parts)}"


def _print_places(places: list[StoryAtTarget], as_json: bool) -> None:
    if as_json:
        say_json([place._asdict() for place in places])
        return
    say_table(
        [
            (
                place.target,
                _what(place),
                minute_text(in_zone(parse_instant(place.at))),
                place.person,
            )
            for place in places
        ]
    )
    if not places:
        say(_("It was not delivered to any target yet."))


def _what(place: StoryAtTarget) -> str:
    if place.withdrawn:
        return _("withdrawn")
    if not place.version:
        return _("a version that this desk has not got")
    later = "" if place.is_latest else _("; there is a later one")
    return _("version {n}").format(n=place.version) + later
