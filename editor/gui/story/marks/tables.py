"""Tables: an empty one to fill, and going from cell to cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from editor.gui.story.marks.blocks import put_block
from editor.gui.story.marks.edits import MarkEdit
from editor.text.document import Document

_COLUMNS, _ROWS = 3, 2
_EMPTY = "     "
"""A cell without words: as wide as the line below the head."""

_RULES = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_PIPE = re.compile(r"(?<!\\)\|")


class _Cell(NamedTuple):
    """A cell of the table around the caret: where it begins and ends in the body."""

    start: int
    end: int


def put_table(body: str, end: int, read: Callable[[str], Document]) -> MarkEdit:
    """Put an empty table after the paragraph that a range ends in; the caret is in its head."""
    row = "|" + f"{_EMPTY}|" * _COLUMNS
    table = "\n".join((row, "|" + " --- |" * _COLUMNS, *[row] * _ROWS))
    return put_block(body, end, table, read, len("| "))


def next_cell(body: str, caret: int, step: int) -> MarkEdit | None:
    """Select the words of the next cell (1) or the one before (-1); None where there is none.

    After the last cell a row is added.
    """
    cells = _cells(body, caret)
    at = next((number for number, cell in enumerate(cells) if caret <= cell.end), len(cells) - 1)
    if not cells or at + step < 0:
        return None
    if at + step == len(cells):
        end = body.find("\n", caret)
        end = end if end >= 0 else len(body)
        columns = sum(cell.start > body.rfind("\n", 0, caret) for cell in cells)
        row = "\n|" + f"{_EMPTY}|" * columns
        return MarkEdit(end, end, row, (end + len("\n| "),) * 2)
    start, end = cells[at + step]
    words = body[start:end].strip(" ")
    first = start + body[start:end].index(words) if words else min(start + 1, end)
    return MarkEdit(first, first, "", (first, first + len(words)))


def is_in_table(body: str, start: int, end: int) -> bool:
    """Whether a range is in one line of a table, between the bars around its cells or not."""
    return "\n" not in body[start:end] and bool(_cells(body, start))


def _cells(body: str, caret: int) -> list[_Cell]:
    """The cells of the table that a caret is in, in their order; none outside of a table."""
    first = body.rfind("\n\n", 0, caret)
    first, last = first + 2 if first >= 0 else 0, body.find("\n\n", caret)
    text = body[first : last if last >= 0 else len(body)].rstrip("\n")
    first += len(text) - len(text.lstrip("\n"))
    rows = text.strip("\n").split("\n")
    if len(rows) < 2 or "|" not in rows[0] or not _RULES.fullmatch(rows[1]):
        return []
    cells, at = list[_Cell](), first
    for number, row in enumerate(rows):
        if number != 1:
            cells += _cells_of(row, at)
        at += len(row) + 1
    return cells


def _cells_of(row: str, at: int) -> list[_Cell]:
    edges = [-1, *(found.start() for found in _PIPE.finditer(row)), len(row)]
    cells = [_Cell(at + before + 1, at + after) for before, after in pairwise(edges)]
    if row.lstrip().startswith("|"):
        cells = cells[1:]
    return cells[:-1] if row.rstrip().endswith("|") else cells
