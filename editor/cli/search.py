"""`stonehand search`: find stories by their words."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.base import desk_option, json_option, open_desk
from editor.cli.printing import one_line, say, say_json
from editor.cli.views import row_view
from editor.errors import BadInput
from editor.i18n import _
from editor.text.folding import fold


@click.command("search")
@click.argument("words", metavar="WORDS", nargs=-1, required=True)
@desk_option
@json_option
def search(words: tuple[str, ...], desk_path: Path, as_json: bool) -> None:
    """Find the stories that contain all the words, the newest first."""
    if not fold(" ".join(words)):
        raise BadInput(
            _("There is no word to search for."), _("Give a word with letters or digits.")
        )
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        typed = " ".join(words)
        rows = snapshot.search(typed)
        found = list(zip(rows, map(_unmark, snapshot.snippets(typed, rows)), strict=True))
    if as_json:
        say_json([row_view(row) | {"snippet": snippet} for row, snippet in found])
        return
    for row, snippet in found:
        say(f"{one_line(row.slug)}  {one_line(row.headline)}")
        say(f"    {one_line(snippet)}")
    if not found:
        say(_("No story contains all these words."))


def _unmark(snippet: str) -> str:
    """Remove the marks around the words that were found."""
    return snippet.replace("\x02", "").replace("\x03", "")
