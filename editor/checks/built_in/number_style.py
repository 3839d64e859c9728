"""Numbers below ten, in words and in figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, PlacedWords, is_english, search_words
from editor.checks.word_lists import word_set
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_FIELDS = ("standfirst", "key_points", "body", "caption")
_NAMES = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_COUNTED = re.compile(
    rf"(?<![\w.,:/$£€#-])(?<!No\. )(?P<number>[2-9]|{'|'.join(_NAMES)})"
    r"[ \u00a0](?P<noun>[a-z]{2,20}s|[a-z]{0,15}(?:men|people|children))(?![\w-])",
    re.IGNORECASE,
)
_MEASURED = word_set(
    "metres meters kilometres kilometers miles yards inches degrees percents points "
    "seconds minutes hours days weeks months years tons tonnes pounds ounces grams "
    "kilograms kilos litres liters gallons acres hectares watts volts knots dollars euros "
    "cents francs kroner sets goals wins losses runs wickets overs votes shares times"
)
"""What stories count in figures by custom: measures, money, sport, votes."""


class NumberStyle:
    """Find small numbers of one noun both in words and in figures."""

    id = "number-style"
    title = N_("Small numbers are written one way")
    about = N_(
        "The same noun counted in words and in figures: “three boats” and “4 boats” in one story. "
        "Only numbers from two to nine are compared, and no measures, ages, money, scores or "
        "votes. The fix writes the figures in words."
    )
    level = Level.WARNING
    examples = (
        right("It has three boats, 4 cars, five metres of rope and 6 metres of wire."),
        right("It has three boats and 12 boats to come. Pier 4 boats sail. No. 5 boats too."),
        right("It has 3 boats and 4 boats.", headline="3 boats sail"),
        wrong(
            "It has three boats and wants 4 boats more.",
            found="4",
            fixed="It has three boats and wants four boats more.",
        ),
        wrong("In all 5 people swam; two people drowned.", found="5",
              fixed="In all five people swam; two people drowned."),
    )  # fmt: skip

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the numbers of each noun; headlines may shorten."""
        if not is_english(subject):
            return
        by_noun: dict[str, list[PlacedWords]] = defaultdict(list)
        for found in search_words(subject, _counted, _FIELDS):
            by_noun[found.words.kind].append(found)
        for noun, counted in by_noun.items():
            figures = [found for found in counted if found.words.instead]
            if not figures or len(figures) == len(counted):
                continue
            one = next(found for found in counted if not found.words.instead)
            yield Finding(
                self.id,
                self.level,
                _("“{noun}” are counted in words and in figures").format(noun=noun),
                _("The story also has “{number} {noun}”.").format(number=one.words.text, noun=noun),
                figures[0].place,
                (Fix(_("Write them in words"), tuple(found.edit for found in figures)),),
            )


def _counted(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(
            *match.span("number"),
            number,
            _NAMES[int(number) - 2] if number.isdecimal() else "",
            noun,
        )
        for match in _COUNTED.finditer(block.text)
        if (noun := match["noun"].lower()) not in _MEASURED
        for number in (match["number"],)
        if not re.search(r"[A-Z]\w* $", block.text[max(0, match.start() - 15) : match.start()])
    )
