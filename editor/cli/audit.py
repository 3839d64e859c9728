"""`stonehand audit`: verify all that was ever done on a desk, and print it."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_argument, json_option, open_desk, print_json, print_table
from editor.i18n import plural

_ALL = 1 << 62


@click.command("audit")
@desk_argument
@click.option("--story", "slug", default=None, metavar="SLUG", help="Print only this story's rows.")
@json_option
@click.pass_context
def audit(context: click.Context, desk_path: Path, slug: str | None, as_json: bool) -> None:
    """Verify what was done on DESK, and print it, the oldest first.

    The whole desk is verified whatever is printed. Exit code 1 says that something
    was changed outside Stonehand; the sentence says where.
    """
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        report = snapshot.verify_audit()
        story = snapshot.find(slug) if slug else None
        rows = snapshot.log(story, _ALL)[::-1]
        slugs = snapshot.slugs()
    if as_json:
        print_json(
            {
                "rows": report.rows,
                "broken_at": report.broken_at or None,
                "reason": report.reason or None,
                "log": [row._asdict() for row in rows],
            }
        )
    else:
        print_table(
            [
                (str(row.id), row.at, row.person, row.action, _about(row.story, slugs), row.note)
                for row in rows
            ]
        )
    if report.broken_at:
        click.echo(f"The audit breaks at row {report.broken_at}. {report.reason}", err=True)
        context.exit(1)
    if not as_json:
        click.echo(plural("{n} row verified.", "{n} rows verified.", report.rows))


def _about(story: str, slugs: dict[str, str]) -> str:
    return slugs.get(story, story) or "–"
