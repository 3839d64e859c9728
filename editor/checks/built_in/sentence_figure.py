"""Figures at the start of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_english, search_words, sentences_of
from editor.core.findings import Finding, Level
from editor.i18n import N_, _

_FIRST = re.compile(r"[\"“‘']?(?P<figure>\d{1,3}(?:,\d{3})*)(?= [a-z]{2})")
_LIST = re.compile(r"\d+[.)] ")


class SentenceFigure:
    """Find sentences that begin with a figure."""

    id = "sentence-figure"
    title = N_("No sentence begins with a figure")
    about = N_(
        "A sentence of the body that begins with a figure (Associated Press Stylebook, numerals). "
        "A year may begin one; lists, tables and crossheads are left alone."
    )
    level = Level.HINT
    examples = (
        right("Twelve boats sailed. In all 512 swam. 2026 was dry. 7.30 is early."),
        right("| Boats | Cars |\n|---|---|\n| 12 boats | 120 cars |"),
        wrong("The storm passed. 12 boats sailed.", found="12"),
        wrong("512 people swam across the bay, the board said.", found="512"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the sentences of the body that end with a mark."""
        if not is_english(subject):
            return
        for found in search_words(subject, _figures_first, ("body",)):
            yield Finding(
                self.id,
                self.level,
                _("A sentence begins with “{figure}”").format(figure=found.words.text),
                _("Write the number in words, or begin with another word."),
                found.place,
            )


def _figures_first(block: BlockProse) -> tuple[FoundWords, ...]:
    found = []
    for start, end in block.made(sentences_of):
        match = _FIRST.match(block.text, start, end)
        if match and block.text[end - 1] in '.!?”"' and not _LIST.match(block.text, start):
            found.append(FoundWords(*match.span("figure"), match["figure"]))
    return tuple(found)
