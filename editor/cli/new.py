"""`stonehand new`: create a desk."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from editor.core.house import House
from editor.core.people import Person, Role, parse_role
from editor.i18n import _
from editor.opening import make_desk


@click.command("new")
@click.argument("desk_path", metavar="DESK", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="The paper's name, as readers see it.")
@click.option("--person", default=None, help="The first person; else your login name.")
@click.option(
    "--role", default=str(Role.CHIEF), show_default=True, help="chief, editor or journalist."
)
@click.option("--language", default="en", show_default=True, help="The paper's language (BCP 47).")
@click.option("--url", default="", help="The site's address, e.g. https://paper.example/.")
def new(desk_path: Path, name: str, person: str | None, role: str, language: str, url: str) -> None:
    """Create a new desk in the folder DESK."""
    first = Person(person or getpass.getuser(), parse_role(role))
    make_desk(desk_path, House(name=name, language=language, url=url), first).close()
    sentence = _("Created {desk} with {person} as {role}.")
    click.echo(sentence.format(desk=desk_path, person=first.name, role=_(first.role)))
