"""Percentages are written one way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, PlacedWords, is_english, search_words
from editor.core.findings import Edit, Finding, Fix, Level
from editor.i18n import N_, _

_FIELDS = ("standfirst", "key_points", "body", "caption")
_PERCENT = re.compile(
    r"(?<=[\d٠-٩])(?P<gap>[ \t\u00a0\u202f-]?)(?P<sign>%|٪|per[ \u00a0]cent|percent|pct)(?![\w'’])"
)


class PercentStyle:
    """Find percentages that are written in two ways."""

    id = "percent-style"
    title = N_("Percentages are written one way")
    about = N_(
        "5%, 5 %, 5 percent, 5 per cent and 5 pct side by side after figures in one story. "
        "Headlines may shorten and are not compared, nor are percentages in words. The fix writes "
        "all of them as most are."
    )
    level = Level.WARNING
    examples = (
        right("It rose 5% and fell 3%, by one percent a year.", headline="Fares up 5 percent"),
        right("Um 5 % und 3 % mehr, 5 Prozent.", language="de"),
        wrong(
            "It rose 5 percent, then 3.5%, then 2 percent.",
            found="%",
            fixed="It rose 5 percent, then 3.5 percent, then 2 percent.",
        ),
        wrong(
            "It rose 5%, then 3 per cent, then 2%.",
            found=" per cent",
            fixed="It rose 5%, then 3%, then 2%.",
        ),
        wrong("ارتفع 5٪ ثم 3% ثم 2٪.", language="ar", found="%", fixed="ارتفع 5٪ ثم 3٪ ثم 2٪."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the ways; words such as “percent” are known in English only."""
        amounts = list(search_words(subject, _percentages, _FIELDS))
        if not is_english(subject):
            amounts = [found for found in amounts if found.words.kind.strip() in ("%", "٪")]
        ways = Counter(found.words.kind for found in amounts)
        if len(ways) < 2:
            return
        # Of ways that are used alike, the first in the story decides.
        usual = max(ways, key=lambda way: ways[way])
        others = [found for found in amounts if found.words.kind != usual]
        yield Finding(
            self.id,
            self.level,
            _("Percentages are written in {n} ways").format(n=len(ways)),
            _("Most here are like “5{usual}”, this one is like “5{other}”.").format(
                usual=usual, other=others[0].words.kind
            ),
            others[0].place,
            (
                Fix(
                    _("Write all like “5{usual}”").format(usual=usual), tuple(_edits(others, usual))
                ),
            ),
        )


def _percentages(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span(), match[0], kind=(" " if match["gap"] else "") + match["sign"])
        for match in _PERCENT.finditer(block.text)
    )


def _edits(amounts: list[PlacedWords], usual: str) -> Iterator[Edit]:
    for amount in amounts:
        yield amount.replaced(usual)
