"""Lists as writers type them, indented as Python-Markdown reads them.

It wants four spaces for each level, and takes what follows an indented line for
more of that line. Writers indent by two spaces or to the words above. A line is
never joined or split here, so line numbers stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEVEL = 4
"""The spaces from one level to the next in what Python-Markdown reads."""

_LEAST = 2
"""A line indented by this much more than a marker belongs to its item."""

_MOST = 3
"""A marker indented by more than this from the words above it is words."""

_DEEPEST_QUOTE = 16

_MARKER = re.compile(r"[ ]*(?:[*+-]|(?P<number>\d{1,9})[.)])[ ]+(?=\S)")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ ]")
_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
_ANY = re.compile(r"^[ >]*(?:[*+-]|\d{1,9}[.)])[ ]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item that more may belong to: where its marker and its words start."""

    marker: int
    words: int
    is_moved: bool
    is_numbered: bool


class _Lines:
    """Reads lines in order, and remembers the items that the next one may belong to."""

    def __init__(self, quotes: int) -> None:
        self._quotes = quotes
        self._items: list[_Item] = []
        self._after_blank = True
        self._cut_above = 0
        """An item less deep than this is not read with the lines before it."""
        self._shift = 0
        self.lines: list[str] = []
        self.cuts: set[int] = set()

    def read(self, lines: list[str]) -> None:
        at = 0
        while at < len(lines):
            end = at
            while end < len(lines) and _QUOTED.match(lines[end]) and self._quotes < _DEEPEST_QUOTE:
                end += 1
            if end > at and not self._is_inside(lines[at]):
                self._quote(lines[at:end])
                at = end
            else:
                self._line(lines[at])
                at += 1

    def _is_inside(self, line: str) -> bool:
        return bool(self._items) and _indent(line) >= self._items[0].marker + _LEAST

    def _quote(self, lines: list[str]) -> None:
        marks = [match[0] for line in lines if (match := _QUOTED.match(line))]
        inner = _Lines(self._quotes + 1)
        inner.read([line[len(mark) :] for mark, line in zip(marks, lines, strict=True)])
        self.lines += map("".join, zip(marks, inner.lines, strict=True))
        self._items, self._after_blank = [], False

    def _line(self, line: str) -> None:
        if not line:
            self._cut_above = self._shift = 0
        elif _RULE.fullmatch(line) or _HEADING.match(line):
            self._items = []
        elif marker := self._marker(line):
            line = self._marked(line, marker)
        else:
            line = self._continued(line)
        self._after_blank = not line
        self.lines.append(line)

    def _marker(self, line: str) -> re.Match[str] | None:
        """Read a marker, if it starts an item: inside a paragraph only a bullet or a 1 does."""
        found = _MARKER.match(line)
        if found is None:
            return None
        in_paragraph = not self._after_blank and not self._items
        if in_paragraph and found["number"] not in (None, "1"):
            return None
        indent = _indent(line)
        above = [item for item in self._items if indent >= item.marker + _LEAST]
        most = (above[-1].words if above else 0) + _MOST
        if above and not above[-1].is_moved:
            # Indented as Python-Markdown wants it, so by its rule this is code.
            most = min(most, len(above) * _LEVEL + _MOST)
        return found if indent <= most else None

    def _marked(self, line: str, marker: re.Match[str]) -> str:
        indent, is_numbered, before = _indent(line), bool(marker["number"]), self._items[:1]
        self._leave(indent)
        level = len(self._items)
        if self._after_blank:
            self._cut_above = level
        elif level < self._cut_above:
            self.cuts.add(len(self.lines))
            self._cut_above = level
        elif not level and before and before[0].is_numbered != is_numbered:
            self.cuts.add(len(self.lines))
        spaces = level * _LEVEL if level else indent
        self._items.append(_Item(indent, marker.end(), spaces != indent, is_numbered))
        words = marker.end("number")
        if is_numbered and line[words] == ")":
            line = f"{line[:words]}.{line[words + 1 :]}"
        return " " * spaces + line[indent:]

    def _continued(self, line: str) -> str:
        """Indent a further paragraph of an item as deep as its level asks for."""
        indent = _indent(line)
        if self._after_blank:
            self._leave(indent)
            if not self._items:
                return line
            item, deep = self._items[-1], len(self._items) * _LEVEL
            wanted = deep + max(0, indent - item.words) if item.is_moved else max(indent, deep)
            self._cut_above, self._shift = len(self._items) + 1, max(0, wanted - indent)
        if self._shift and self._items and indent >= self._items[-1].marker + _LEAST:
            return " " * self._shift + line
        return line

    def _leave(self, indent: int) -> None:
        """Forget the items that a line so far to the left is not inside of."""
        while self._items and indent < self._items[-1].marker + _LEAST:
            self._items.pop()


def indent_lists(text: str) -> tuple[list[str], set[int]]:
    """Return a text's lines with its lists as Python-Markdown reads them.

    With them come the numbers of the lines at which an item begins that is to be
    read on its own, because the paragraph before it in the same chunk is inside
    another item.
    """
    lines = text.split("\n")
    if not _ANY.search(text):
        return lines, set()
    reader = _Lines(0)
    reader.read(lines)
    return reader.lines, reader.cuts


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
