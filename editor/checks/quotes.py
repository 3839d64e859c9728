"""Quotations: their words, and the marks around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from editor.checks.base import Edit, Finding, Fix, Level, Subject, TextPlace
from editor.checks.marks import CURLY, STRAIGHT, Mark, Reading, Role, read_marks
from editor.checks.wording import Wording, pieces_in_order, without_link_brackets
from editor.core.fields import field_at, noun
from editor.core.story import Story
from editor.i18n import _

_CURLY_BY_LANGUAGE = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt", "et", "ka"), "„“‚‘"),
    **dict.fromkeys(("pl", "ro", "hu", "hr", "sr"), "„”‚’"),
    **dict.fromkeys(("sv", "fi"), "””’’"),
}
"""Opening and closing marks, double and single, where they differ from “ ” ‘ ’ (CLDR)."""

_BOTH_KINDS = STRAIGHT + CURLY


class QuotationInBody:
    """Find quotations above the story that the story does not bear out."""

    id = "quotation-in-body"
    title = "Quotations match the body"
    about = "A quotation above the body or in a caption that is not word for word in the body."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look up every quotation; case, punctuation and the kind of marks don't matter.

        Brackets do: what an editor put in brackets was not said. A quotation may
        run on over an attribution, and leave words out where … or […] says so.
        """
        quoted = [each for each in _quotations(subject) if Wording(each.words).words]
        if not quoted or not subject.story.body.strip():
            return
        body = Wording(without_link_brackets(subject.prose["body"]))
        said = Wording(" ".join(_said(subject)))
        for each in quoted:
            if not pieces_in_order(each.words, body) and not pieces_in_order(each.words, said):
                yield self._finding(each, body)

    def _finding(self, quoted: _Quoted, body: Wording) -> Finding:
        path, start = quoted.path, quoted.start
        place = TextPlace(path, start, start + len(quoted.words) + 2)
        sentence = _("The quotation in {place} is not word for word in the body").format(
            place=_name(path)
        )
        found = body.same_but_for_brackets(quoted.words)
        if found is None:
            hint = _("Quote exactly what the body says, or take the quotation marks away.")
            return Finding(self.id, Level.ERROR, sentence, hint, place)
        hint = _("The body has “{words}”.").format(words=found.difference)
        inner = Edit(path, start + 1, start + 1 + len(quoted.words), found.text)
        fixes = (Fix(_("Use the words of the body"), (inner,)),) if found.plain else ()
        return Finding(self.id, Level.ERROR, sentence, hint, place, fixes)


class MixedQuotes:
    """Find stories that use straight and curly marks side by side."""

    id = "mixed-quotes"
    title = "One kind of quotation marks"
    about = "Straight and curly quotation marks or apostrophes in one story."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare all fields of the story; code, link targets, feet and inches are left alone."""
        strokes = [
            (path, mark)
            for path, readings in subject.readings.items()
            for mark in _strokes(readings)
        ]
        straight = [each for each in strokes if each[1].char in STRAIGHT]
        curly = [each for each in strokes if each[1].char in CURLY]
        if not straight or not curly:
            return
        to_curly = _fix(subject, _("Make them all curly"), _to_curly)
        to_straight = _fix(subject, _("Make them all straight"), _to_straight)
        fixes = [to_curly, to_straight] if len(curly) >= len(straight) else [to_straight, to_curly]
        path, mark = (straight if len(curly) >= len(straight) else curly)[0]
        yield Finding(
            self.id,
            Level.WARNING,
            _("Straight and curly quotation marks are mixed"),
            _(
                "{straight} straight and {curly} curly ones stand in this story; use one kind."
            ).format(straight=len(straight), curly=len(curly)),
            TextPlace(path, mark.at, mark.at + 1),
            tuple(fix for fix in fixes if fix is not None),
        )


@dataclass(frozen=True, slots=True)
class _Quoted:
    """The words between two marks; `start` is where the opening mark stands."""

    path: str
    start: int
    words: str


def _quotations(subject: Subject) -> Iterator[_Quoted]:
    for path, text in subject.texts.items():
        if not field_at(path).announces:
            continue
        for reading in subject.readings[path]:
            for opening, closing in reading.quotations:
                yield _Quoted(path, opening.at, text[opening.at + 1 : closing.at])


def _said(subject: Subject) -> Iterator[str]:
    """What the body has between quotation marks, without the attributions between."""
    body = subject.prose["body"]
    for reading in subject.readings["body"]:
        for opening, closing in reading.quotations:
            yield body[opening.at + 1 : closing.at]
        for mark in reading.unclosed[:1]:
            yield body[mark.at + 1 : reading.end]


def _name(path: str) -> str:
    """What people call one of the fields that quote."""
    name = noun(path)
    return name if field_at(path).many else _("the {field}").format(field=name)


def _strokes(readings: Iterable[Reading]) -> Iterator[Mark]:
    """The marks that are straight or curly by choice.

    Hebrew writes its own gershayim with the key of the straight double mark.
    """
    for reading in readings:
        for mark in reading.marks:
            gershayim = mark.char == '"' and mark.role is Role.APOSTROPHE
            if mark.role is not Role.PRIME and mark.char in _BOTH_KINDS and not gershayim:
                yield mark


def _fix(subject: Subject, title: str, turn: _Turn) -> Fix | None:
    """Turn every stroke of the story; None when the text can't be read one way."""
    edits: list[Edit] = []
    for path, text in subject.prose.items():
        turned = _settled(text, subject.readings[path], subject.story, turn)
        if turned is None:
            return None
        edits += _differences(path, text, turned)
    return Fix(title, tuple(edits)) if edits else None


def _settled(text: str, readings: Iterable[Reading], story: Story, turn: _Turn) -> str | None:
    """Turn strokes until none is left to turn: a turned one may change how others read."""
    for _round in range(4):
        turned = list(text)
        for mark in _strokes(readings):
            turned[mark.at] = turn(mark, story)
        if (joined := "".join(turned)) == text:
            return text
        text = joined
        readings = read_marks(text, story.language)
    return None


def _differences(path: str, text: str, turned: str) -> Iterator[Edit]:
    """The ranges where two texts of one length differ."""
    changed = (at for at, (old, new) in enumerate(zip(text, turned, strict=True)) if old != new)
    for _gap, run in groupby(enumerate(changed), key=lambda pair: pair[1] - pair[0]):
        places = [at for _count, at in run]
        yield Edit(path, places[0], places[-1] + 1, turned[places[0] : places[-1] + 1])


def _to_curly(mark: Mark, story: Story) -> str:
    if mark.char in CURLY:
        return mark.char
    marks = _CURLY_BY_LANGUAGE.get(story.language.partition("-")[0].lower(), "“”‘’")
    if mark.role is Role.APOSTROPHE:
        return "’"
    return marks[2 * mark.single + (mark.role is Role.CLOSE)]


def _to_straight(mark: Mark, _story: Story) -> str:
    return "'" if mark.single else '"'


_Turn: TypeAlias = Callable[[Mark, Story], str]
