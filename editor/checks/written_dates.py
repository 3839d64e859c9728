"""Dates as stories write them: “Monday, March 3”, “3 March 2026”, “الاثنين 3 مارس”."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from editor.checks.prose import BlockProse
from editor.core.story import Story
from editor.core.times import parse_day, parse_instant
from editor.errors import BadValue

_LEAP_YEAR = 2000
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class WrittenDate(NamedTuple):
    """A date in a text: weekday from 0 for Monday, or None; year, or None where it has none."""

    start: int
    end: int
    text: str
    weekday: int | None
    day: int
    month: int
    year: int | None

    @property
    def exists(self) -> bool:
        """Whether the calendar has the day, in some year where the text names none."""
        return self.day <= self.days_in_month

    @property
    def days_in_month(self) -> int:
        """How many days the month has, in a leap year where the text names none."""
        return monthrange(self.year or _LEAP_YEAR, self.month)[1]

    def in_year(self, year: int) -> date | None:
        """Return the day in a year; None where that has no February 29."""
        if (self.month, self.day) == (2, 29) and not isleap(year):
            return None
        return date(year, self.month, self.day)


class _Names(NamedTuple):
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    """From January on; other names and short forms after a bar."""
    month_first: bool = False
    between: str = ""
    """What may be between day, month and year."""


_NAMES: Mapping[str, _Names] = {
    "en": _Names(
        ("Monday|Mon", "Tuesday|Tues|Tue", "Wednesday|Wed", "Thursday|Thurs|Thur|Thu",
         "Friday|Fri", "Saturday|Sat", "Sunday|Sun"),
        ("January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul",
         "August|Aug", "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec"),
        month_first=True,
        between="of ",
    ),
    "ar": _Names(
        ("الاثنين|الإثنين", "الثلاثاء", "الأربعاء|الاربعاء", "الخميس", "الجمعة", "السبت",
         "الأحد|الاحد"),
        ("يناير|كانون الثاني", "فبراير|شباط", "مارس|آذار", "أبريل|إبريل|نيسان", "مايو|أيار",
         "يونيو|حزيران", "يوليو|تموز", "أغسطس|آب", "سبتمبر|أيلول", "أكتوبر|تشرين الأول",
         "نوفمبر|تشرين الثاني", "ديسمبر|كانون الأول"),
        between="من ",
    ),
    "de": _Names(
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag|Sonnabend", "Sonntag"),
        ("Januar|Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
         "Oktober", "November", "Dezember"),
    ),
    "es": _Names(
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
         "septiembre|setiembre", "octubre", "noviembre", "diciembre"),
        between="de ",
    ),
    "fr": _Names(
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
         "octobre", "novembre", "décembre"),
    ),
}  # fmt: skip


def dates_in(language: str) -> Callable[[BlockProse], tuple[WrittenDate, ...]] | None:
    """Return what finds the dates of a block in a language (BCP 47); None for one not known."""
    primary = language.partition("-")[0].lower()
    return _finder(primary) if primary in _NAMES else None


def weekday_name(language: str, weekday: int) -> str:
    """Return the name of a weekday in a language that `dates_in` knows."""
    return _NAMES[language.partition("-")[0].lower()].weekdays[weekday].partition("|")[0]


def story_day(story: Story) -> date | None:
    """Return the day a story is of: its dateline's, else that of publishing; None if not known."""
    try:
        if story.dateline.date:
            year, month, day = parse_day(story.dateline.date)
            if year:
                return date(year, month, day)
        for instant in (story.publish_at, story.embargo):
            if instant:
                return parse_instant(instant).date()
    except (BadValue, ValueError):
        return None
    return None


@lru_cache(maxsize=16)
def _finder(primary: str) -> Callable[[BlockProse], tuple[WrittenDate, ...]]:
    names = _NAMES[primary]
    weekdays, months = _numbers(names.weekdays), _numbers(names.months)
    pattern = _pattern(names)

    def find(block: BlockProse) -> tuple[WrittenDate, ...]:
        return tuple(
            WrittenDate(
                match.start(),
                match.end(),
                match[0],
                weekdays[match["weekday"]] if match["weekday"] else None,
                int(_first(match, "day").translate(_DIGITS)),
                months[_first(match, "month")] + 1,
                int(year.translate(_DIGITS)) if (year := match["year"]) else None,
            )
            for match in pattern.finditer(block.text)
        )

    return find


def _pattern(names: _Names) -> re.Pattern[str]:
    weekday = rf"(?:(?P<weekday>{_any(names.weekdays)})\.?,?[ \u00a0](?:the )?)?"
    month, between = _any(names.months), rf"(?:{names.between})?"
    day = r"[0-3٠-٣]?[0-9٠-٩]"
    day_first = (
        rf"(?P<day1>{day})(?:st|nd|rd|th|er|\.)?[ \u00a0]{between}"
        rf"(?P<month1>{month})\.?(?![^\W_])"
    )
    month_first = (
        rf"(?P<month2>{month})\.?[ \u00a0](?P<day2>{day})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
    )
    dates = (
        f"(?:{day_first}|{month_first})"
        if names.month_first
        else f"(?:{day_first}|(?P<month2>(?!))(?P<day2>))"
    )
    year = rf"(?:,?[ \u00a0]{between}(?P<year>(?:1[89]|20)\d\d|[١٢][٠٨٩][٠-٩][٠-٩])(?![\w]))?"
    return re.compile(rf"(?<![\w.,:/$£€-]){weekday}{dates}{year}")


def _first(match: re.Match[str], name: str) -> str:
    return match[f"{name}1"] or match[f"{name}2"]


def _any(names: tuple[str, ...]) -> str:
    return "|".join(sorted("|".join(names).split("|"), key=len, reverse=True))


def _numbers(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, known in enumerate(names) for name in known.split("|")}
