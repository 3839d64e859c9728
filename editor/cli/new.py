"""`stonehand new`: create a desk."""

from __future__ import annotations

from pathlib import Path

import click

from editor.account import login_name
from editor.cli.passphrase import ask_passphrase
from editor.cli.printing import say
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.zones import computer_zone
from editor.i18n import _
from editor.opening import make_desk
from editor.trust.keyring import choose_key_store


@click.command("new")
@click.argument("desk_path", metavar="DESK", type=click.Path(path_type=Path))
@click.option("--name", default=None, help="The paper's name, as readers see it.")
@click.option("--person", default=None, help="You, its first chief; else your login name.")
@click.option("--language", default="en", show_default=True, help="The paper's language (BCP 47).")
@click.option("--url", default="", help="The site's address, e.g. https://paper.example/.")
@click.option("--timezone", default=None, help="The paper's time zone; else this computer's.")
@click.option("--sample", is_flag=True, help="An invented paper instead, with its people's keys.")
def new(
    desk_path: Path,
    name: str | None,
    person: str | None,
    language: str,
    url: str,
    timezone: str | None,
    sample: bool,
) -> None:
    """Create a new desk in the folder DESK, signed with your key as its chief.

    With --sample its people are invented, and you may act as any of them on this
    computer: their keys are made as well, outside the desk's folder.
    """
    if sample:
        _make_sample(desk_path, name or person or url or timezone)
        return
    if not name:
        raise click.UsageError(_("Give the paper a --name, or make the --sample."))
    first_name = person or login_name()
    if not first_name:
        raise click.UsageError(_("Name the desk's first --person: this computer knows no name."))
    first = Person(first_name, Role.CHIEF)
    zone = computer_zone() if timezone is None else timezone
    house = House(name=name, language=language, url=url, timezone=zone)
    keys = ask_passphrase(choose_key_store(), first.name)
    make_desk(desk_path, house, first, keys).close()
    sentence = _("Created {desk} with {person} as {role}.")
    say(sentence.format(desk=desk_path, person=first.name, role=_(first.role)))


def _make_sample(path: Path, more: str | None) -> None:
    if more:
        raise click.UsageError(_("--sample has its own name, people, address and time zone."))
    from editor.sample import make_sample  # noqa: PLC0415  only ever needed here

    with make_sample(path.absolute()) as desk, desk.read() as snapshot:
        names = ", ".join(person.name for person in snapshot.people())
    say(_("Created the sample {desk}; act as {names}.").format(desk=path, names=names))
