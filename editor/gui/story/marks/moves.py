"""Paragraphs, items of lists, tables and all other blocks change places with their neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from editor.errors import NotAllowed
from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.items import ListItems
from editor.i18n import _
from editor.text import nodes
from editor.text.document import Document

Read = Callable[[str], Document]
"""Reads a body, or the text of a quotation."""


class _Unit(NamedTuple):
    """A top-level block, and where it is written."""

    start: int
    end: int
    block: nodes.Block


def move(body: str, start: int, end: int, step: int, read: Read) -> MarkEdit:
    """Move the blocks that a range is in up (-1) or down (1), and the selection with them.

    In a list it is the items with all that is inside them, in a quotation of several
    paragraphs these; where all of a list or quotation is selected, it moves as one. Raises
    NotAllowed where there is nothing to move or no place to move it to.
    """
    edit = _moved(body, start, end, step, read)
    if edit is not None:
        return edit
    hint = _("To move a whole list or quotation, select all of it.")
    if step < 0:
        raise NotAllowed(_("Nothing is above this to change places with."), hint)
    raise NotAllowed(_("Nothing is below this to change places with."), hint)


def _moved(body: str, start: int, end: int, step: int, read: Read) -> MarkEdit | None:
    """The edit, or None where there is no place to move to."""
    units = _units(read(body))
    touched = [
        number
        for number, unit in enumerate(units)
        if unit.start <= end and start <= unit.end and (start == end or unit.start < end)
    ]
    if not touched:
        raise NotAllowed(_("There is no paragraph here."), _("Put the caret into one."))
    first, last = units[touched[0]], units[touched[-1]]
    if len(touched) == 1:
        match first.block:
            case nodes.BulletList() | nodes.NumberedList():
                items = ListItems(BodyLines(body, start, end), body.count("\n", 0, first.start))
                if not items.has_all_selected():
                    return items.moved(step)
            case nodes.Quote(blocks) if not _is_all_selected(body, first, start, end):
                edit = _moved_inside(body, start, end, step, (first, read))
                if edit is not None or len(blocks) > 1:
                    return edit
            case _:
                pass
    other = touched[0] - 1 if step < 0 else touched[-1] + 1
    if not 0 <= other < len(units):
        return None
    ranges = sorted([(first.start, last.end), (units[other].start, units[other].end)])
    return _exchanged(body, ranges, (start, end), step)


def _units(document: Document) -> list[_Unit]:
    blocks = zip(document.spans, document.parts, strict=True)
    return sorted(
        (_Unit(*span, part.block) for span, part in blocks), key=lambda unit: (unit.start, unit.end)
    )


def _exchanged(
    body: str, ranges: Sequence[tuple[int, int]], selected: tuple[int, int], step: int
) -> MarkEdit:
    """Exchange two stretches of whole lines; what is between them stays, blank lines part all."""
    (start, above_end), (below_start, end) = ranges
    above, below = body[start:above_end], body[below_start:end]
    gap = body[above_end:below_start]
    if gap.count("\n") < 2:
        gap = "\n\n"
    before = "\n" if start and not _ends_blank(body[:start]) else ""
    after = "\n" if body[end:] and not _ends_blank(body[end:][::-1]) else ""
    text = before + below + gap + above + after
    by = start + len(before) - below_start if step < 0 else len(before + below + gap)
    length = len(body) + len(text) - (end - start)
    first, last = (min(max(0, place + by), length) for place in selected)
    return MarkEdit(start, end, text, (first, last))


def _ends_blank(text: str) -> bool:
    """Whether the last line of a text, which its line end follows, is blank."""
    return text.endswith("\n") and not text[:-1].rpartition("\n")[2].strip()


def _is_all_selected(body: str, unit: _Unit, start: int, end: int) -> bool:
    mark = len(_quote_mark(body[unit.start : unit.end].partition("\n")[0]))
    return start <= unit.start + mark and end >= len(body[: unit.end].rstrip("> \n"))


def _moved_inside(
    body: str, start: int, end: int, step: int, around: tuple[_Unit, Read]
) -> MarkEdit | None:
    """Move what is in a quotation; None where it is at its beginning or end."""
    unit, read = around
    lines = body[unit.start : unit.end].split("\n")
    marks = [_quote_mark(line) for line in lines]
    inner = "\n".join(line[len(mark) :] for line, mark in zip(lines, marks, strict=True))
    places = [_to_inner(lines, marks, place - unit.start) for place in (start, end)]
    edit = _moved(inner, places[0], places[1], step, read)
    if edit is None:
        return None
    moved = edit.on(inner).split("\n")
    text = "\n".join(f"> {line}" if line else ">" for line in moved)
    select = [unit.start + _to_outer(moved, place) for place in edit.select]
    return MarkEdit(unit.start, unit.end, text, (select[0], select[1]))


def _quote_mark(line: str) -> str:
    """The mark of the outermost quotation; a line that only goes on with a paragraph has none."""
    rest = line.lstrip(" ")
    if not rest.startswith(">"):
        return ""
    return line[: len(line) - len(rest) + 1 + rest.startswith("> ")]


def _to_inner(lines: Sequence[str], marks: Sequence[str], place: int) -> int:
    """Where a place in a quotation is in its text without marks."""
    inner = 0
    for line, mark in zip(lines, marks, strict=True):
        if place <= len(line):
            return inner + max(0, place - len(mark))
        place -= len(line) + 1
        inner += len(line) - len(mark) + 1
    return inner - 1


def _to_outer(lines: Sequence[str], place: int) -> int:
    """Where a place in the text of a quotation is once it has its marks."""
    outer = 0
    for line in lines:
        mark = 2 if line else 1
        if place <= len(line):
            return outer + mark + place
        place -= len(line) + 1
        outer += len(line) + mark + 1
    return outer - 1
