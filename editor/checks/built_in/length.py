"""Texts that are longer than the house wants."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.fields import label, noun
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _
from editor.text.metrics import count_characters


class Length:
    """Find texts that are too long."""

    id = "length"
    title = N_("Texts are no longer than the house wants")
    about = N_(
        "A headline, standfirst or key point longer than the paper’s limit for it. Characters are "
        "counted as readers see them."
    )
    level = Level.WARNING
    examples = (
        right(headline="Ferry resumes after the storm"),
        wrong(
            headline="Ferry between the island and the town resumes its service after the storm "
            "that closed the port",
            found="port",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare texts with `House.limit`, in characters as readers count."""
        for path, text in subject.texts.items():
            limit = subject.house.limit(path.partition("/")[0])
            length = count_characters(text) if limit else 0
            if length > limit:
                yield Finding(
                    self.id,
                    self.level,
                    _has_characters(path, length),
                    _("House style allows {limit}: cut {surplus}.").format(
                        limit=limit, surplus=length - limit
                    ),
                    _surplus(path, text, limit),
                )


def _has_characters(path: str, length: int) -> str:
    if "/" in path:
        return _("{field} has {n} characters").format(field=label(path), n=length)
    return _("The {field} has {n} characters").format(field=noun(path), n=length)


def _surplus(path: str, text: str, limit: int) -> TextPlace:
    """The part of a text behind its limit."""
    start = bisect_right(range(len(text)), limit, key=lambda end: count_characters(text[:end]))
    return TextPlace(path, max(start - 1, 0), len(text))
