"""`stonehand publish`, `correct`, `update` and `kill`: what readers have."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, open_desk, person_option
from editor.cli.workflow import carry_out, latest
from editor.core.commands import Correct, Kill, Publish, Update


@click.command("publish")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
def publish(slug: str, desk_path: Path, person: str) -> None:
    """Give the approved text to readers: it is the live version from now on."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Publish(*latest(desk, slug)), person, slug)


@click.command("correct")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@click.option("--note", default="", metavar="TEXT", help="What was wrong: readers see it.")
def correct(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Open a live story for a correction; --note stands on its page for good."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Correct(*latest(desk, slug), note), person, slug)


@click.command("update")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@click.option("--note", default="", metavar="TEXT", help="A note for the newsroom.")
def update(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Open a live story for new facts; readers keep the live version meanwhile."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Update(*latest(desk, slug), note), person, slug)


@click.command("kill")
@click.argument("slug", metavar="SLUG")
@desk_option
@person_option
@click.option("--note", default="", metavar="TEXT", help="Why; it stays in the newsroom.")
def kill(slug: str, desk_path: Path, person: str, note: str) -> None:
    """Withdraw a live story for good: the next export has nothing of it."""
    with open_desk(desk_path) as desk:
        carry_out(desk, Kill(*latest(desk, slug), note), person, slug)
