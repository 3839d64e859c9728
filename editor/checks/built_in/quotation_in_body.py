"""Quotations above the story: their words are those of the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.wording import Wording, has_pieces_in_order
from editor.core.fields import field_at, noun
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.i18n import N_, _


class QuotationInBody:
    """Find quotations above the story that are not in its body."""

    id = "quotation-in-body"
    title = N_("Quotations match the body")
    about = N_(
        "A quotation in the headline, the standfirst, a key point or a caption that is not word "
        "for word in the body. Capitals, punctuation and the kind of quotation marks don’t matter. "
        "Brackets do: what is in brackets was not said. A quotation may run on over “she said”, "
        "and leave words out where … or […] says so. Where only brackets differ, the fix uses the "
        "body’s words."
    )
    level = Level.STOPS
    examples = (
        right("“We will build it,” she said, “and soon.”", headline="“We will build it and soon”"),
        right("The board called it “bold and very late”.", headline="Plan is ‘bold … late’: board"),
        wrong(
            "“We will build it,” she said.",
            headline="“We shall build it”",
            found="“We shall build it”",
        ),
        wrong(
            "The board called it “bold (if costly) and late”.",
            headline="Board: “bold if costly and late”",
            found="“bold if costly and late”",
            fixed="Board: “bold (if costly) and late”",
        ),
        wrong(
            "«سنبني الميناء قريبا» قالت المهندسة.",
            headline="«سنبني المطار»",
            found="«سنبني المطار»",
            language="ar",
        ),
    )

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
            return Finding(self.id, self.level, sentence, hint, place)
        hint = _("The body has “{words}”.").format(words=found.difference)
        inner = Edit(path, start + 1, start + 1 + len(words), found.text)
        fixes = (Fix(_("Use the body’s words"), (inner,)),) if found.is_quotable else ()
        return Finding(self.id, self.level, sentence, hint, place, fixes)


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
