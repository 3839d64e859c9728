"""Long numbers are grouped one way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_english, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_FIELDS = ("headline", "standfirst", "key_points", "body", "caption")
_GROUPED = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?![\w,-])")
_PLAIN = re.compile(
    # Something is counted: a small word follows, or money comes first.
    r"(?:(?<=[$£€])|(?<![\w.,:/#@+-]))(?P<digits>\d{5,9})"
    r"(?=[ \u00a0](?!(?:and|was|for|with|from|the)\b)[a-z]{3,}"
    r"|(?<=[$£€]\d{5})|(?<=[$£€]\d{6}))(?![\d,.]\d)"
)


class DigitGroups:
    """Find long numbers with and without commas."""

    id = "digit-groups"
    title = N_("Long numbers have their commas")
    about = N_(
        "A number of five digits or more without commas in a story whose other numbers have them: "
        "“12000 people”, “15,000 cars”. Years, numbers of streets, flights and telephones are left "
        "alone. The fix adds the commas."
    )
    level = Level.WARNING
    examples = (
        right("Call 5551234 or write to Bergen 50155. It cost 15,000 kroner in 2026."),
        right("It has 12000 people and 15000 cars."),
        wrong(
            "It has 12000 people and 15,000 cars.",
            found="12000",
            fixed="It has 12,000 people and 15,000 cars.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look for numbers that count something."""
        if not is_english(subject):
            return
        plain = list(search_words(subject, _plain, _FIELDS))
        if not plain:
            return
        grouped = next(search_words(subject, _grouped, _FIELDS), None)
        if grouped is None:
            return
        for found in plain:
            yield Finding(
                self.id,
                self.level,
                _("“{number}” has no commas").format(number=found.words.text),
                _("The story also has “{number}”.").format(number=grouped.words.text),
                found.place,
                (Fix(_("Write “{number}”").format(number=found.words.instead), (found.edit,)),),
            )


def _plain(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span("digits"), match["digits"], f"{int(match['digits']):,}")
        for match in _PLAIN.finditer(block.text)
        if not match["digits"].startswith("0")
    )


def _grouped(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(FoundWords(*match.span(), match[0]) for match in _GROUPED.finditer(block.text))
