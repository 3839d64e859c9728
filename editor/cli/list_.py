"""`stonehand list`: the stories of a desk."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, print_json, print_table
from editor.cli.views import row_view, standing
from editor.core.workflow import parse_stage
from editor.store.reading.rows import Filter

_PAGE = 500


@click.command("list")
@desk_option
@click.option("--stage", default=None, help="Only this stage: draft, in review, approved, spiked.")
@click.option("--section", default=None, help="Only this section, by its slug.")
@json_option
def list_(desk_path: Path, stage: str | None, section: str | None, as_json: bool) -> None:
    """List stories, the newest first."""
    where = Filter(stage=parse_stage(stage) if stage else None, section=section)
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        rows = [
            row
            for offset in range(0, snapshot.count(where), _PAGE)
            for row in snapshot.rows(where, offset, _PAGE)
        ]
    if as_json:
        print_json([row_view(row) for row in rows])
    else:
        print_table([(row.slug, standing(row), row.section or "–", row.headline) for row in rows])
