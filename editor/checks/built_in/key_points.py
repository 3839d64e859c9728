"""How many key points a story has."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.findings import Finding, Level, TextPlace
from editor.core.story import KEY_POINTS
from editor.i18n import N_, _, plural


class KeyPointCount:
    """Find too few or too many key points."""

    id = "key-points"
    title = N_("Two to five key points")
    about = N_("Fewer than two key points, or more than five.")
    level = Level.WARNING
    examples = (
        right(key_points=("The ferry is back", "The port stays closed")),
        wrong("The ferry is back.", found="key_points"),
        wrong(key_points=("The ferry is back",), found="key_points"),
        wrong(key_points=("One", "Two", "Three", "Four", "Five", "Six"), found="key_points"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Count the key points that say something."""
        points = subject.story.key_points
        count = sum(1 for point in points if point.strip())
        if count not in KEY_POINTS and subject.is_started:
            yield Finding(
                self.id,
                self.level,
                plural("The story has {n} key point", "The story has {n} key points", count)
                if count
                else _("The story has no key points"),
                _("Give readers in a hurry {least} to {most}, one line each.").format(
                    least=KEY_POINTS.start, most=KEY_POINTS.stop - 1
                ),
                TextPlace("key_points"),
            )
