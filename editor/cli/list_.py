"""`stonehand list`: the stories of a desk."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, find_doubt, json_option, open_desk
from editor.cli.printing import say_json, say_table
from editor.cli.views import describe_state, row_view
from editor.core.workflow import parse_stage
from editor.store.reading.rows import Filter


@click.command("list")
@desk_option
@click.option("--stage", default=None, help="Only this stage: draft, in review, approved, spiked.")
@click.option("--section", default=None, help="Only this section, by its slug.")
@json_option
def list_(desk_path: Path, stage: str | None, section: str | None, as_json: bool) -> None:
    """List stories, the newest first."""
    wanted = Filter(stage=parse_stage(stage) if stage else None, section=section)
    with open_desk(desk_path) as desk, desk.read_lists() as lists:
        rows = lists.rows(wanted)
        doubt = find_doubt(lambda: lists.check(rows, wanted))
    if as_json:
        say_json([row_view(row) for row in rows])
    else:
        say_table(
            [(row.slug, describe_state(row), row.section or "–", row.headline) for row in rows]
        )
    if doubt:
        raise doubt
