"""`stonehand paper`: the paper's facts and style, and changing them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import say_json, say_table
from editor.core.commands import SaveHouse
from editor.core.house import House
from editor.i18n import _


@click.command("paper")
@desk_option
@click.option("--name", default=None, help="The paper's name, as readers see it.")
@click.option("--url", default=None, help="The site's address; empty while there is none.")
@click.option("--language", default=None, help="The paper's language (BCP 47).")
@click.option("--timezone", default=None, help="The zone of all dates, such as Europe/Lisbon.")
@click.option("--dateline", default=None, help="The template of its datelines.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief changes them.")
@json_option
def paper(
    desk_path: Path,
    name: str | None,
    url: str | None,
    language: str | None,
    timezone: str | None,
    dateline: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Show the paper's facts and style, or change them; the chief signs each change."""
    given = {
        "name": name,
        "url": url,
        "language": language,
        "timezone": timezone,
        "dateline_template": dateline,
    }
    changed: dict[str, Any] = {name: text for name, text in given.items() if text is not None}
    if changed and not person:
        raise click.UsageError("Name with --as the chief who signs this.")
    with open_desk(desk_path) as desk:
        with desk.read() as snapshot:
            house = snapshot.house()
        if changed:
            house, base = replace(house, **changed), house.hash
            run_command(desk, SaveHouse(house, base), by=person or "")
    if as_json:
        say_json(house.to_json() | {"timezone": house.timezone})
    else:
        _print(house)


def _print(house: House) -> None:
    sections = [f"{section.slug}: {section.title}" for section in house.sections]
    first, *others = sections or [_("none")]
    say_table(
        [
            (_("Name"), house.name),
            (_("Address"), house.url or _("none")),
            (_("Language"), house.language),
            (_("Time zone"), house.timezone),
            (_("Dateline"), house.dateline_template),
            (_("Sections"), first),
            *(("", section) for section in others),
        ]
    )
