"""Times of day that no clock shows, or that say the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_english, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_HALF = r"(?:[ap]\.m\.?|[ap]m)"
_TIME = re.compile(
    rf"(?<![\w.,:$£€-])(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?[ \u00a0]?"
    rf"(?P<half>{_HALF})(?![\w-])"
    r"(?P<part>,? (?:in the (?:morning|afternoon|evening)|at night)(?!\w))?",
    re.IGNORECASE,
)
_TWELVE = re.compile(r"(?<![\w.,:-])12[ \u00a0](?P<word>noon|midnight)(?!\w)", re.IGNORECASE)


class ClockTime:
    """Find times that can't be, and times that say the same twice."""

    id = "clock-time"
    title = N_("Times of day are possible and said once")
    about = N_(
        "A time that no clock shows (14 p.m., 8:75 a.m.), or one that says the same twice: “12 "
        "noon”, “8 a.m. in the morning”. The fix removes what is said twice."
    )
    level = Level.WARNING
    examples = (
        right("It sails at 8:45 a.m., at noon and at 12 p.m., 6 in the morning, not 25 pm-boats."),
        wrong("It sails at 14 p.m. sharp.", found="14 p.m."),
        wrong("It sails at 8:75 am.", found="8:75 am"),
        wrong("It sails at 12 noon.", found="12 noon", fixed="It sails at noon."),
        wrong(
            "It sails at 8 a.m. in the morning, she said.",
            found="8 a.m. in the morning",
            fixed="It sails at 8 a.m., she said.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at times with a.m. or p.m. and at noon and midnight."""
        if not is_english(subject):
            return
        for found in search_words(subject, _times):
            words = found.words
            sentence = (
                _("“{time}” says the same twice") if words.instead else _("No clock shows “{time}”")
            )
            fix = Fix(_("Write “{time}”").format(time=words.instead), (found.edit,))
            yield Finding(
                self.id,
                self.level,
                sentence.format(time=words.text),
                _("“{time}” is enough.").format(time=words.instead)
                if words.instead
                else _("Write it with 12 hours and a.m. or p.m., or with 24 hours."),
                found.place,
                (fix,) if words.instead else (),
            )


def _times(block: BlockProse) -> tuple[FoundWords, ...]:
    text, found = block.text, []
    for match in _TIME.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > 12 or minute > 59 or (hour == 0 and match["half"][0] in "pP"):
            found.append(
                FoundWords(
                    match.start(), match.end("half"), text[match.start() : match.end("half")]
                )
            )
        elif match["part"]:
            found.append(
                FoundWords(*match.span(), match[0], text[match.start() : match.end("half")])
            )
    found += [
        FoundWords(*match.span(), match[0], match["word"]) for match in _TWELVE.finditer(text)
    ]
    return tuple(sorted(found))
