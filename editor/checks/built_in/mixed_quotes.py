"""Quotation marks: straight or curly ones, and not both in one story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.quote_marks import (
    CURLY,
    STRAIGHT,
    MarkRole,
    ParagraphMarks,
    QuoteMark,
    find_quote_marks,
)
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.story import Story
from editor.i18n import N_, _
from editor.text.quotation_marks import curly_marks

_BOTH_KINDS = STRAIGHT + CURLY

_Convert: TypeAlias = Callable[[QuoteMark, Story], str]


class MixedQuotes:
    """Find stories that use straight and curly marks side by side."""

    id = "mixed-quotes"
    title = N_("One kind of quotation marks")
    about = N_(
        "Straight (\" ') and curly (“ ” ‘ ’) quotation marks or apostrophes in one story. One fix "
        "makes all of them the kind that is used more, the other the other kind. Code inside a "
        "line, web and mail addresses, feet and inches are left alone."
    )
    level = Level.WARNING
    examples = (
        right('“Yes,” she said. It’s 6\'2" long, says `print("no")`.'),
        wrong("“Yes,” she said. “It's late.”", found="'", fixed="“Yes,” she said. “It’s late.”"),
        wrong(
            '"Yes," she said. “No”, "perhaps".',
            found="“",
            fixed='"Yes," she said. "No", "perhaps".',
        ),
        wrong('„Ja“ "nein"', found='"', fixed="„Ja“ „nein“", language="de"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare all fields of the story; code, addresses, feet and inches are left alone."""
        marks = [
            (path, mark)
            for path, paragraphs in subject.quote_marks.items()
            for mark in _convertible(paragraphs)
        ]
        straight = [found for found in marks if found[1].char in STRAIGHT]
        curly = [found for found in marks if found[1].char in CURLY]
        if not straight or not curly:
            return
        to_curly = _fix(subject, _("Make all curly"), _to_curly)
        to_straight = _fix(subject, _("Make all straight"), _to_straight)
        mostly_curly = len(curly) >= len(straight)
        fixes = (to_curly, to_straight) if mostly_curly else (to_straight, to_curly)
        path, mark = (straight if mostly_curly else curly)[0]
        yield Finding(
            self.id,
            self.level,
            _("Straight and curly quotation marks are mixed"),
            _("The story has {straight} straight and {curly} curly ones. Use one kind.").format(
                straight=len(straight), curly=len(curly)
            ),
            TextPlace(path, mark.at, mark.at + 1),
            tuple(fix for fix in fixes if fix is not None),
        )


def _convertible(paragraphs: Iterable[ParagraphMarks]) -> Iterator[QuoteMark]:
    """The marks that are straight or curly by choice.

    Hebrew writes its own gershayim with the key of the straight double mark.
    """
    for paragraph in paragraphs:
        for mark in paragraph.marks:
            gershayim = mark.char == '"' and mark.role is MarkRole.APOSTROPHE
            if mark.role is not MarkRole.PRIME and mark.char in _BOTH_KINDS and not gershayim:
                yield mark


def _fix(subject: Subject, title: str, convert: _Convert) -> Fix | None:
    """Convert every mark of the story; None when the text can't be read one way."""
    edits: list[Edit] = []
    for path, paragraphs in subject.quote_marks.items():
        text = _converted(subject.prose[path], paragraphs, subject.story, convert)
        if text is None:
            return None
        edits += [
            Edit(path, mark.at, mark.at + 1, text[mark.at])
            for paragraph in paragraphs
            for mark in paragraph.marks
            if text[mark.at] != mark.char
        ]
    return Fix(title, tuple(edits)) if edits else None


def _converted(
    text: str, paragraphs: Iterable[ParagraphMarks], story: Story, convert: _Convert
) -> str | None:
    """Convert marks until none is left: a converted one may change how others read."""
    for _round in range(4):
        characters = list(text)
        for mark in _convertible(paragraphs):
            characters[mark.at] = convert(mark, story)
        if (converted := "".join(characters)) == text:
            return text
        text = converted
        paragraphs = find_quote_marks(text, story.language)
    return None


def _to_curly(mark: QuoteMark, story: Story) -> str:
    if mark.char in CURLY:
        return mark.char
    if mark.role is MarkRole.APOSTROPHE:
        return "’"
    return curly_marks(story.language)[2 * mark.single + (mark.role is MarkRole.CLOSE)]


def _to_straight(mark: QuoteMark, _story: Story) -> str:
    return "'" if mark.single else '"'
