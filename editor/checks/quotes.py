"""Quotations: their words, and the marks around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from editor.checks.base import Subject
from editor.checks.quote_marks import (
    CURLY,
    STRAIGHT,
    MarkRole,
    ParagraphMarks,
    QuoteMark,
    find_quote_marks,
)
from editor.checks.wording import Wording, has_pieces_in_order
from editor.core.fields import field_at, noun
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.story import Story
from editor.i18n import _
from editor.text.quotation_marks import curly_marks

_BOTH_KINDS = STRAIGHT + CURLY

_Convert: TypeAlias = Callable[[QuoteMark, Story], str]


class QuotationInBody:
    """Find quotations above the story that are not in its body."""

    id = "quotation-in-body"
    title = "Quotations match the body"
    about = "A quotation above the body or in a caption that is not word for word in the body."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look up every quotation; case, punctuation and the kind of marks don't matter.

        Brackets do: what an editor put in brackets was not said. A quotation may
        run on over an attribution, and leave words out where … or […] says so.
        """
        quotations = [found for found in _quotations(subject) if Wording(found.words).words]
        if not quotations or not subject.story.body.strip():
            return
        body = Wording(subject.prose["body"])
        spoken = Wording(" ".join(_spoken(subject)))
        for quotation in quotations:
            words = quotation.words
            if not has_pieces_in_order(words, body) and not has_pieces_in_order(words, spoken):
                yield self._finding(quotation, body)

    def _finding(self, quotation: _Quotation, body: Wording) -> Finding:
        path, start, words = quotation.path, quotation.start, quotation.words
        place = TextPlace(path, start, start + len(words) + 2)
        sentence = _("The quotation in {place} doesn’t match the body").format(place=_name(path))
        found = body.find_without_brackets(words)
        if found is None:
            hint = _("Quote exactly what the body says, or remove the quotation marks.")
            return Finding(self.id, Level.ERROR, sentence, hint, place)
        hint = _("The body has “{words}”.").format(words=found.difference)
        inner = Edit(path, start + 1, start + 1 + len(words), found.text)
        fixes = (Fix(_("Use the body’s words"), (inner,)),) if found.is_quotable else ()
        return Finding(self.id, Level.ERROR, sentence, hint, place, fixes)


class MixedQuotes:
    """Find stories that use straight and curly marks side by side."""

    id = "mixed-quotes"
    title = "One kind of quotation marks"
    about = "Straight and curly quotation marks or apostrophes in one story."

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
            Level.WARNING,
            _("Straight and curly quotation marks are mixed"),
            _("The story has {straight} straight and {curly} curly ones. Use one kind.").format(
                straight=len(straight), curly=len(curly)
            ),
            TextPlace(path, mark.at, mark.at + 1),
            tuple(fix for fix in fixes if fix is not None),
        )


@dataclass(frozen=True, slots=True)
class _Quotation:
    """The words between two marks; `start` is the place of the opening mark."""

    path: str
    start: int
    words: str


def _quotations(subject: Subject) -> Iterator[_Quotation]:
    for path, text in subject.texts.items():
        if not field_at(path).announces:
            continue
        for paragraph in subject.quote_marks[path]:
            for opening, closing in paragraph.quotations:
                yield _Quotation(path, opening.at, text[opening.at + 1 : closing.at])


def _spoken(subject: Subject) -> Iterator[str]:
    """What the body has between quotation marks, without the attributions between."""
    body = subject.prose["body"]
    for paragraph in subject.quote_marks["body"]:
        for opening, closing in paragraph.quotations:
            yield body[opening.at + 1 : closing.at]
        for mark in paragraph.unclosed[:1]:
            yield body[mark.at + 1 : paragraph.end]


def _name(path: str) -> str:
    """What people call one of the fields that quote."""
    name = noun(path)
    return name if field_at(path).many else _("the {field}").format(field=name)


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
