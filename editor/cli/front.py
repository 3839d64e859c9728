"""`stonehand front`: the stories that come first on the home page, and ordering them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_option, json_option, open_desk, run_command
from editor.cli.printing import one_line, say, say_json, say_table
from editor.core.commands import OrderFront
from editor.core.front import Front
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.reading.signed_states import FrontState


@click.command("front")
@desk_option
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--set", "change", is_flag=True, help="Put these stories first, in this order.")
@click.option("--clear", is_flag=True, help="Order nothing by hand: the newest story leads.")
@click.option("--as", "person", default=None, metavar="PERSON", help="Which editor orders it.")
@json_option
def front(
    desk_path: Path,
    slugs: tuple[str, ...],
    change: bool,
    clear: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Print the stories that come first on the home page, in their order, or order them.

    The first one leads, and all other stories follow, the newest first. An editor's
    order goes out with the next export. A story that would not go out now is passed over.
    """
    if change == bool(clear) and (change or slugs):
        raise click.UsageError(_("Give either --set with the stories, or --clear."))
    if change and not slugs:
        raise click.UsageError(_("--set needs the stories, by their slugs."))
    if clear and slugs:
        raise click.UsageError(_("--clear takes no stories."))
    if (change or clear) and not person:
        raise click.UsageError(_("Name with --as the editor who signs this."))
    with open_desk(desk_path, writes=change or clear) as desk:
        if person and (change or clear):
            _order(desk, slugs, person)
        with desk.read() as snapshot:
            state = snapshot.front_state()
            rows = snapshot.rows_of(state.front.stories)
            reasons = snapshot.reasons_against(state.front.stories)
    found = [
        {
            "id": story,
            "slug": rows[story].slug if story in rows else None,
            "headline": rows[story].headline if story in rows else None,
            "not_shown_because": reasons.get(story),
        }
        for story in state.front.stories
    ]
    if as_json:
        say_json(found)
        return
    say_table(
        [
            (f"{place}.", str(story["slug"]), one_line(story["headline"]), _remark(story))
            for place, story in enumerate(found, 1)
        ]
    )
    say(_describe(state))


def _order(desk: Desk, slugs: tuple[str, ...], person: str) -> None:
    """Order the stories with these slugs, or none."""
    with desk.read() as snapshot:
        shown = snapshot.front()
        ordered = Front(tuple(snapshot.find_all(slugs)))
    run_command(desk, OrderFront(ordered, shown.hash), person)


def _remark(story: dict[str, str | None]) -> str:
    reason = story["not_shown_because"]
    return _("not shown: {reason}").format(reason=reason) if reason else ""


def _describe(state: FrontState) -> str:
    """Say who ordered the front, or that nobody did."""
    if state.doubt:
        return _("Nothing goes out: {reason}").format(reason=state.doubt)
    if not state.front.stories or state.approval is None:
        return _("The home page is not ordered by hand: the newest story leads.")
    return _("Ordered by {name}; all other stories follow, the newest first.").format(
        name=state.approval.by
    )
