"""The parts a story can't go out without."""

from __future__ import annotations

from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.findings import Finding, Level, TextPlace
from editor.core.story import Picture
from editor.i18n import N_
from editor.text.minimum import missing_parts


class Minimum:
    """Find a story that lacks what it can't go out without."""

    id = "minimum"
    title = N_("The story has a headline and a body")
    about = N_(
        "A story without a headline, or without a body unless it is marked as a picture story; a "
        "picture story without a picture. Such a story can’t be submitted, approved or exported, "
        "whatever the house style says."
    )
    level = Level.STOPS
    examples = (
        right("The ferry is back.", headline="Ferry resumes"),
        right(headline="Storm in pictures", picture_story=True, pictures=(Picture("a.jpg"),)),
        wrong("The ferry is back.", found="headline"),
        wrong(headline="Ferry resumes", found="body"),
        wrong(headline="Storm in pictures", picture_story=True, found="pictures"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look for what is missing once anything is written."""
        if subject.is_started:
            for part in missing_parts(subject.story, subject.document):
                place = TextPlace(part.path)
                yield Finding(self.id, self.level, part.sentence, part.hint, place)
