"""Marks without their partner: quotation marks and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TypeAlias

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse, BodyProse, split_paragraphs
from editor.checks.quote_marks import (
    MarkRole,
    ParagraphMarks,
    QuoteMark,
    starts_with_quotation,
)
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _

_PARTNER = {"(": ")", "[": "]", "{": "}"}
_BRACKET = re.compile(r"[()\[\]{}]")
# a) 1) iv) before a point of a list, and the mouths of :) and 8-)
_NO_PARTNER_NEEDED = re.compile(
    r"(?:(?:^|[\s\0,;:])(?:[^\W\d_]{1,2}|[ivxlcdm]{1,6}|\d{1,3})|[:;=8][-o']?)$", re.IGNORECASE
)


class UnbalancedMarks:
    """Find quotation marks and brackets that were opened and not closed, or the reverse."""

    id = "unbalanced-marks"
    title = N_("Quotation marks and brackets pair up")
    about = N_(
        "A quotation mark or a bracket without its partner in the same paragraph. A quotation of "
        "several paragraphs opens each of them and closes only the last; a) in a list and "
        "apostrophes are fine."
    )
    level = Level.WARNING
    examples = (
        right("“The ferry is back,” she said (twice)."),
        right("“The ferry is back.\n\n“The port is not,” she said."),
        wrong("“The ferry is back, she said.", found="“"),
        wrong("The ferry (the white one is back.", found="("),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each paragraph on its own.

        A quotation of several paragraphs opens each of them and closes the last
        (Chicago Manual of Style, 13.32); a) and :-) are no lone brackets.
        """
        for path, text in subject.prose.items():
            paragraphs = subject.quote_marks[path]
            for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
                if mark := _lone_mark(text, paragraph, following):
                    opening = mark.role is MarkRole.OPEN
                    yield self._finding(TextPlace(path, mark.at, mark.at + 1), "", opening)
            lone = _lone_in_body(subject.body) if path == "body" else _lone_in_text(text)
            for at, bracket in _lone_brackets(text, lone):
                yield self._finding(TextPlace(path, at, at + 1), bracket, bracket in _PARTNER)

    def _finding(self, place: TextPlace, bracket: str, opening: bool) -> Finding:
        if opening:
            what = (
                _("“{bracket}” is opened and never closed")
                if bracket
                else _("A quotation is opened and never closed")
            )
            hint = _("Readers can’t tell where it ends. Close it, or remove the mark.")
        else:
            what = (
                _("“{bracket}” is closed and was never opened")
                if bracket
                else _("A quotation is closed and was never opened")
            )
            hint = _("Readers can’t tell where it begins. Open it, or remove the mark.")
        return Finding(self.id, self.level, what.format(bracket=bracket), hint, place)


def _lone_mark(
    text: str, paragraph: ParagraphMarks, following: ParagraphMarks | None
) -> QuoteMark | None:
    """Return the first mark that surely has no partner.

    A single ’ or ' is too often an apostrophe, and a single ‘ a wrong one, to
    be reported when there is a ’ later in the paragraph.
    """
    if not paragraph.unclosed and not paragraph.unopened:
        return None
    continues = following is not None and starts_with_quotation(text, following)
    last_single = max((mark.at for mark in paragraph.marks if mark.char in "’'"), default=-1)
    opened = (
        mark
        for mark in paragraph.unclosed
        if not mark.single or (mark.char == "‘" and mark.at > last_single)
    )
    closed = (mark for mark in paragraph.unopened if not mark.single)
    return next(closed, None) if continues else next(opened, None) or next(closed, None)


_Lone: TypeAlias = tuple[int, int, list[tuple[int, str]]]
"""Start and end of a paragraph, and its brackets without partner."""


def _lone_in_body(body: BodyProse) -> Iterator[_Lone]:
    for block, by in body.blocks:
        for start, end, brackets in block.made(_lone_in_block):
            yield start + by, end + by, [(at + by, bracket) for at, bracket in brackets]


def _lone_in_block(block: BlockProse) -> tuple[_Lone, ...]:
    return tuple(_lone_in_text(block.text))


def _lone_in_text(text: str) -> Iterator[_Lone]:
    for start, end in split_paragraphs(text):
        if brackets := _lone_in_paragraph(text, start, end):
            yield start, end, brackets


def _lone_brackets(text: str, lone: Iterable[_Lone]) -> Iterator[tuple[int, str]]:
    """Yield the first bracket without partner of each kind and paragraph.

    An aside of several paragraphs opens before the first and closes after the last.
    """
    aside: tuple[int, str] | None = None
    for start, end, brackets in lone:
        for at, bracket in brackets:
            if bracket == "(" and at == start and aside is None:
                aside = at, bracket
            elif bracket == ")" and aside is not None and not text[at + 1 : end].strip(" .!?"):
                aside = None
            else:
                yield at, bracket
    if aside is not None:
        yield aside


def _lone_in_paragraph(text: str, start: int, end: int) -> list[tuple[int, str]]:
    opened: dict[str, list[int]] = {")": [], "]": [], "}": []}
    lone: dict[str, int] = {}
    for match in _BRACKET.finditer(text, start, end):
        bracket, at = match[0], match.start()
        before = text[max(start, at - 8) : at]
        if bracket in _PARTNER:
            if not before.endswith((":", ":-", ";", ";-")):
                opened[_PARTNER[bracket]].append(at)
        elif opened[bracket]:
            opened[bracket].pop()
        elif not (bracket == ")" and _NO_PARTNER_NEEDED.search(before)):
            lone.setdefault(bracket, at)
    for bracket, closing in _PARTNER.items():
        if opened[closing]:
            lone[bracket] = opened[closing][0]
    return sorted((at, bracket) for bracket, at in lone.items())
