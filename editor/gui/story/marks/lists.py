"""Bulleted and numbered lists: paragraphs become items, items paragraphs again."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from editor.errors import NotAllowed
from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_lines import (
    BELONGS,
    HEADING,
    BodyLineKind,
    ListLine,
    read_list_lines,
)
from editor.i18n import _


class ListKind(Enum):
    """A kind of list."""

    BULLETED = "- "
    NUMBERED = "1. "


def toggle_list(body: str, start: int, end: int, kind: ListKind) -> MarkEdit:
    """Make items of the paragraphs of a range, or paragraphs where all are such items.

    Items of the other kind become items of this one. A paragraph of which several lines
    are selected becomes an item a line. What belongs to an item is moved along. Raises
    NotAllowed for a range without words, and for a footnote.
    """
    change = _ListChange(BodyLines(body, start, end), kind)
    change.make(start < end)
    return change.lines.edit()


class _ListChange:
    """One change of a list: the lines, and what they were before it."""

    def __init__(self, lines: BodyLines, kind: ListKind) -> None:
        self.lines, self._kind = lines, kind
        self._touched = lines.touched()
        self._found = read_list_lines(lines, self._touched)
        self._last = max(self._found)
        self._numbers: dict[int, int] = {}
        """The last number that was given, by the line of the item around."""
        self._parted: set[int] = set()
        """Lines that may need a blank one above them."""

    def make(self, has_selection: bool) -> None:
        found = self._found
        filled = [number for number in self._touched if self._is_filled(number)]
        if not filled:
            if has_selection or not self.lines.is_blank(self._touched.start):
                sentence = _("There are no words in the selection.")
                raise NotAllowed(sentence, _("Select words first."))
            at = len(self.lines.quote_marks(self._touched.start))
            self.lines.replace(self._touched.start, at, 0, self._kind.value)
            return
        if any(found[number].kind is BodyLineKind.NOTE for number in filled):
            raise NotAllowed(
                _("A footnote can’t be in a list."), _("Put its mark there, and leave its text.")
            )
        items = {found[number].item for number in filled if found[number].item >= 0}
        in_items = all(found[number].item >= 0 for number in filled)
        if in_items and all(self._has_kind(found[number]) for number in items):
            for number in sorted(items, reverse=True):
                self._take_off(number, found[number])
            for number in sorted(self._parted, reverse=True):
                self._part(number)
        else:
            self._put_on(items, [number for number in filled if found[number].item < 0])

    def _is_filled(self, number: int) -> bool:
        return self._found[number].kind not in (BodyLineKind.BLANK, BodyLineKind.RULE)

    def _has_kind(self, line: ListLine) -> bool:
        return bool(line.number) == (self._kind is ListKind.NUMBERED)

    def _put_on(self, items: set[int], text: list[int]) -> None:
        indents = dict(self._new_items(text))
        marks = {
            number: self._next_mark(number, self._found[number].parent)
            for number in sorted(items | set(indents))
        }
        # From below: a line is moved for its own mark first, then for that of the item around.
        for number, mark in reversed(marks.items()):
            line = self._found[number]
            if line.kind is BodyLineKind.ITEM and not self._has_kind(line):
                at = self._column(number, line.indent)
                self.lines.replace(number, at, line.width, mark)
                for below in self._belonging(number, line):
                    self.lines.indent(below, len(mark) - line.width, line.words_at)
            elif line.kind is not BodyLineKind.ITEM:
                words = self.lines.words(number)
                at = self._column(number, len(words) - len(words.lstrip(" ")))
                heading = HEADING.match(words)
                self.lines.replace(number, at, len(heading["mark"]) if heading else 0, mark)
                for below in indents[number]:
                    self.lines.replace(below, self._column(below), 0, " " * len(mark))

    def _new_items(self, text: list[int]) -> Iterator[tuple[int, range]]:
        """Yield the lines that begin items, with the lines below that belong to each."""
        while text:
            first = text[0]
            if self._found[first].kind is BodyLineKind.HEADING:
                yield text.pop(0), range(0)
                continue
            run = self._run(first)
            touched = [number for number in text if number in run]
            text = text[len(touched) :]
            if len(touched) == 1:
                yield run.start, run[1:]
            else:
                yield from ((number, range(0)) for number in run)

    def _run(self, number: int) -> range:
        """The lines of a paragraph."""
        first = last = number
        depth = self.lines.depth(number)

        def is_text(line: int) -> bool:
            found = self._found.get(line)
            is_text = found is not None and found.kind is BodyLineKind.TEXT
            return is_text and self.lines.depth(line) == depth

        while is_text(first - 1):
            first -= 1
        while is_text(last + 1):
            last += 1
        return range(first, last + 1)

    def _next_mark(self, number: int, parent: int) -> str:
        """The mark of an item: numbers go on from the item above in the same list."""
        if self._kind is ListKind.BULLETED:
            return ListKind.BULLETED.value
        if parent not in self._numbers:
            self._numbers[parent] = self._number_above(number, parent)
        self._numbers[parent] += 1
        return f"{self._numbers[parent]}. "

    def _number_above(self, number: int, parent: int) -> int:
        above = number - 1
        while above > parent and self.lines.is_blank(above):
            above -= 1
        if above <= parent or self.lines.depth(above) != self.lines.depth(number):
            return 0
        found = read_list_lines(self.lines, range(above, above + 1))
        line = found[above]
        while line.item >= 0 and found[line.item].parent != parent:
            line = found[found[line.item].parent]
        return int(found[line.item].number or 0) if line.item >= 0 else 0

    def _belonging(self, number: int, item: ListLine) -> list[int]:
        """The lines below an item's first that belong to it."""
        below = []
        for line in range(number + 1, self._last + 1):
            found = self._found[line]
            if found.kind is BodyLineKind.BLANK:
                continue
            if found.item < number or (
                found.kind is BodyLineKind.ITEM and found.indent < item.indent + BELONGS
            ):
                break
            below.append(line)
        return below

    def _take_off(self, number: int, item: ListLine) -> None:
        """Make a paragraph of an item; what belongs to it is moved to the left."""
        below = self._belonging(number, item)
        nested = item.parent >= 0
        removed = item.words_at if nested else item.width
        self.lines.replace(number, self._column(number, item.words_at - removed), removed, "")
        for number_below in below:
            self.lines.indent(number_below, -removed)
        if self.lines.is_blank(number):
            return
        last = number
        while last + 1 in below and self._found[last + 1].kind is BodyLineKind.ITEM_TEXT:
            last += 1
        self._parted |= {number, last + 1}

    def _part(self, number: int) -> None:
        """Put a blank line before a line, where it would go on with the one above."""
        if not 0 < number < len(self.lines.lines):
            return
        above, below = number - 1, number
        near = any(self.lines.is_blank(line) for line in (above, below))
        other = self.lines.depth(above) != self.lines.depth(below)
        heading = any(HEADING.match(self.lines.words(line)) for line in (above, below))
        if not (near or other or heading):
            self.lines.insert(number, self.lines.quote_marks(number).rstrip(" "))

    def _column(self, number: int, at: int = 0) -> int:
        """Where a column of a line's words is in the whole line."""
        return len(self.lines.quote_marks(number)) + at
