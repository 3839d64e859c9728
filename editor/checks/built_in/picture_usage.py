"""Pictures whose terms of use don't let them go out now, or stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.picture_names import picture_name
from editor.core.findings import Finding, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_, _

_ONCE = re.compile(
    r"\bone[ -]?(?:time|off)\b(?:[ -](?:editorial )?use\b)?(?: only)?"
    r"|\bsingle[ -](?:editorial )?use\b(?: only)?"
    r"|\buse(?:d)? once\b(?! (?:per|an?|every|each)\b)|\bonce only\b",
    re.IGNORECASE,
)
_NO_ARCHIVE = re.compile(
    r"\bno[ -](?:archiv(?:e|es|al|ing)|storage)\b|\bnot (?:to be |for )?archiv(?:e|ed|ing)\b"
    r"|\bdo not archive\b|\bdelete after\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"embargo(?:ed)?|\bnot before|\bno use (?:before|until)|\bnot (?:to be )?used (?:before|until)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"^\W*$"  # nothing but the day
    r"|\b(?:until|till?|through|thru|expir\w*|end(?:s|ed|ing)?|valid|deadline|used? by"
    r"|no later than|bis|hasta|jusqu['’]au|حتى)\b(?:date\b|on\b|to\b|the\b|zum\b|[\s:])*$"
    r"|\b(?:no|not|never|cannot|can['’]t|don['’]t)\b[^.;\n]{0,40}\bafter:?\s*$"
    r"|\d{4}(?:-\d\d-\d\d)?\s*(?:to|[-–—])\s*$",
    re.IGNORECASE,
)
"""What is before a last day. Other days, such as when it was taken, are no limit."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"
    rf"|\b(?P<day2>\d\d?)(?:st|nd|rd|th)? {_MONTH.format('name')},? (?P<year2>\d{{4}})\b"
    rf"|\b{_MONTH.format('name2')} (?P<day3>\d\d?)(?:st|nd|rd|th)?,? (?P<year3>\d{{4}})\b",
    re.IGNORECASE,
)
"""Days that every reader understands in one way; 3/4/2026 is not one of them."""


class PictureUsage:
    """Find pictures that may be used once, no longer, not yet, or in no archive."""

    id = "picture-usage"
    title = N_("Pictures may be used")
    about = N_(
        "A picture whose usage names a last day that is past, or an embargo that is not over, "
        "allows one use only, or forbids an archive in a story that never expires. Days are read "
        "where they are clear: 2026-12-31, 31 December 2026, Dec 31, 2026. If you have made sure, "
        "change the usage or ignore the issue."
    )
    level = Level.WARNING
    examples = (
        right(pictures=(Picture(file="ferry.jpg", alt="A ferry", credit="AP"),)),
        right(pictures=(Picture(file="ferry.jpg", usage="Mandatory credit. Editorial use"),)),
        right(
            pictures=(Picture(file="ferry.jpg", usage="No archive"),), expires="2031-01-01T00:00Z"
        ),
        wrong(
            pictures=(Picture(file="ferry.jpg", usage="ONE TIME USE ONLY"),),
            found="ONE TIME USE ONLY",
        ),
        wrong(
            pictures=(Picture(file="ferry.jpg", usage="No sales. No archives."),),
            found="No archives",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Read the usage of each picture (IPTC Photo Metadata: Instructions, Usage Terms)."""
        for index, picture in enumerate(subject.story.pictures):
            path, name = f"pictures/{index}/usage", picture_name(subject, index)
            for found, sentence, hint in _problems(picture.usage, name, subject):
                place = TextPlace(path, *found.span())
                yield Finding(self.id, self.level, sentence, hint, place)


def _problems(usage: str, name: str, subject: Subject) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield what is found in a usage, with a sentence and a hint."""
    if found := _ONCE.search(usage):
        yield (
            found,
            _("{picture} may be used once only").format(picture=name),
            _("Make sure that it has not been used before, or choose another."),
        )
    found = _NO_ARCHIVE.search(usage)
    if found and not subject.story.expires:
        yield (
            found,
            _("{picture} may not stay in an archive").format(picture=name),
            _("Say under Details when the story expires, or choose another picture."),
        )
    today = subject.facts.today
    for found in _DAY.finditer(usage) if today else ():
        day, before = _day(found), usage[: found.start()]
        if _BEFORE.search(before):
            if day > today:
                yield (
                    found,
                    _("{picture} may not be used before {day}").format(picture=name, day=day),
                    _("Wait until then, or choose another picture."),
                )
        elif day and day < today and _LAST.search(before):
            yield (
                found,
                _("{picture} may not be used after {day}").format(picture=name, day=day),
                _("Ask for another licence, or choose another picture."),
            )


def _day(found: re.Match[str]) -> str:
    """Return a day as `YYYY-MM-DD`; empty where there is no such day."""
    parts = found.groupdict()
    name = parts["name"] or parts["name2"]
    month = _MONTHS.index(name.lower()) + 1 if name else int(parts["month"])
    year = parts["year"] or parts["year2"] or parts["year3"]
    day = parts["day"] or parts["day2"] or parts["day3"]
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""
