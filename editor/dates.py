"""Days and times for a person, in the language of the interface.

English has the forms that no country misreads, `2026-03-03 14:02`; every other language those
of CLDR, with its names of months, its digits and its clock of 12 or 24 hours. What readers get
is written by `proof.words`, in the language of the story.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from editor.i18n import ENGLISH, _, babel_locale, in_digits, language_in_use

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""`strftime` would take the system's language, once Qt has started."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.A)


def day_text(day: date) -> str:
    """Write a day: `2026-03-03`, `3 مارس 2026`."""
    if (babel := _babel()) is None:
        return f"{day.year:04}-{day.month:02}-{day.day:02}"
    return babel.skeleton("yMMMd", day)


def clock_text(local: datetime) -> str:
    """Write the time of day: `14:02`, `2:02 م`."""
    if (babel := _babel()) is None:
        return f"{local.hour:02}:{local.minute:02}"
    return babel.time(local)


def moment_text(local: datetime) -> str:
    """Write a day and time: `2026-03-03 14:02`, `3 مارس 2026، 2:02 م`."""
    if (babel := _babel()) is None:
        return f"{day_text(local)} {clock_text(local)}"
    return babel.joined(day_text(local), clock_text(local))


def short_moment_text(local: datetime, today: date) -> str:
    """Write the time of day, with the day where it is not `today`: `14:02`, `3 Mar 14:02`."""
    if local.date() == today:
        return clock_text(local)
    if (babel := _babel()) is None:
        return f"{local.day} {_MONTHS[local.month - 1]} {clock_text(local)}"
    return babel.joined(babel.skeleton("MMMd", local), clock_text(local))


def utc_text(instant: str) -> str:
    """Write an RFC 3339 instant, which people elsewhere compare: in English as it is.

    Other languages name the month, and say that it is UTC. Any other text stays as it is.
    """
    if language_in_use() == ENGLISH or not _INSTANT.fullmatch(instant):
        return instant
    try:
        return _("{time} UTC").format(time=moment_text(datetime.fromisoformat(instant)))
    except ValueError:  # the 31st of a month that has 30 days
        return instant


class _Babel(NamedTuple):
    """What Babel writes in a language."""

    skeleton: Callable[[str, date], str]
    time: Callable[[datetime], str]
    joined: Callable[[str, str], str]


def _babel() -> _Babel | None:
    """Return the forms of the interface's language; None for English, which does without Babel."""
    if language_in_use() == ENGLISH:
        return None
    from babel.dates import format_skeleton, format_time  # noqa: PLC0415  English starts without

    locale = babel_locale(language_in_use())
    # The system of digits is no matter of Babel's dates.
    return _Babel(
        lambda skeleton, day: in_digits(format_skeleton(skeleton, day, locale=locale)),
        lambda local: in_digits(format_time(local.time(), "short", locale=locale)),
        lambda day, time: locale.datetime_formats["medium"].format(time, day),
    )
