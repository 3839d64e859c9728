"""Lists and quotations go on and end as they are typed: Enter, Backspace, Tab and Shift+Tab.

Each function gets the lines around the caret and returns an edit, or None where the key
means what it means everywhere.
"""

from __future__ import annotations

from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_lines import BodyLineKind, ListLine, read_list_lines

_WIDEST = 4
"""An item inside another one is indented to the words of that, but no further than this."""

_DEEPEST = 3
"""A marker indented by more than this from the words around it is code."""


def continue_list(body: str, caret: int) -> MarkEdit | None:
    """Begin the next item or quoted line at the caret; in an empty one end it."""
    change = _Typing(body, caret, caret)
    line, column = change.line, change.column
    if column < len(change.quote):
        return None
    if change.is_item(change.row) and column < len(change.quote) + line.words_at:
        return None
    is_indented = change.words.startswith("  ")
    if line.kind is BodyLineKind.ITEM or (line.kind is BodyLineKind.ITEM_TEXT and is_indented):
        return change.enter_item() if change.is_item(line.item) else None
    return change.enter_quote() if change.quote.strip() else None


def remove_marker(body: str, caret: int) -> MarkEdit | None:
    """Remove the marker of the item or quotation whose words begin at the caret."""
    change = _Typing(body, caret, caret)
    row, quote = change.row, len(change.quote)
    if change.is_item(row) and change.column == quote + change.line.words_at:
        return change.remove_item()
    if quote and change.column == quote:
        outer = len(_outer(change.quote))
        change.lines.replace(row, outer, quote - outer, "")
        return change.lines.edit()
    return None


def is_in_list(body: str, start: int, end: int) -> bool:
    """Whether a line of a range is in an item."""
    change = _Typing(body, start, end)
    return bool(change.touched_items())


def shift_items(body: str, start: int, end: int, *, deeper: bool) -> MarkEdit | None:
    """Put the items of a range, with all that is inside them, a level deeper or further out."""
    change = _Typing(body, start, end)
    moved = [row for row in change.touched_items() if not change.is_inside(row)]
    if not (deeper and change.indent(moved)) and not (not deeper and change.outdent(moved)):
        return None
    return change.lines.edit()


