"""`stonehand backup` and `stonehand restore-desk`: a whole desk as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_argument, open_desk
from editor.opening import restore_desk


@click.command("backup")
@desk_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def backup(desk_path: Path, out: Path) -> None:
    """Write the whole of DESK into one file; it may be in use meanwhile.

    Private keys are not in it: they belong to people, not to the desk.
    """
    with open_desk(desk_path) as desk:
        desk.backup(out)
    click.echo(f"Wrote {out}.")


@click.command("restore-desk")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@desk_argument
def restore(file: Path, desk_path: Path) -> None:
    """Make the folder DESK of a backup FILE; what is in it is verified first."""
    report = restore_desk(file, desk_path)
    click.echo(f"Restored {desk_path}; all {report.rows} rows of its audit verify.")
