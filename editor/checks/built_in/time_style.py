"""Times of day are written one way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_english, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_HALF = re.compile(
    r"(?<=\d)(?P<gap>[ \t\u00a0]?)"
    r"(?P<half>a\.m\.|p\.m\.|a\.m(?![.\w])|p\.m(?![.\w])|(?:am|pm|AM|PM)(?!\w))"
)


class TimeStyle:
    """Find times that are written in two ways."""

    id = "time-style"
    title = N_("Times of day are written one way")
    about = N_(
        "8 a.m., 8 am, 8am and 8AM side by side in one story. Headlines may shorten and are not "
        "compared. The fix writes all of them as most are; it leaves those alone whose last full "
        "stop ends a sentence."
    )
    level = Level.WARNING
    examples = (
        right(
            "It sails at 8 a.m. and at 9 p.m. sharp. I am 8. AM radio says so.",
            headline="Up at 8am",
        ),
        wrong(
            "It sails at 8am, at 9am and at 10 p.m. sharp.",
            found=" p.m.",
            fixed="It sails at 8am, at 9am and at 10pm sharp.",
        ),
        wrong(
            "It sails at 8 a.m., at 9 a.m. and at 10PM sharp.",
            found="PM",
            fixed="It sails at 8 a.m., at 9 a.m. and at 10 p.m. sharp.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the ways after figures."""
        if not is_english(subject):
            return
        times = list(
            search_words(subject, _halves, ("standfirst", "key_points", "body", "caption"))
        )
        ways = Counter(found.words.kind for found in times)
        if len(ways) < 2:
            return
        usual = max(ways, key=lambda way: ways[way])
        others = [found for found in times if found.words.kind != usual]
        edits = tuple(
            found.replaced(_like(usual, found.words.text))
            for found in others
            if found.words.instead
        )
        yield Finding(
            self.id,
            self.level,
            _("Times of day are written in {n} ways").format(n=len(ways)),
            _("Most here are like “8{usual}”, this one is like “8{other}”.").format(
                usual=usual, other=others[0].words.kind
            ),
            others[0].place,
            (Fix(_("Write all like “8{usual}”").format(usual=usual), edits),)
            if len(edits) == len(others)
            else (),
        )


def _halves(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(
            *match.span(),
            match[0],
            # The last full stop of “8 a.m.” may end the sentence as well.
            ""
            if re.match(r"\s*(?:$|\s+[\"“‘]?[A-Z])", block.text[match.end() : match.end() + 5])
            else "yes",
            (" " if match["gap"] else "") + match["half"].replace("p", "a").replace("P", "A"),
        )
        for match in _HALF.finditer(block.text)
    )


def _like(usual: str, written: str) -> str:
    is_afternoon = "p" in written.lower()
    if not is_afternoon:
        return usual
    return usual.replace("a", "p").replace("A", "P")
