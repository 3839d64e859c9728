"""Marks that miss their partner, and characters nobody meant to type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from editor.checks.base import Edit, Finding, Fix, Level, Place, Subject
from editor.checks.invisible import stray_characters
from editor.checks.marks import Mark, Reading, Role, read_marks, starts_with_quotation
from editor.checks.prose import paragraphs
from editor.i18n import _, plural

_PARTNER = {"(": ")", "[": "]", "{": "}"}
_BRACKET = re.compile(r"[()\[\]{}]")
# a) 1) iv) before a point of a list, and the mouths of :) and 8-)
_NO_PARTNER_NEEDED = re.compile(
    r"(?:(?:^|[\s\0,;:])(?:[^\W\d_]{1,2}|[ivxlcdm]{1,6}|\d{1,3})|[:;=8][-o']?)$", re.IGNORECASE
)
_SPACE = " \t\u00a0"
_DOUBLE = re.compile(f"(?<=[^{_SPACE}\n])[{_SPACE}]{{2,}}(?=[^{_SPACE}\n])")
_COLUMNS = re.compile(r"[^ \n] {3,}[^ \n]")


class UnbalancedMarks:
    """Find quotation marks and brackets that were opened and not closed, or the reverse."""

    id = "unbalanced-marks"
    title = "Quotation marks and brackets pair up"
    about = "A quotation mark or a bracket without its partner in the same paragraph."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each paragraph by itself.

        A quotation of several paragraphs opens each of them and closes the last
        (Chicago Manual of Style, 13.32); a) and :-) are no lone brackets.
        """
        same_mark = subject.story.language.partition("-")[0].lower() in ("sv", "fi")
        for path, text in subject.prose.items():
            readings = list(read_marks(text, same_mark))
            for reading, following in zip_longest(readings, readings[1:]):
                for mark in _lone_marks(text, reading, following):
                    opening = mark.role is Role.OPEN
                    yield self._finding(Place(path, mark.at, mark.at + 1), "", opening)
            for at, bracket in _lone_brackets(text):
                yield self._finding(Place(path, at, at + 1), bracket, bracket in _PARTNER)

    def _finding(self, place: Place, bracket: str, opening: bool) -> Finding:
        if opening:
            what = (
                _("“{bracket}” is opened and never closed")
                if bracket
                else _("A quotation is opened and never closed")
            )
            hint = _("Readers can’t tell where it ends. Add its partner, or take it out.")
        else:
            what = (
                _("“{bracket}” is closed and was never opened")
                if bracket
                else _("A quotation is closed and was never opened")
            )
            hint = _("Readers can’t tell where it begins. Add its partner, or take it out.")
        return Finding(self.id, Level.WARNING, what.format(bracket=bracket), hint, place)


class StraySpaces:
    """Find double spaces and characters that can't be seen."""

    id = "stray-spaces"
    title = "No double spaces or invisible characters"
    about = "Double spaces, and invisible characters that pasted text brings along."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at prose only: line breaks, tables and code keep their spaces."""
        spaces = [edit for path, text in subject.prose.items() for edit in _doubles(path, text)]
        if spaces:
            yield self._finding(
                plural("There is {n} double space", "There are {n} double spaces", len(spaces)),
                _("One space is enough, also after a full stop."),
                Fix(_("Make it one space"), tuple(spaces)),
            )
        strays = [
            Edit(path, start, end, instead)
            for path, text in subject.prose.items()
            for start, end, instead in stray_characters(text)
        ]
        if strays:
            yield self._finding(
                plural(
                    "There is {n} invisible character",
                    "There are {n} invisible characters",
                    len(strays),
                ),
                _("It came with pasted text; it breaks searching and line ends."),
                Fix(_("Take it out"), tuple(strays)),
            )

    def _finding(self, sentence: str, hint: str, fix: Fix) -> Finding:
        first = fix.edits[0]
        place = Place(first.path, first.start, first.end)
        return Finding(self.id, Level.WARNING, sentence, hint, place, (fix,))


def _lone_marks(text: str, reading: Reading, following: Reading | None) -> Iterator[Mark]:
    """The marks without partner that are no slip of the reading.

    A single ’ or ' is too often an apostrophe, and a single ‘ a wrong one, to
    be held against anybody when there is a ’ later in the paragraph.
    """
    goes_on = following is not None and starts_with_quotation(text, following)
    for mark in reading.unclosed:
        if mark.single:
            later = (each.char for each in reading.marks if each.at > mark.at)
            if mark.char != "‘" or any(char in "’'" for char in later):
                continue
        if not goes_on:
            yield mark
    for mark in reading.unopened:
        if not mark.single:
            yield mark


def _lone_brackets(text: str) -> Iterator[tuple[int, str]]:
    """The brackets without partner, paragraph by paragraph."""
    for start, end in paragraphs(text):
        opened: dict[str, list[int]] = {")": [], "]": [], "}": []}
        for match in _BRACKET.finditer(text, start, end):
            bracket, at = match[0], match.start()
            before = text[max(start, at - 8) : at]
            if bracket in _PARTNER:
                if not before.endswith((":", ":-", ";", ";-")):
                    opened[_PARTNER[bracket]].append(at)
            elif opened[bracket]:
                opened[bracket].pop()
            elif not (bracket == ")" and _NO_PARTNER_NEEDED.search(before)):
                yield at, bracket
        for closing, places in opened.items():
            for at in places:
                yield at, {end: start for start, end in _PARTNER.items()}[closing]


def _doubles(path: str, text: str) -> Iterator[Edit]:
    """Runs of spaces inside a line; in fields of one line also at their ends."""
    columns = path == "body" and _COLUMNS.search(text) is not None
    for match in _DOUBLE.finditer(text):
        if columns and _in_table(text, match.start()):
            continue
        yield Edit(path, match.start(), match.end(), " ")
    if path == "body":
        return
    inner = text.strip(_SPACE)
    before = len(text) - len(text.lstrip(_SPACE))
    if inner and before > 1:
        yield Edit(path, 0, before, "")
    if inner and len(text) - before - len(inner) > 1:
        yield Edit(path, before + len(inner), len(text), "")


def _in_table(text: str, at: int) -> bool:
    """Whether a line is laid out in columns: agencies send tables as spaced text."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return _COLUMNS.search(text, start, len(text) if end < 0 else end) is not None
