"""Instants and days as text, in one form each (RFC 3339, ISO 8601)."""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from editor.dates import moment_text, utc_text
from editor.errors import BadValue
from editor.i18n import _

CLOCK_TOLERANCE = timedelta(minutes=2)
"""How far the clocks of a newsroom's computers may differ before anybody is told."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.A)
_MONTH_DAY = re.compile(r"--(\d\d)-(\d\d)")


def now() -> datetime:
    """Return the present instant, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def instant_text(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, to the second: `2026-03-03T14:02:00Z`."""
    # Not strftime: its %Y has no leading zeros on every system.
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def is_instant_text(text: str) -> bool:
    """Whether a text is an instant exactly as `instant_text` writes it, so that texts compare."""
    try:
        return bool(_INSTANT.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant; without an offset it is UTC. Raises BadValue."""
    try:
        instant = datetime.fromisoformat(text.strip())
        return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        # Near the first or the last year, an offset may lead out of the calendar.
        raise BadValue(
            _("“{text}” is not a date and time.").format(text=text),
            _("Write it like 2026-03-03T14:02:00Z."),
        ) from None


def in_zone(instant: datetime, zone: tzinfo | None = None) -> datetime:
    """Return an instant as the clocks of a zone show it; without one, as this computer's do.

    Where that would lead out of the calendar, near its first and its last day, it stays in UTC.
    """
    try:
        return instant.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return instant.astimezone(UTC)


def shown_at(instant: str | datetime) -> str:
    """Write when something was, on this computer's clock, in the language of the interface.

    Takes an RFC 3339 instant or a datetime with a zone. Raises BadValue.
    """
    at = parse_instant(instant) if isinstance(instant, str) else instant
    return moment_text(in_zone(at))


def day_at(instant: datetime, zone: tzinfo) -> str:
    """Return the day of an instant in a zone: `2026-03-03`."""
    return in_zone(instant, zone).date().isoformat()


def year_end(instant: datetime, zone: tzinfo) -> datetime | None:
    """Return when the year of an instant ends in a zone; None for the last year."""
    year = in_zone(instant, zone).year
    return None if year == MAXYEAR else datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)


def month_start(instant: datetime, zone: tzinfo) -> datetime:
    """Return when the month of an instant began in a zone."""
    local = in_zone(instant, zone)
    first = datetime(local.year, local.month, 1, tzinfo=local.tzinfo)
    try:
        return first.astimezone(UTC)
    except OverflowError:  # before the first day of the calendar
        return datetime.min.replace(tzinfo=UTC)


def minute_text(local: datetime) -> str:
    """Write a local day and time to the minute: `2026-03-03 18:00`."""
    return local.replace(tzinfo=None).isoformat(" ", "minutes")


class ClockReading(NamedTuple):
    """The instant that a wall clock's time means, and how often the clock shows that time.

    When a clock goes forward, the hour it leaps over is shown never; when it goes
    back, an hour is shown twice.
    """

    instant: datetime
    shown: int


def read_clock(shown: datetime, zone: tzinfo | None = None) -> ClockReading:
    """Return what a time without a zone means in a zone; without one, in this computer's.

    Of two answers it is the later, so that nothing is released earlier than meant.
    Raises OverflowError outside the calendar.
    """
    both = [_as_instant(shown.replace(fold=fold), zone) for fold in (0, 1)]
    if both[0] == both[1]:
        return ClockReading(both[0], 1)
    later = max(both)
    exists = later.astimezone(zone).replace(tzinfo=None, fold=0) == shown.replace(fold=0)
    return ClockReading(later, 2 if exists else 0)


def _as_instant(shown: datetime, zone: tzinfo | None) -> datetime:
    return (shown.replace(tzinfo=zone) if zone else shown).astimezone(UTC)


def clock_doubt(now: datetime, newest: datetime) -> str:
    """Say that a clock is behind the newest event, or that one is dated ahead; empty if not."""
    if newest <= now + CLOCK_TOLERANCE:
        return ""
    return _(
        "Something was done on this desk at {then}, but the clock of this computer says {now}."
    ).format(then=utc_text(instant_text(newest)), now=utc_text(instant_text(now)))


def parse_day(text: str) -> tuple[int | None, int, int]:
    """Read a day as (year, month, day); the year is None in `--MM-DD`.

    `--03-03` is a day whose year is not known, as wire copy gives it (XML
    Schema's gMonthDay). Raises BadValue for anything else.
    """
    try:
        if month_day := _MONTH_DAY.fullmatch(text):
            month, day = int(month_day[1]), int(month_day[2])
            date(2000, month, day)
            return None, month, day
        whole = date.fromisoformat(text)
    except ValueError:
        raise BadValue(
            _("“{text}” is not a day.").format(text=text),
            _("Write it like 2026-03-03, or --03-03 without a year."),
        ) from None
    return whole.year, whole.month, whole.day
