"""Weekdays against the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.reading import PROSE, search
from editor.checks.written_dates import WrittenDate, dates_in, story_day, weekday_name
from editor.core.dateline import Dateline
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _

_NEAR = 300
"""Days around the story's in which a date without a year may be: one of two years, or only one."""

_OF_MARCH = Dateline(city="Bergen", date="2026-03-01")


class WeekdayDate:
    """Find dates whose weekday is another one by the calendar."""

    id = "weekday-date"
    title = N_("Weekday and date agree")
    about = N_(
        "A date with a weekday that is wrong by the calendar, such as “Monday, 3 March 2026”, "
        "which is a Tuesday. A date without a year is read by the day of the dateline, or else "
        "of publishing; without either nothing is said about it."
    )
    level = Level.STOPS
    examples = (
        right(
            "It sails on Tuesday, March 3, and on 4 March 2026, a Wednesday.", dateline=_OF_MARCH
        ),
        right("It sails on Monday, March 3."),
        right("It sank on Friday, November 14.", dateline=_OF_MARCH),
        right("يبحر الثلاثاء 3 مارس 2026.", language="ar"),
        wrong("It sails on Monday, 3 March 2026.", found="Monday, 3 March 2026"),
        wrong("It sails on Monday, March 3.", found="Monday, March 3", dateline=_OF_MARCH),
        wrong("يبحر الاثنين 3 آذار 2026.", language="ar", found="الاثنين 3 آذار 2026"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each date that has a weekday and whose year is known."""
        language = subject.story.language
        find = dates_in(language)
        if find is None:
            return
        day_of_story = story_day(subject.story)
        for path, start, written in search(subject, find, PROSE):
            day = _wrong_day(written, day_of_story)
            if day is None:
                continue
            name = weekday_name(language, day.weekday())
            yield Finding(
                self.id,
                self.level,
                _("“{date}” has the wrong weekday").format(date=written.text),
                _("By the calendar that day in {year} is {weekday}.").format(
                    year=day.year, weekday=name
                ),
                TextPlace(path, start + written.start, start + written.end),
            )


def _wrong_day(written: WrittenDate, day_of_story: date | None) -> date | None:
    """Return the day a text means, if it surely has another weekday."""
    if written.weekday is None or not written.exists:
        return None
    known = list(_days_meant(written, day_of_story))
    if not known or any(day.weekday() == written.weekday for day in known):
        return None
    return known[0]


def _days_meant(written: WrittenDate, day_of_story: date | None) -> Iterator[date]:
    """Yield the days that a date can mean, the nearest to the story's first."""
    if written.year:
        day = written.in_year(written.year)
        if day is not None:
            yield day
    elif day_of_story is not None:
        nearby = []
        for year in range(day_of_story.year - 1, day_of_story.year + 2):
            day = written.in_year(year) if MINYEAR <= year <= MAXYEAR else None
            if day is not None and abs((day - day_of_story).days) <= _NEAR:
                nearby.append((abs((day - day_of_story).days), day))
        yield from (day for _distance, day in sorted(nearby))
