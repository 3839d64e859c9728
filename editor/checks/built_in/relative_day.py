"""Days that only their readers of today understand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_in_language, search_words, unquoted
from editor.core.dateline import Dateline
from editor.core.findings import Finding, Level
from editor.i18n import N_, _, plural

_DAYS = {
    "en": re.compile(
        r"(?<![\w'’-])(?:yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)"
        r"|(?<=[a-z] )(?<!of )(?<!than )(?<!until )(?<!till )(?<!as )(?<!even )(?<!are )(?<!is )"
        r"(?<!for )(?<!by )(?-i:today)(?! (?:than|as|is|are)\b))(?![\w'’-])",
        re.IGNORECASE,
    ),
    "ar": re.compile(r"(?<![\w])(?:أمس|غدا|غدًا|غداً|الليلة الماضية|صباح اليوم|مساء اليوم)(?!\w)"),
    "de": re.compile(
        r"(?<!\w)(?:gestern|morgen Abend|morgen früh|heute (?:Morgen|Abend|Nacht))(?!\w)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?<!\w)(?:hier (?:soir|matin)|demain (?:soir|matin)|ce (?:soir|matin))(?!\w)",
        re.IGNORECASE,
    ),
}


class RelativeDay:
    """Find “yesterday” and “tomorrow” in a story that doesn't say which day it was written."""

    id = "relative-day"
    title = N_("Yesterday and tomorrow have a day")
    about = N_(
        "“Today”, “yesterday”, “tomorrow” or “tonight” in the body of a story whose dateline has "
        "no date: who reads it a day later takes it for another day. Quotations, and “today” in "
        "the sense of nowadays, are left alone."
    )
    level = Level.HINT
    examples = (
        right("It sails tomorrow.", dateline=Dateline(city="Bergen", date="2026-03-03")),
        right(
            "“It sails tomorrow,” she said. Boats of today are as large as yesterday's. "
            "It says in USA Today."
        ),
        wrong("It sails tomorrow, the board said.", found="tomorrow"),
        wrong("The board said today that it sails.", found="today"),
        wrong("قالت البلدية أمس إنها ستفتح الممشى.", language="ar", found="أمس"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the body once; one finding is enough for the story."""
        if subject.story.dateline.date or not is_in_language(subject, *_DAYS):
            return
        find = _FINDERS[subject.story.language.partition("-")[0].lower()]
        days = list(search_words(subject, find, ("body",)))
        if days:
            yield Finding(
                self.id,
                self.level,
                _("“{day}” depends on when it is read").format(day=days[0].words.text),
                plural(
                    "Name the day of the week, or give the dateline a date.",
                    "Name the day of the week, or give the dateline a date. "
                    "There are {n} such words.",
                    len(days),
                ),
                days[0].place,
            )


def _finder(language: str) -> Callable[[BlockProse], tuple[FoundWords, ...]]:
    pattern = _DAYS[language]

    def find(block: BlockProse) -> tuple[FoundWords, ...]:
        if not pattern.search(block.text):
            return ()
        return tuple(
            FoundWords(*match.span(), match[0]) for match in pattern.finditer(unquoted(block))
        )

    return find


_FINDERS = {language: _finder(language) for language in _DAYS}
