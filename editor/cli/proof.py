"""`stonehand proof`: stories for reading on paper, as one PDF file."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import OutPath, desk_option, find_row, force_option, open_desk
from editor.cli.printing import say, showing_progress
from editor.i18n import _, language_in_use, plural, use_language


@click.command("proof")
@click.argument("slugs", metavar="SLUG…", nargs=-1, required=True)
@desk_option
@click.option("--out", required=True, type=OutPath(), help="The PDF file to write.")
@click.option("--no-notes", is_flag=True, help="Without the open notes of colleagues.")
@click.option("--ed-note", is_flag=True, help="With the private editor’s note.")
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", help="The size of the paper."
)
@force_option
def proof(
    slugs: tuple[str, ...],
    desk_path: Path,
    out: Path,
    no_notes: bool,
    ed_note: bool,
    paper: str,
    force: bool,
) -> None:
    """Write proofs of stories for reading on paper, as one PDF file.

    The lines of the body are numbered, the open notes of colleagues are marked in the text and
    listed at its end, and what is not approved says so on each page. The same versions give the
    same bytes on one computer.
    """
    # Only this verb needs what sets type.
    from editor.galley.contents import GalleyText, Wanted, read_galley  # noqa: PLC0415
    from editor.galley.pdf import without_window, write_pdf  # noqa: PLC0415

    use_language(language_in_use())  # on paper, unlike in a terminal, names are isolated
    wanted = Wanted(notes=not no_notes, ed_note=ed_note)
    with open_desk(desk_path) as desk, showing_progress() as progress, without_window():
        ids = [find_row(desk, slug).id for slug in slugs]
        galleys = [read_galley(desk, GalleyText(story), wanted, progress) for story in ids]
        pages = write_pdf(galleys, out, progress, size=paper, force=force)
    counted = plural("{n} page", "{n} pages", pages)
    say(_("Wrote {file}: {pages}.").format(file=out, pages=counted))
