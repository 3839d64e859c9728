"""The parts a story must have, and how long they may be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from editor.checks.base import Finding, Level, Subject, TextPlace
from editor.core.story import KEY_POINTS
from editor.i18n import _, plural
from editor.text.metrics import characters


class Headline:
    """Find a headline that is missing or too long."""

    id = "headline-length"
    title = "The headline fits"
    about = "A story without a headline, or a headline longer than the house's limit."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the headline with `House.headline_limit`, in characters as readers count."""
        headline, limit = subject.story.headline, subject.house.headline_limit
        if not headline.strip():
            if subject.started:
                yield Finding(
                    self.id,
                    Level.ERROR,
                    _("The story has no headline"),
                    _("Say in a line what happened; lists and links show nothing else."),
                    TextPlace("headline"),
                )
            return
        length = characters(headline)
        if length > limit:
            yield Finding(
                self.id,
                Level.WARNING,
                _("The headline has {n} characters").format(n=length),
                _too_long(length, limit),
                _surplus("headline", headline, limit),
            )


class KeyPoints:
    """Find too few, too many or too long key points."""

    id = "key-points"
    title = "Two to five key points, one line each"
    about = "Fewer than two key points, more than five, or one longer than the house's limit."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Count the key points that say something, and the characters of each."""
        points = subject.story.key_points
        count = sum(1 for point in points if point.strip())
        if count not in KEY_POINTS and subject.started:
            yield Finding(
                self.id,
                Level.WARNING,
                plural("The story has {n} key point", "The story has {n} key points", count)
                if count
                else _("The story has no key points"),
                _("Give readers in a hurry {least} to {most}, one line each.").format(
                    least=KEY_POINTS.start, most=KEY_POINTS.stop - 1
                ),
                TextPlace("key_points"),
            )
        limit = subject.house.key_point_limit
        for index, point in enumerate(points):
            length = characters(point)
            if length > limit:
                yield Finding(
                    self.id,
                    Level.WARNING,
                    _("Key point {number} has {n} characters").format(number=index + 1, n=length),
                    _too_long(length, limit),
                    _surplus(f"key_points/{index}", point, limit),
                )


def _too_long(length: int, limit: int) -> str:
    return _("House style allows {limit}: cut {surplus}.").format(
        limit=limit, surplus=length - limit
    )


def _surplus(path: str, text: str, limit: int) -> TextPlace:
    """The part of a text behind its limit."""
    start = bisect_right(range(len(text)), limit, key=lambda end: characters(text[:end]))
    return TextPlace(path, max(start - 1, 0), len(text))
