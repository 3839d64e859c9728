"""What the lines of a body are to its lists, read as `editor.text.lists` reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from editor.core.picture_reference import is_picture_line
from editor.gui.story.marks.body_lines import BodyLines

BELONGS = 2
"""A line indented by this much more than a marker belongs to its item."""

_MARKER = re.compile(r"(?P<indent>[ ]*)(?P<mark>[*+-]|(?P<number>\d{1,9})[.)])(?:[ ]+(?=\S)|[ ]+$)")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})")
HEADING = re.compile(r"(?P<indent>[ ]{0,3})(?P<mark>#{1,6}[ ]+)")
NOTE = re.compile(r"[ ]{0,3}\[\^[^\s\[\]^]{1,50}\]:")


class BodyLineKind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    """A line of a paragraph that is in no list."""
    HEADING = auto()
    RULE = auto()
    """A line across the column, or a picture: no command for words changes it."""
    NOTE = auto()
    """The first line of a footnote."""
    ITEM = auto()
    """The first line of an item."""
    ITEM_TEXT = auto()
    """A further line of an item."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line: `item` is the line on which its item begins, `parent` that of the item around.

    Both are -1 where there is none. Of an item `indent` is what precedes its mark, in
    characters, `width` the mark with the spaces after it, `number` its number as written.
    """

    kind: BodyLineKind
    item: int = -1
    parent: int = -1
    indent: int = 0
    width: int = 0
    number: str = ""

    @property
    def words_at(self) -> int:
        """Where the words of an item begin."""
        return self.indent + self.width


def read_list_lines(body: BodyLines, touched: range) -> dict[int, ListLine]:
    """Read the lines that are touched, the lists and paragraphs around them, by line number."""
    first = touched.start
    while first and not _is_beginning(body, first):
        first -= 1
    found: dict[int, ListLine] = {}
    for number, line in _read(body, first):
        if number >= touched.stop and _ends(body, found, number, line):
            break
        found[number] = line
    return found


def _is_beginning(body: BodyLines, line: int) -> bool:
    """Whether nothing above a line can say what it is."""
    if body.depth(line) != body.depth(line - 1):
        return True
    words = body.words(line)
    is_free = bool(words.strip()) and not words.startswith(" ") and not _MARKER.match(words)
    return is_free and body.is_blank(line - 1)


def _ends(body: BodyLines, found: dict[int, ListLine], number: int, line: ListLine) -> bool:
    """Whether a line after those that are touched belongs to none of them."""
    above = found.get(number - 1)
    if above is None or body.depth(number) != body.depth(number - 1):
        return True
    if line.kind is BodyLineKind.TEXT:
        return above.kind is not BodyLineKind.TEXT
    return line.kind not in (BodyLineKind.ITEM, BodyLineKind.ITEM_TEXT, BodyLineKind.BLANK)


def _read(body: BodyLines, first: int) -> Iterator[tuple[int, ListLine]]:
    open_items: list[tuple[int, int]] = []  # the line and the indentation of each
    after_blank, depth = True, -1
    for number in range(first, len(body.lines)):
        words = body.words(number)
        if body.depth(number) != depth:
            open_items, after_blank, depth = [], True, body.depth(number)
        marker = _MARKER.match(words)
        if not words.strip():
            line = ListLine(BodyLineKind.BLANK)
        elif _RULE.fullmatch(words) or is_picture_line(words):
            open_items, line = [], ListLine(BodyLineKind.RULE)
        elif HEADING.match(words):
            open_items, line = [], ListLine(BodyLineKind.HEADING)
        elif NOTE.match(words):
            open_items, line = [], ListLine(BodyLineKind.NOTE)
        elif marker and (after_blank or open_items or marker["number"] in (None, "1")):
            indent = len(marker["indent"])
            _leave(open_items, indent)
            parent = open_items[-1][0] if open_items else -1
            width, digits = marker.end() - indent, marker["number"] or ""
            line = ListLine(BodyLineKind.ITEM, number, parent, indent, width, digits)
            open_items.append((number, indent))
        else:
            if after_blank:
                _leave(open_items, len(words) - len(words.lstrip(" ")))
            item = open_items[-1][0] if open_items else -1
            line = ListLine(BodyLineKind.ITEM_TEXT if open_items else BodyLineKind.TEXT, item)
        after_blank = line.kind is BodyLineKind.BLANK
        yield number, line


def _leave(open_items: list[tuple[int, int]], indent: int) -> None:
    """Forget the items that a line so far to the left is not inside of."""
    while open_items and indent < open_items[-1][1] + BELONGS:
        open_items.pop()
