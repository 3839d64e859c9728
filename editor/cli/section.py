"""`stonehand section`: put stories into a section of the paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_option, open_desk, person_option, with_key
from editor.cli.printing import one_line, say
from editor.cli.several import find_rows, run_on_stories
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.reading.rows import StoryRow


@click.command("section")
@click.argument("section", metavar="SECTION")
@click.argument("slugs", metavar="SLUG…", nargs=-1, required=True)
@desk_option
@person_option
def section(section: str, slugs: tuple[str, ...], desk_path: Path, person: str) -> None:
    """Put stories into the section SECTION of the paper, by its slug.

    Each is saved as a new version. A story that is approved, or being edited in a window,
    keeps its section and is named.
    """
    from editor.store.reading.changeable import require_saved_text  # noqa: PLC0415  not for --help
    from editor.store.section_change import change_section  # noqa: PLC0415  nor this

    with open_desk(desk_path, writes=True) as desk:

        def move(row: StoryRow) -> None:
            require_saved_text(desk.journal, row)
            moved = with_key(
                desk, lambda: change_section(desk, row.id, row.version, section, person)
            )
            name = _("“{slug}” (version {n})").format(slug=row.slug, n=moved.after)
            done = (
                _("Put {story} into {section}.") if moved.count else _("{story} is there already.")
            )
            say(one_line(done.format(story=name, section=section)))

        run_on_stories(find_rows(desk, slugs), move)
