"""Crossheads: lines that begin with `## `, between the paragraphs of a body."""

from __future__ import annotations

import re

from editor.errors import NotAllowed
from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_lines import HEADING, BodyLineKind, ListLine, read_list_lines
from editor.i18n import _

_MARK = "## "
"""The page's first level is the headline, so a body begins at the second."""

_CLOSING = re.compile(r"[ ]+#+[ ]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")


def toggle_crosshead(body: str, start: int, end: int) -> MarkEdit:
    """Make a crosshead of each line of a range, or take the marks off where all are ones.

    Raises NotAllowed for a range without words, in a list or in a footnote.
    """
    lines = BodyLines(body, start, end)
    touched = lines.touched()
    found = read_list_lines(lines, touched)
    for number in touched:
        _require_outside(found[number])
    is_begun = start == end and lines.is_blank(touched.start)
    filled = [number for number in touched if is_begun or _has_words(lines, number, found[number])]
    if not filled:
        raise NotAllowed(_("There are no words in the selection."), _("Select words first."))
    if all(_is_crosshead(lines, number) for number in filled):
        for number in reversed(filled):
            _take_off(lines, number)
    else:
        for number in filled:
            if not _is_crosshead(lines, number):
                words = lines.words(number)
                at = len(lines.lines[number]) - len(words.lstrip(" "))
                lines.replace(number, at, 0, _MARK)
    return lines.edit()


def _require_outside(line: ListLine) -> None:
    if line.kind in (BodyLineKind.ITEM, BodyLineKind.ITEM_TEXT):
        raise NotAllowed(
            _("A list has no crossheads."), _("Take the words out of the list, then try again.")
        )
    if line.kind is BodyLineKind.NOTE:
        raise NotAllowed(_("A footnote has no crossheads."), _("Put it into the text above."))


def _has_words(lines: BodyLines, number: int, line: ListLine) -> bool:
    is_word = line.kind not in (BodyLineKind.BLANK, BodyLineKind.RULE)
    return is_word and not (number and _is_underlined(lines, number - 1))


def _is_crosshead(lines: BodyLines, number: int) -> bool:
    return HEADING.match(lines.words(number)) is not None or _is_underlined(lines, number)


def _is_underlined(lines: BodyLines, number: int) -> bool:
    """Whether the line below makes a heading of this one, which begins its paragraph."""
    below = number + 1
    return (
        below < len(lines.lines)
        and not lines.is_blank(number)
        and (number == 0 or lines.is_blank(number - 1))
        and lines.depth(below) == lines.depth(number)
        and _UNDERLINE.fullmatch(lines.words(below)) is not None
    )


def _take_off(lines: BodyLines, number: int) -> None:
    """Make a paragraph of a crosshead: it is joined with no line above or below."""
    if mark := HEADING.match(lines.words(number)):
        before = len(lines.lines[number]) - len(lines.words(number))
        if closing := _CLOSING.search(lines.words(number), mark.end()):
            lines.replace(number, before + closing.start(), len(closing[0]), "")
        lines.replace(number, before + mark.start("mark"), len(mark["mark"]), "")
    else:
        lines.remove(number + 1)
    if not lines.is_blank(number):
        _part(lines, number + 1)
        _part(lines, number)


def _part(lines: BodyLines, number: int) -> None:
    """Put a blank line before a line, where it would go on with the one above."""
    if 0 < number < len(lines.lines) and lines.depth(number) == lines.depth(number - 1):
        above, below = number - 1, number
        if not any(lines.is_blank(near) or _is_crosshead(lines, near) for near in (above, below)):
            lines.insert(number, lines.quote_marks(number).rstrip(" "))
