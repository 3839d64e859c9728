"""`stonehand list`: the stories of a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from editor.cli.base import desk_option, find_doubt, json_option, open_desk
from editor.cli.printing import say_json, say_table
from editor.cli.views import describe_state, row_view
from editor.core.workflow import Publication, parse_stage
from editor.errors import NotFound
from editor.i18n import _
from editor.store.reading.rows import Filter

if TYPE_CHECKING:
    from editor.store.desk import Desk


@click.command("list")
@desk_option
@click.option("--stage", default=None, help="Only this stage: draft, in review, approved, spiked.")
@click.option(
    "--publication",
    type=click.Choice([str(name) for name in Publication]),
    default=None,
    help="Only what readers never had, have, or had before it was killed.",
)
@click.option("--section", default=None, help="Only this section, by its slug; “” for none.")
@click.option("--language", default=None, help="Only this language, by its tag.")
@click.option("--author", default=None, help="Only what this person wrote a version of.")
@click.option("--returned-to", default=None, help="Only drafts that were returned to this person.")
@click.option(
    "--waiting-for",
    "reviewer",
    default=None,
    help="Only what waits for review, and this person wrote no version of.",
)
@click.option("--notes", "has_notes", is_flag=True, help="Only stories with an open note.")
@json_option
def list_(desk_path: Path, as_json: bool, stage: str | None, **others: Any) -> None:
    """List stories, the newest first."""
    wanted = Filter(stage=parse_stage(stage) if stage else None, **others)
    with open_desk(desk_path) as desk, desk.read_lists() as lists:
        rows = lists.rows(wanted)
        doubt = find_doubt(lambda: lists.check(rows, wanted))
        if not rows:
            _require_known(desk, wanted)
    if as_json:
        say_json([row_view(row) for row in rows])
    else:
        say_table(
            [(row.slug, describe_state(row), row.section or "–", row.headline) for row in rows]
        )
    if doubt:
        raise doubt


def _require_known(desk: Desk, wanted: Filter) -> None:
    """Raise NotFound for a section, language or person that nothing on the desk has.

    It is asked only where nothing was found, so that a list of something starts at once.
    """
    with desk.read() as snapshot:
        counts, house = snapshot.counts(), snapshot.house()
        if wanted.section:
            sections = [section.slug for section in house.sections]
            if wanted.section not in {*sections, *counts.sections}:
                raise NotFound(
                    _("The paper has no section “{section}”.").format(section=wanted.section[:40]),
                    _choices(sections) or _("It has no sections yet."),
                )
        if wanted.language is not None and wanted.language not in counts.languages:
            raise NotFound(
                _("No story is in the language “{language}”.").format(
                    language=wanted.language[:40]
                ),
                _choices(sorted(counts.languages)) or _("There are no stories yet."),
            )
        for name in (wanted.author, wanted.returned_to, wanted.reviewer):
            if name is not None and name not in counts.writers:
                snapshot.person(name)


def _choices(names: list[str]) -> str:
    return _("Choose one of {names}.").format(names=", ".join(names)) if names else ""
