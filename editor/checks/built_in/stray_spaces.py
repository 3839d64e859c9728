"""Double spaces and characters nobody meant to type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.i18n import N_, _, plural
from editor.text.invisible import stray_characters

_SPACE = " \t\u00a0"
_DOUBLE = re.compile(f"(?<=[^{_SPACE}])[{_SPACE}]{{2,}}(?=[^{_SPACE}])")
_COLUMNS = re.compile(r"[^ ] {3,}[^ ]")


class StraySpaces:
    """Find double spaces and characters that can't be seen."""

    id = "stray-spaces"
    title = N_("No double spaces or invisible characters")
    about = N_(
        "Double spaces, and characters nobody sees, such as zero-width spaces and soft hyphens "
        "from pasted text. Line breaks, spaced tables, code, no-break spaces before units, joiners "
        "in Persian or emoji and marks of direction in Arabic are left alone."
    )
    level = Level.WARNING
    examples = (
        right("It weighs 5\u00a0kg. `a  b` is code."),
        right("می\u200cخواهم", language="fa"),
        wrong("The ferry  is back.", found="  ", fixed="The ferry is back."),
        wrong("The co\u00adoperative is back.", found="\u00ad", fixed="The cooperative is back."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at prose only: line breaks, spaced tables and code are left alone."""
        spaces = [edit for path, text in subject.prose.items() for edit in _doubles(path, text)]
        if spaces:
            yield self._finding(
                plural("There is {n} double space", "There are {n} double spaces", len(spaces)),
                _("One space is enough, also after a full stop."),
                Fix(_("Use one space"), tuple(spaces)),
            )
        strays = [
            Edit(path, start, end, instead)
            for path, text in subject.prose.items()
            for start, end, instead in stray_characters(text)
        ]
        if strays:
            yield self._finding(
                plural(
                    "There is {n} invisible character",
                    "There are {n} invisible characters",
                    len(strays),
                ),
                _("Pasted text brings them along. They break searching and line ends."),
                Fix(_("Remove"), tuple(strays)),
            )

    def _finding(self, sentence: str, hint: str, fix: Fix) -> Finding:
        first = fix.edits[0]
        place = TextPlace(first.path, first.start, first.end)
        return Finding(self.id, self.level, sentence, hint, place, (fix,))


def _doubles(path: str, text: str) -> Iterator[Edit]:
    """Yield runs of spaces inside a line; in fields of one line also at their ends."""
    if "  " not in text and "\t" not in text and "\u00a0" not in text:
        return
    at = 0
    for line in text.split("\n"):
        # Agencies send tables as spaced text; their columns are meant.
        if path != "body" or not _COLUMNS.search(line):
            for match in _DOUBLE.finditer(line):
                yield Edit(path, at + match.start(), at + match.end(), " ")
        at += len(line) + 1
    inner = text.strip(_SPACE)
    if path == "body" or not inner:
        return
    before = len(text) - len(text.lstrip(_SPACE))
    if before > 1:
        yield Edit(path, 0, before, "")
    if len(text) - before - len(inner) > 1:
        yield Edit(path, before + len(inner), len(text), "")
