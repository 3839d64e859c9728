"""The same words in two fields that stand on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.fields import field_at, label, noun
from editor.core.findings import Finding, Level, TextPlace
from editor.core.picture_reference import picture_reference
from editor.i18n import N_, _

_WORD = re.compile(r"[^\W_]+")
_FIELDS = ("headline", "standfirst", "key_points")
_FEWEST = 3


class RepeatedField:
    """Find a standfirst or a key point that says what stands above it, word for word."""

    id = "repeated-field"
    title = N_("Nothing above the story is said twice")
    about = N_(
        "A standfirst that repeats the headline, a key point that repeats the headline, the "
        "standfirst or another key point, or a first paragraph that repeats the standfirst, word "
        "for word. Fewer than three words are left alone."
    )
    level = Level.WARNING
    examples = (
        right(
            headline="Ferry sails", standfirst="Ferry sails", key_points=("It sails", "It sails")
        ),
        right(
            "The ferry sails again.",
            headline="Ferry sails again",
            standfirst="The ferry that sank sails.",
            key_points=("It has a new hull", "It has a new horn"),
        ),
        wrong(
            headline="Ferry sails again",
            standfirst="Ferry sails again.",
            found="Ferry sails again.",
        ),
        wrong(key_points=("It has a new hull", "It has a new hull."), found="It has a new hull."),
        wrong(
            "The ferry that sank sails.\n\nIt has a new hull.",
            standfirst="The ferry that sank sails",
            found="The ferry that sank sails.",
        ),
        wrong(
            f"{picture_reference('4f' * 32 + '.jpg')}\n\nThe ferry that sank sails.",
            standfirst="The ferry that sank sails",
            found="The ferry that sank sails.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare words only: capitals and punctuation don't matter."""
        above: dict[tuple[str, ...], str] = {}
        for path, text in subject.texts.items():
            if path.split("/")[0] in _FIELDS:
                words = _words(text)
                if len(words) >= _FEWEST and words in above:
                    yield self._finding(TextPlace(path, 0, len(text)), above[words])
                above.setdefault(words, path)
        if subject.body.first_words is not None:
            block, start = subject.body.first_words
            text = block.text.strip()
            words = _words(text) if len(text) < 1_000 else ()
            if len(words) >= _FEWEST and above.get(words) == "standfirst":
                at = start + block.text.index(text)
                yield self._finding(TextPlace("body", at, at + len(text)), "standfirst")

    def _finding(self, place: TextPlace, other: str) -> Finding:
        path = place.path
        name = noun(other) if field_at(other).many else _("the {field}").format(field=noun(other))
        return Finding(
            self.id,
            self.level,
            _("The first paragraph repeats {other}").format(other=name)
            if path == "body"
            else _("{field} repeats {other}").format(field=label(path), other=name),
            _("Readers see both, one after the other. Say something new."),
            place,
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))
