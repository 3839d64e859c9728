"""Days as people type them: `2026-03-03`, `3.3.2026`, `3 March 2026`, `٣ مارس ٢٠٢٦`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from unicodedata import digit

from editor.core.dateline import day_text, months_of
from editor.core.times import parse_day
from editor.errors import BadValue
from editor.i18n import _, language_in_use

# A day that is half typed is none: a year that comes last has four digits, and after a year that
# comes first the day has two.
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d\d)\2(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_WORDS = re.compile(r"[\w\s.,،’'\u200e\u200f]+")
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th|er)?\b", re.IGNORECASE)
_PARTICLES = frozenset({"de", "del", "of", "the"})
_YEAR_DIGITS, _LEAST_LETTERS = 4, 3


def read_day(text: str, languages: Iterable[str]) -> str:
    """Return the day that a text means: `2026-03-03`, or `--03-03` as it is; empty for none.

    `languages` (BCP 47) are those in which months may be named, besides English. Raises
    BadValue for a text that is no day, or that is one day in America and another one elsewhere.
    """
    if not text.strip():
        return ""
    if not (days := possible_days(text, languages)):
        raise BadValue(
            _("“{text}” is not a day.").format(text=text.strip()),
            _("Write it like 2026-03-03 or 3 March 2026, or --03-03 without a year."),
        )
    if len(days) > 1:
        one, other = (day_text(day, language_in_use()) for day in days)
        raise BadValue(
            _("“{text}” may be {one} or {other}.").format(text=text.strip(), one=one, other=other),
            _("Write the name of the month, or {day}.").format(day=days[0]),
        )
    return days[0]


def possible_days(text: str, languages: Iterable[str]) -> list[str]:
    """Return the days that a text may mean: none, one, or two where it is not clear."""
    plain = ascii_digits(text).strip()
    if plain.startswith("--"):
        return [plain] if _is_day(plain) else []
    if found := _YEAR_FIRST.fullmatch(plain):
        return _days(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(plain):
        day_first = _days(found[4], found[3], found[1])
        # A point is after the day wherever it is written so; a stroke also after America's month.
        month_first = [] if found[2] == "." else _days(found[4], found[1], found[3])
        return list(dict.fromkeys(day_first + month_first))
    return _days_in_words(plain, languages) if _WORDS.fullmatch(plain) else []


def ascii_digits(text: str) -> str:
    """Return a text with the digits of any keyboard, as ٠ to ٩, as 0 to 9."""
    return "".join(str(digit(letter)) if letter.isdecimal() else letter for letter in text)


def _days_in_words(text: str, languages: Iterable[str]) -> list[str]:
    numbers = _NUMBER.findall(text)
    words = re.findall(r"[^\W\d_]+", _NUMBER.sub(" ", text.casefold()))
    name = " ".join(word for word in words if word not in _PARTICLES)
    if len(numbers) != 2 or len(numbers[1]) != _YEAR_DIGITS or len(name) < _LEAST_LETTERS:
        return []
    day, year = numbers
    for language in (*languages, "en"):
        names = [month.casefold() for month in months_of(language)]
        found = [n for n, month in enumerate(names, 1) if _is_short(name, month)]
        if len(found) == 1:
            return _days(year, str(found[0]), day)
    return []


def _is_short(one: str, other: str) -> bool:
    """Return whether a name is the other one, or short for it."""
    return one.startswith(other) or other.startswith(one)


def _days(year: str, month: str, day: str) -> list[str]:
    try:
        return [date(int(year), int(month), int(day)).isoformat()]
    except ValueError:
        return []


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except BadValue:
        return False
    return True
