"""Quotations set apart: paragraphs begin with `> `, or no longer do."""

from __future__ import annotations

from editor.core.picture_reference import is_picture_line
from editor.errors import NotAllowed
from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_lines import HEADING, NOTE
from editor.i18n import _


def toggle_quote(body: str, start: int, end: int) -> MarkEdit:
    """Set the paragraphs of a range apart as one quotation, or take them out of theirs.

    Those that are no part of one yet join those that are; only where all of them are,
    one level is taken off. A heading directly above stays where it is. Raises NotAllowed
    for a range without words, and for a footnote.
    """
    lines = BodyLines(body, start, end)
    touched = lines.touched()
    filled = [number for number in touched if _has_words(lines, number)]
    if not filled and (start < end or not lines.is_blank(touched.start)):
        raise NotAllowed(_("There are no words in the selection."), _("Select words first."))
    region = _paragraphs(lines, filled) if filled else touched
    if any(NOTE.match(lines.words(number)) for number in region):
        raise NotAllowed(
            _("A footnote can’t be in a quotation."), _("Put its mark there, and leave its text.")
        )
    if all(lines.depth(number) for number in _first_lines(lines, region)):
        _unquote(lines, region)
    else:
        for number in region:
            if not lines.depth(number) and not is_picture_line(lines.lines[number]):
                lines.replace(number, 0, 0, "> " if lines.lines[number] or not filled else ">")
    return lines.edit()


def _paragraphs(lines: BodyLines, filled: list[int]) -> range:
    """The lines of the paragraphs, lists and tables that have some of the lines."""
    first, last = filled[0], filled[-1]
    while first and _has_words(lines, first - 1) and not _is_heading(lines, first - 1):
        first -= 1
    while last + 1 < len(lines.lines) and _has_words(lines, last + 1):
        last += 1
    return range(first, last + 1)


def _has_words(lines: BodyLines, number: int) -> bool:
    return not lines.is_blank(number) and not is_picture_line(lines.lines[number])


def _is_heading(lines: BodyLines, number: int) -> bool:
    return HEADING.match(lines.words(number)) is not None


def _first_lines(lines: BodyLines, region: range) -> list[int]:
    """The first line of each paragraph: where it is quoted, Markdown quotes the rest of it."""
    firsts = [
        number
        for number in region
        if _has_words(lines, number)
        and (number == region.start or not _has_words(lines, number - 1))
    ]
    return firsts or list(region)


def _unquote(lines: BodyLines, region: range) -> None:
    # A line of `>` alone beside them would keep them in the quotation.
    first, last = region.start, region.stop
    while first and lines.depth(first - 1) and lines.is_blank(first - 1):
        first -= 1
    while last < len(lines.lines) and lines.depth(last) and lines.is_blank(last):
        last += 1
    for number in range(first, last):
        marks = lines.lines[number]
        at = len(marks) - len(marks.lstrip(" "))
        if lines.depth(number):
            space = marks[at + 1 : at + 2] == " "
            lines.replace(number, at, 1 + space, "")
