"""Figures above the story, which its body must bear out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.figures import Figure, figures_of, values_of
from editor.checks.reading import ABOVE_BODY, is_english, search
from editor.core.fields import field_at, noun
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _

_DIGITS_IN_WORDS = 3
_BOUNDS = (
    (r"nearly|almost|close to|up to|under|(?:less|fewer) than", 0.8, 1.0),
    (r"more than|over|at least|above|upwards of", 1.0, 1.25),
    (r"about|around|roughly|some|approximately|circa", 0.9, 1.1),
)
"""What a word before a figure says of the exact number: nearly 50 are 40 to 50."""
_LOOSE = tuple(
    (re.compile(rf"\b(?:{words})[ \u00a0][$£€¥]?$", re.IGNORECASE), low, high)
    for words, low, high in _BOUNDS
)


class FiguresInBody:
    """Find figures above the story that are not in its body."""

    id = "figures-in-body"
    title = N_("Figures match the body")
    about = N_(
        "A figure in the headline, the standfirst or a key point that is not in the body. 1,200, "
        "1.2 thousand and twelve hundred are the same, and a figure may be rounded: 1.2m for "
        "1,234,000, nearly 50 for 48. In other languages than English only figures of three "
        "digits and more are looked up, because their words are not known."
    )
    level = Level.WARNING
    examples = (
        right("It cost 1,234,000 kroner for twelve boats.", headline="12 boats for 1.2m kroner"),
        right("Fares rose 29.8 percent in two hundred days.", headline="Fares up 30% in 200 days"),
        right("In all 48 boats of 1,180 sank.", headline="Nearly 50 of more than 1,000 boats sink"),
        right("They flew F-16s to the G7.", headline="F-16s fly to G7 at 14:30"),
        right("Es kamen 1.200 Leute.", headline="12 Boote, 1200 Gäste", language="de"),
        wrong("It cost 12 million.", headline="Pier costs 21 million", found="21 million"),
        wrong("In all 48 sank.", headline="More than 50 boats sink", found="50"),
        wrong("In all 215 swam.", key_points=("In all 251 swam",), found="251"),
        wrong("شارك 512 سباحا.", headline="521 سباحا يعبرون", language="ar", found="521"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look up each figure among all numbers of the body."""
        if not subject.story.body.strip():
            return
        figures = list(search(subject, figures_of, ABOVE_BODY))
        if not is_english(subject):
            figures = [found for found in figures if _is_rarely_in_words(found[2])]
        if not figures:
            return
        known = frozenset[float]().union(
            *(block.made(values_of) for block, _start in subject.body.blocks)
        )
        for path, start, figure in figures:
            if not figure.is_borne_out_by(known) and not _is_near(
                subject.prose[path], start, figure, known
            ):
                name = (
                    noun(path) if field_at(path).many else _("the {field}").format(field=noun(path))
                )
                yield Finding(
                    self.id,
                    self.level,
                    _("“{figure}” in {place} is not in the body").format(
                        figure=figure.text, place=name
                    ),
                    _("Check the figure, or say in the body where it comes from."),
                    TextPlace(path, start + figure.start, start + figure.end),
                )


def _is_near(text: str, start: int, figure: Figure, known: Iterable[float]) -> bool:
    """Whether the body has a number that the word before a figure allows: nearly, more than."""
    before = text[max(0, start + figure.start - 20) : start + figure.start]
    for words, low, high in _LOOSE:
        if words.search(before):
            return any(
                low * value <= has <= high * value for value in figure.values for has in known
            )
    return False


def _is_rarely_in_words(figure: Figure) -> bool:
    digits = [char for char in figure.text if char.isdigit()]
    return len(digits) >= _DIGITS_IN_WORDS and digits[-1] != "0"