class _Typing:
    """One key in a list: the lines, what they are, and which numbers count on."""

    def __init__(self, body: str, start: int, end: int) -> None:
        self.lines = BodyLines(body, start, end)
        self.touched = self.lines.touched()
        self.row = self.touched.start
        self.column = start - sum(len(line) + 1 for line in self.lines.lines[: self.row])
        self.quote, self.words = self.lines.quote_marks(self.row), self.lines.words(self.row)
        self.found = read_list_lines(self.lines, self.touched)
        self.line = self.found[self.row]
        self._counts_on = self._read_counts()

    def is_item(self, row: int) -> bool:
        """Whether an item begins in a line, and not code."""
        line = self.found[row]
        around = self.found[line.parent].words_at if line.parent >= 0 else 0
        return line.kind is BodyLineKind.ITEM and line.indent <= around + _DEEPEST

    def touched_items(self) -> list[int]:
        """Return the lines in which the items begin that something is touched of."""
        rows = {self.found[row].item for row in self.touched} - {-1}
        return sorted(row for row in rows if self.is_item(row))

    def is_inside(self, row: int) -> bool:
        """Whether an item is inside of another one that is touched: it is moved along with it."""
        touched, parent = self.touched_items(), self.found[row].parent
        while parent >= 0 and parent not in touched:
            parent = self.found[parent].parent
        return parent >= 0

    # Enter and Backspace

    def enter_item(self) -> MarkEdit:
        """Begin the next item with what is right of the caret; an empty item ends."""
        row, item = self.row, self.found[self.line.item]
        if row == item.item and not self.words[item.words_at :].strip():
            self._end_item(item)
            return self.lines.edit()
        rest = self.lines.lines[row][self.column :]
        self.lines.replace(row, self.column, len(rest), "")
        marker = self.quote + " " * item.indent + self._next_marker(item)
        counts_on = not self._is_alike(item.item)
        self._insert(row + 1, marker + rest.lstrip(" "), counts_on)
        self.lines.go_to(row + 1, len(marker))
        self._renumber()
        return self.lines.edit()

    def enter_quote(self) -> MarkEdit:
        """Go on with the quotation; in a line without words end the innermost one."""
        row, rest = self.row, self.lines.lines[self.row][self.column :]
        if self.lines.is_blank(row):
            self._leave_blank(row, _outer(self.quote))
            return self.lines.edit()
        self.lines.replace(row, self.column, len(rest), "")
        self._insert(row + 1, self.quote + rest.lstrip(" "))
        self.lines.go_to(row + 1, len(self.quote))
        return self.lines.edit()

    def remove_item(self) -> MarkEdit:
        """Take the marker off an item; the numbers after it count from the one before."""
        line, is_first = self.line, self._sibling_before(self.row) is None
        after = self.found.get(self.row + 1)
        self.lines.replace(self.row, len(self.quote) + line.indent, line.width, "")
        if is_first and line.parent < 0 and after is not None and after.number:
            # Right below words only a 1 begins a list.
            self._insert(self.row + 1, self.quote.rstrip())
        self._renumber(line.number)
        return self.lines.edit()

    def _end_item(self, item: ListLine) -> None:
        """Make an empty item the next one of the list around, or a line after the list."""
        if item.parent >= 0:
            around = self.found[item.parent]
            marker = " " * around.indent + self._next_marker(around)
            length = item.indent + item.width
            self.lines.replace(self.row, len(self.quote), length, marker)
            self._counts_on[self.row] = True
            self._renumber("1")
        else:
            self._leave_blank(self.row, self.quote)
            self._renumber(item.number)

    def _leave_blank(self, row: int, quote: str) -> None:
        """Empty a line and go on after it: what is typed then is a paragraph of its own."""
        is_parted = not row or (self.lines.is_blank(row - 1) and self._is_outside(row - 1, quote))
        self.lines.replace(row, 0, len(self.lines.lines[row]), quote)
        if not is_parted:
            self.lines.replace(row, 0, len(quote), quote.rstrip())
            row += 1
            self._insert(row, quote)
        self.lines.go_to(row, len(quote))
        if row + 1 < len(self.lines.lines) and not self.lines.is_blank(row + 1):
            self._insert(row + 1, quote.rstrip())

    def _is_outside(self, row: int, quote: str) -> bool:
        return self.lines.depth(row) <= quote.count(">")

    def _next_marker(self, item: ListLine) -> str:
        """Return the marker of the item after one: its number counts on, unless all are alike."""
        start = len(self.quote) + item.indent
        marker = self.lines.lines[item.item][start : start + item.width]
        if not marker.endswith(" "):
            marker += " "
        if not item.number:
            return marker
        return f"{int(item.number) + (not self._is_alike(item.item))}{marker[len(item.number) :]}"

    # Tab and Shift+Tab

    def indent(self, rows: list[int]) -> bool:
        """Put items inside of the item before them, where there is one."""
        moved = False
        for row in rows:
            before = self._sibling_before(row)
            while before is not None and before in rows:
                before = self._sibling_before(before)
            if before is not None:
                inside = [at for at in self._items() if self.found[at].parent == before]
                above = self.found[before]
                indent = min(above.words_at, above.indent + _WIDEST)
                self._move(row, indent, inside[-1] if inside else None)
                self._counts_on[row] = True
                moved = True
        self._renumber("1")
        return moved

    def outdent(self, rows: list[int]) -> bool:
        """Put items after the item around them, in its list."""
        rows = [row for row in rows if self.found[row].parent >= 0]
        for row in rows:
            around = self.found[row].parent
            self._move(row, self.found[around].indent, around)
            self._counts_on[row] = True
        self._renumber("1")
        return bool(rows)

    def _move(self, row: int, indent: int, like: int | None) -> None:
        """Indent an item and all inside it; its marker becomes that of the list it comes into."""
        growth = indent - self.found[row].indent
        for number in self._extent(row):
            at = len(self.lines.quote_marks(number))
            if self.lines.is_blank(number):
                continue
            if growth > 0:
                self.lines.replace(number, at, 0, " " * growth)
            else:
                words = self.lines.words(number)
                spaces = len(words) - len(words.lstrip(" "))
                self.lines.replace(number, at, min(-growth, spaces), "")
        if like is not None:
            own, other = self.found[row], self.found[like]
            start = len(self.lines.quote_marks(like)) + other.indent
            marker = self._text_before[like][start : start + other.width]
            self.lines.replace(row, len(self.lines.quote_marks(row)) + indent, own.width, marker)

    def _extent(self, row: int) -> range:
        """Return an item's lines and those of all that is inside it."""
        end = row + 1
        while end in self.found and self._belongs(end, row):
            end += 1
        while end > row + 1 and self.lines.is_blank(end - 1):
            end -= 1
        return range(row, end)

    def _belongs(self, number: int, row: int) -> bool:
        item = self.found[number].item
        while item > row:
            item = self.found[item].parent
        return item == row or self.found[number].kind is BodyLineKind.BLANK

    # Numbers

    def _read_counts(self) -> list[bool]:
        """Find which numbers are one more than the number before them in their list."""
        self._text_before = list(self.lines.lines)
        counts = [False] * len(self.lines.lines)
        for row in self._items():
            before = self._sibling_before(row)
            if before is not None and self.found[row].number and self.found[before].number:
                numbers = int(self.found[before].number), int(self.found[row].number)
                counts[row] = numbers[0] + 1 == numbers[1]
        return counts

    def _renumber(self, first: str = "") -> None:
        """Let the numbers count on that did so before; one whose first item left starts again."""
        touched = range(self.row, min(self.touched.stop + 1, len(self.lines.lines)))
        self.found = read_list_lines(self.lines, touched)
        for row in self._items():
            line, before = self.found[row], self._sibling_before(row)
            if not line.number or not self._counts_on[row]:
                continue
            number = line.number if before is None else self.found[before].number
            wanted = first or number if before is None else str(int(number or 0) + 1)
            if wanted != line.number:
                at = len(self.lines.quote_marks(row)) + line.indent
                self.lines.replace(row, at, len(line.number), wanted)
                width = line.width + len(wanted) - len(line.number)
                self.found[row] = ListLine(
                    line.kind, line.item, line.parent, line.indent, width, wanted
                )

    def _is_alike(self, row: int) -> bool:
        """Whether the items around one have the same number: then all have it."""
        after = next((at for at in self._items() if self._sibling_before(at) == row), None)
        near = {self._sibling_before(row), after} - {None, row}
        return any(self.found[at].number == self.found[row].number for at in near if at is not None)

    def _items(self) -> list[int]:
        return [row for row in sorted(self.found) if self.found[row].kind is BodyLineKind.ITEM]

    def _sibling_before(self, row: int) -> int | None:
        """Return the item before one in the same list."""
        for before in range(row - 1, -1, -1):
            line = self.found.get(before)
            if line is None or line.kind not in _OF_LISTS:
                return None
            if line.kind is BodyLineKind.ITEM and before == self.found[row].parent:
                return None
            if line.kind is BodyLineKind.ITEM and line.parent == self.found[row].parent:
                return before
        return None

    def _insert(self, row: int, text: str, counts_on: bool = False) -> None:
        self.lines.insert(row, text)
        self._counts_on.insert(row, counts_on)


_OF_LISTS = (BodyLineKind.ITEM, BodyLineKind.ITEM_TEXT, BodyLineKind.BLANK)


def _outer(quote: str) -> str:
    """Return the marks of the quotations around the innermost one."""
    return quote[: quote.rindex(">")].rstrip(" ") + " " if quote.count(">") > 1 else ""
