"""`stonehand theme`: the themes of a site, and choosing, copying or checking one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import say, say_json, say_table
from editor.core.commands import RemoveTheme, SaveHouse, SaveTheme
from editor.core.story import slug_from
from editor.i18n import _
from editor.proof.theme import copied, read_theme, shipped_names, signed_digest
from editor.proof.theme_check import check_theme
from editor.store.desk import Desk
from editor.store.themes import Themes


@click.command("theme")
@desk_option
@click.option("--use", "used", metavar="NAME", help="Choose a theme, as its files are now.")
@click.option("--copy", "copy", nargs=2, metavar="NAME TITLE", help="Copy one, to change it.")
@click.option("--remove", "removed", metavar="NAME", help="Remove one; never the paper's.")
@click.option("--check", "checked", metavar="NAME", help="Say what is wrong with a theme.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which chief signs this.")
@json_option
def theme(
    desk_path: Path,
    used: str | None,
    copy: tuple[str, str] | None,
    removed: str | None,
    checked: str | None,
    person: str | None,
    as_json: bool,
) -> None:
    """List the themes of DESK, or choose, copy, remove or check one; the chief signs."""
    if (used or copy or removed) and not person:
        raise click.UsageError(_("Name with --as the chief who signs this."))
    with open_desk(desk_path, writes=bool(used or copy or removed)) as desk:
        if checked:
            _check(desk, checked)
        if copy and person:
            _copy(desk, *copy, person)
        if used and person:
            _use(desk, used, person)
        if removed and person:
            base = Themes(desk.path).read(removed).digest
            run_command(desk, RemoveTheme(removed, base), by=person)
        names = (*shipped_names(), *Themes(desk.path).names())
        with desk.read() as snapshot:
            current = snapshot.house().theme
    if as_json:
        say_json([{"name": name, "in_use": name == current} for name in names])
    elif not checked:
        say_table([(name, _("in use") if name == current else "") for name in names])


def _check(desk: Desk, name: str) -> None:
    """Say that a theme makes pages, and which colours are hard to read. Raises ThemeError."""
    found = read_theme(Themes(desk.path).read(name))
    check_theme(found)
    weak = found.weak_contrasts()
    for sentence in weak:
        say(sentence)
    if not weak:
        say(_("No problems found."))


def _copy(desk: Desk, name: str, title: str, person: str) -> None:
    found = read_theme(Themes(desk.path).read(name))
    run_command(desk, SaveTheme(copied(found, slug_from(title, "theme"), title), ""), by=person)


def _use(desk: Desk, name: str, person: str) -> None:
    files = Themes(desk.path).read(name)
    with desk.read() as snapshot:
        house = snapshot.house()
    chosen = replace(house, theme=name, theme_digest=signed_digest(files))
    run_command(desk, SaveHouse(chosen, house.hash), by=person)
