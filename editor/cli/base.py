"""What the verbs share: options, the open desk, who acts, and how results are printed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from editor.core.people import Role
from editor.opening import open_desk as opened
from editor.settings import load_settings
from editor.store.desk import Desk

desk_option = click.option(
    "--desk",
    "desk_path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DESK",
    help="The desk's folder.",
)
desk_argument = click.argument("desk_path", metavar="DESK", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
person_option = click.option(
    "--as", "person", required=True, metavar="PERSON", help="Who does it: a name on the desk."
)


@contextmanager
def open_desk(path: Path) -> Iterator[Desk]:
    """The desk at a path, closed at the end."""
    desk = opened(path)
    try:
        yield desk
    finally:
        desk.close()


def acting(desk: Desk, person: str | None) -> str:
    """Who does what nobody was named for.

    In this order: `--as`, the variable STONEHAND_PERSON, this computer's person
    when the desk knows that name, else the desk's first chief.
    """
    with desk.read() as snapshot:
        if named := person or os.environ.get("STONEHAND_PERSON"):
            return snapshot.person(named).name
        people = snapshot.people()
    mine = load_settings()[0].person
    if any(each.name == mine for each in people):
        return mine
    chiefs = [each for each in people if each.role is Role.CHIEF]
    return (chiefs or list(people))[0].name


def print_json(value: Any) -> None:
    """Print one JSON value, readable, in UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Print rows of words in aligned columns; the last column runs free."""
    if not rows:
        return
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)][:-1]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))
