"""`stonehand trends`: the briefs of the trends banner."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, print_json
from editor.cli.views import brief_view


@click.command("trends")
@desk_option
@json_option
def trends(desk_path: Path, as_json: bool) -> None:
    """Print the briefs of the trends banner, in their order."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        briefs, slugs = snapshot.banner().briefs, snapshot.slugs()
    if as_json:
        print_json([brief_view(brief, slugs) for brief in briefs])
        return
    for brief in briefs:
        click.echo(f"{brief.title}\n    {brief.summary}")
