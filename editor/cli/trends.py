"""`stonehand trends`: the trends banner, and approving it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import one_line, say, say_json
from editor.cli.views import brief_view
from editor.core.commands import ApproveBanner
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.reading.papers import BannerState


@click.command("trends")
@desk_option
@click.option("--approve", is_flag=True, help="Approve it as it is: from now on it goes out.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which editor approves it.")
@json_option
def trends(desk_path: Path, approve: bool, person: str | None, as_json: bool) -> None:
    """Print the briefs of the trends banner, in their order, or approve it.

    Anybody proposes a banner; readers get it once an editor has approved it.
    """
    if approve and not person:
        raise click.UsageError(_("--approve needs --as PERSON, who approves it."))
    with open_desk(desk_path, writes=approve) as desk:
        if approve and person:
            with desk.read() as snapshot:
                shown = snapshot.banner().hash
            run_command(desk, ApproveBanner(shown), person)
        with desk.read() as snapshot:
            state = snapshot.banner_state()
            briefs = state.latest.briefs
            slugs = snapshot.slugs([brief.story for brief in briefs])
    if as_json:
        say_json([brief_view(brief, slugs) for brief in briefs])
        return
    for brief in briefs:
        say(one_line(brief.title))
        say(f"    {one_line(brief.summary)}")
    say(_describe(state))


def _describe(state: BannerState) -> str:
    """Say whether this is the banner that goes out."""
    if state.doubt:
        return _("It does not go out: {reason}").format(reason=state.doubt)
    if state.needs_approval:
        return _("It waits for an editor's approval; readers have the one before.")
    if state.approval is None:
        return _("There is no banner yet.")
    return _("Approved by {name}; it goes out.").format(name=state.approval.by)
