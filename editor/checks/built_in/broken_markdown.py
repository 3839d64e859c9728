"""Markdown that readers would see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, search_words
from editor.core.findings import Finding, Level
from editor.i18n import N_, _

_HINTS = {
    "stars": N_("Close it on both sides, without a space inside: **words**."),
    "link": N_("Write [words](https://…)."),
    "heading": N_("Write a space after #, and put it at the start of a line of its own."),
    "table": N_("Give each line as many columns as the first, and the second line its dashes."),
    "fence": N_("Close the code with ``` on a line of its own, or remove the marks."),
}
_BROKEN = re.compile(
    r"(?P<stars>(?<![*\w])\*\*(?=[^\W_])|(?<=[^\W_])\*\*(?![*\w])|(?<![\w_*])\*(?=[^\W\d_]{2})"
    r"(?=[^*\n]{1,200}(?:[.!?\n]|$))|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_]))"
    r"|(?P<link>\]\((?![^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)))"
    r"|(?P<heading>^#{1,6}(?=[^\W\d_]{2})[^\n]{0,80})"
    r"|(?P<table>^\|(?=[^|\n]*\|[^|\n]*\|)[^\n]*|^[^|\n]{1,80}\|[^|\n]{1,80}\|[^\n]{0,80}\|[ \t]*$)"
    r"|(?P<fence>^[ ]{0,3}(?:```|~~~)[\w ]{0,20}$)",
    re.MULTILINE,
)
"""Marks that are left in the words once the body is read: they did what nobody wanted."""


class BrokenMarkdown:
    """Find marks of Markdown that are left in what readers see."""

    id = "broken-markdown"
    title = N_("No Markdown is left in the text")
    about = N_(
        "Marks that readers would see: `**` or `__` without partner, half a link, # without a "
        "space, lines of a table whose columns don’t match, a fence of code that is never closed. "
        "Code and escaped marks are left alone."
    )
    level = Level.WARNING
    examples = (
        right("It is **bold** and *new*, 2 * 3 * 4, snake__case, a[1](b), `**` and #1 in sales."),
        right("## Crosshead\n\n| Boat | Cars |\n|---|---|\n| One | 120 |"),
        right("Five stars: \\*\\*\\*\\*\\*. See note.*"),
        wrong("It is **bold, she says.", found="**"),
        wrong("It is bold**, she says.", found="**"),
        wrong("It is ** bold**, she says.", found="**"),
        wrong("She reads [the report](the old quay", found="]("),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the words of the body, in which no mark that works is left."""
        for found in search_words(subject, _broken, ("body",)):
            mark = found.words.text.strip()
            yield Finding(
                self.id,
                self.level,
                _("Readers see “{mark}”").format(mark=mark if len(mark) <= 60 else f"{mark[:59]}…"),
                _(_HINTS[found.words.kind]),
                found.place,
            )


def _broken(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span(), match[0], kind=str(match.lastgroup))
        for match in _BROKEN.finditer(block.text)
    )
