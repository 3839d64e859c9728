"""The parts a story must have, and how long its texts may be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.core.fields import label, noun
from editor.core.findings import Finding, Level, TextPlace
from editor.core.story import KEY_POINTS
from editor.i18n import _, plural
from editor.text.metrics import count_characters
from editor.text.minimum import missing_parts


class Minimum:
    """Find a story that lacks what it can't go out without."""

    id = "minimum"
    title = "The story has a headline and a body"
    about = "A story without a headline, or without a body unless it is a picture story."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look for what is missing once anything is written."""
        if subject.is_started:
            for part in missing_parts(subject.story, subject.document):
                place = TextPlace(part.path)
                yield Finding(self.id, Level.ERROR, part.sentence, part.hint, place)


class Length:
    """Find texts that are too long."""

    id = "length"
    title = "Texts are no longer than the house wants"
    about = "A text, such as the headline or a key point, longer than the house's limit for it."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare texts with `House.limit`, in characters as readers count."""
        for path, text in subject.texts.items():
            limit = subject.house.limit(path.partition("/")[0])
            length = count_characters(text) if limit else 0
            if length > limit:
                yield Finding(
                    self.id,
                    Level.WARNING,
                    _has_characters(path, length),
                    _("House style allows {limit}: cut {surplus}.").format(
                        limit=limit, surplus=length - limit
                    ),
                    _surplus(path, text, limit),
                )


class KeyPointCount:
    """Find too few or too many key points."""

    id = "key-points"
    title = "Two to five key points"
    about = "Fewer than two key points, or more than five."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Count the key points that say something."""
        points = subject.story.key_points
        count = sum(1 for point in points if point.strip())
        if count not in KEY_POINTS and subject.is_started:
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


def _has_characters(path: str, length: int) -> str:
    if "/" in path:
        return _("{field} has {n} characters").format(field=label(path), n=length)
    return _("The {field} has {n} characters").format(field=noun(path), n=length)


def _surplus(path: str, text: str, limit: int) -> TextPlace:
    """The part of a text behind its limit."""
    start = bisect_right(range(len(text)), limit, key=lambda end: count_characters(text[:end]))
    return TextPlace(path, max(start - 1, 0), len(text))
