"""A body by its lines, with what is selected in it, while a command changes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from editor.gui.story.marks.edits import MarkEdit

_QUOTED = re.compile(r"(?:[ ]{0,3}>[ ]?)*")


class BodyLines:
    """Lines that are changed at their start, added and removed; the selection moves along."""

    def __init__(self, body: str, start: int, end: int) -> None:
        self._body = body
        self.lines = body.split("\n")
        starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self._places = []
        for index in (start, end):
            line = bisect_right(starts, index, 0, len(self.lines)) - 1
            self._places.append((line, index - starts[line]))

    def touched(self) -> range:
        """Return the numbers of the lines in which something is selected, or the caret is."""
        (first, _column), (last, column) = self._places
        return range(first, last + (column > 0 or last == first))

    def quote_marks(self, line: int) -> str:
        """Return what a line begins with as part of a quotation: `> ` for each one around it."""
        found = _QUOTED.match(self.lines[line])
        return found[0] if found else ""

    def depth(self, line: int) -> int:
        """Return how many quotations a line says that it is inside of."""
        return self.quote_marks(line).count(">")

    def words(self, line: int) -> str:
        """Return a line without the marks of quotations."""
        return self.lines[line][len(self.quote_marks(line)) :]

    def is_blank(self, line: int) -> bool:
        """Return whether a line has nothing but marks of quotations."""
        return not self.words(line).strip()

    def replace(self, line: int, at: int, length: int, text: str) -> None:
        """Put a text in place of `length` characters of a line."""
        before = self.lines[line]
        self.lines[line] = before[:at] + text + before[at + length :]
        for number, (row, column) in enumerate(self._places):
            if row == line and column >= at:
                moved = max(column - length, at) + len(text)
                self._places[number] = row, moved

    def indent(self, line: int, by: int, least: int = 0) -> None:
        """Indent a line by more or fewer spaces, if it is indented by `least` or more."""
        words = self.words(line)
        spaces = len(words) - len(words.lstrip(" "))
        if spaces and spaces >= least:
            at = len(self.quote_marks(line))
            self.replace(line, at, min(spaces, max(-by, 0)), " " * by)

    def insert(self, line: int, text: str) -> None:
        """Add a line before another one."""
        self.lines.insert(line, text)
        self._places = [(row + (row >= line), column) for row, column in self._places]

    def remove(self, line: int) -> None:
        """Remove a line."""
        del self.lines[line]
        self._places = [
            (row - (row > line), 0 if row == line else column) for row, column in self._places
        ]

    def exchange(self, above: range, below: range) -> None:
        """Let two stretches of lines change places; the lines between them stay there."""
        moved = {
            **{row: row + below.stop - above.stop for row in above},
            **{row: row + above.start - below.start for row in below},
        }
        between = self.lines[above.stop : below.start]
        first, last = (self.lines[rows.start : rows.stop] for rows in (above, below))
        self.lines[above.start : below.stop] = [*last, *between, *first]
        self._places = [(moved.get(row, row), column) for row, column in self._places]

    def go_to(self, line: int, column: int) -> None:
        """Put the caret somewhere, and select nothing."""
        self._places = [(line, column)] * 2

    def edit(self) -> MarkEdit:
        """Return what was changed, and what is selected now."""
        starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        first, last = (starts[row] + column for row, column in self._places)
        return MarkEdit.between(self._body, "\n".join(self.lines), (first, last))
