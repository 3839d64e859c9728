"""Days that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.reading import PROSE, search
from editor.checks.written_dates import dates_in
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _


class RealDate:
    """Find dates that no calendar has."""

    id = "real-date"
    title = N_("Dates exist")
    about = N_("A day that its month does not have, such as June 31, or February 29 in 2026.")
    level = Level.STOPS
    examples = (
        right("From February 29 to May 31, and on 29 February 2024. May 45 people sail?"),
        right("بدأ في 31 مارس وانتهى في 30 أبريل 2026.", language="ar"),
        wrong("It ends on June 31, the board said.", found="June 31"),
        wrong("It ends on 29 February 2026.", found="29 February 2026"),
        wrong("ينتهي في 31 نيسان 2026.", language="ar", found="31 نيسان 2026"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at dates with the month's name, in the languages whose months are known."""
        find = dates_in(subject.story.language)
        if find is None:
            return
        for path, start, written in search(subject, find, PROSE):
            # “May 45 people sail?” is a question about people.
            if written.exists or written.day > 31:
                continue
            yield Finding(
                self.id,
                self.level,
                _("There is no “{date}”").format(date=written.text),
                _("That month has {n} days.").format(n=written.days_in_month),
                TextPlace(path, start + written.start, start + written.end),
            )
