"""Paragraphs that are in the body twice."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, paragraphs_of, search_words
from editor.core.findings import Finding, Level
from editor.i18n import N_, _

_FEWEST = 6


class RepeatedParagraph:
    """Find paragraphs that were pasted twice."""

    id = "repeated-paragraph"
    title = N_("No paragraph is there twice")
    about = N_("A paragraph of six words or more that is in the body a second time, word for word.")
    level = Level.WARNING
    examples = (
        right("The ferry sails.\n\nCars wait.\n\nThe ferry sails."),
        wrong(
            "The old ferry sails on Monday.\n\nCars wait.\n\nThe old ferry sails on Monday.",
            found="The old ferry sails on Monday.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the paragraphs of the body; line breaks and spaces don't matter."""
        seen = set[str]()
        for found in search_words(subject, _long_paragraphs, ("body",)):
            if found.words.kind in seen:
                yield Finding(
                    self.id,
                    self.level,
                    _("This paragraph is in the story twice"),
                    _("Remove one of them."),
                    found.place,
                )
            seen.add(found.words.kind)


def _long_paragraphs(block: BlockProse) -> tuple[FoundWords, ...]:
    found = []
    for start, end in block.made(paragraphs_of):
        words = block.text[start:end].split()
        if len(words) >= _FEWEST:
            found.append(FoundWords(start, end, "", kind=" ".join(words)))
    return tuple(found)
