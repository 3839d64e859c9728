"""`stonehand new`: create a desk."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from editor.cli.passphrase import ask_passphrase
from editor.core.house import House
from editor.core.people import Person, Role
from editor.i18n import _
from editor.opening import make_desk
from editor.trust.keyring import choose_key_store


@click.command("new")
@click.argument("desk_path", metavar="DESK", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="The paper's name, as readers see it.")
@click.option("--person", default=None, help="You, its first chief; else your login name.")
@click.option("--language", default="en", show_default=True, help="The paper's language (BCP 47).")
@click.option("--url", default="", help="The site's address, e.g. https://paper.example/.")
def new(desk_path: Path, name: str, person: str | None, language: str, url: str) -> None:
    """Create a new desk in the folder DESK, signed with your key as its chief."""
    first = Person(person or getpass.getuser(), Role.CHIEF)
    house = House(name=name, language=language, url=url)
    keys = ask_passphrase(choose_key_store(), first.name)
    make_desk(desk_path, house, first, keys).close()
    sentence = _("Created {desk} with {person} as {role}.")
    click.echo(sentence.format(desk=desk_path, person=first.name, role=_(first.role)))
