"""Tables that an agency sets with spaces or tabs, read as columns.

Where the columns are not clear a table stays as it was set, since a number in
the wrong column is worse than a plain look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

from editor.formats.wire.lines import Line
from editor.text.nodes import Align, CodeBlock, Row, Table, Text

_GAP = re.compile(r"\S(?: {3,}|\t+)\S")
_TAB = 8
_ALIGN: Align = ""
_NARROWEST_GUTTER = 2
_FEWEST_ROWS_AS_SET = 3


def find_tables(lines: Sequence[Line]) -> dict[int, tuple[Sequence[Line], Table | CodeBlock]]:
    """Return the tables in some lines by the index of their first line, with their lines."""
    tables = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _GAP.search(lines[end].raw.strip()):
            end += 1
        table = _read_table(lines[start:end]) if end - start > 1 else None
        if table is not None:
            tables[start] = (lines[start:end], table)
        start = max(end, start + 1)
    return tables


def _read_table(lines: Sequence[Line]) -> Table | CodeBlock | None:
    """Return the rows in columns that no word crosses, else as they were set; None for prose."""
    rows = [line.raw.rstrip().expandtabs(_TAB) for line in lines]
    cells = _split_at_tabs(lines)
    if not cells:
        columns = _find_columns(rows)
        cells = [[row[start:end].strip() for start, end in columns] for row in rows]
    width = len(cells[0])
    if width < 2 or any(_GAP.search(cell) for row in cells for cell in row):
        is_table = len(rows) >= _FEWEST_ROWS_AS_SET
        return CodeBlock(dedent("\n".join(rows))) if is_table else None
    head, *others = (_as_row(row) for row in cells)
    return Table(head, tuple(others), tuple(_ALIGN for _column in range(width)))


def _split_at_tabs(lines: Sequence[Line]) -> list[list[str]]:
    """Return the cells between tabs; nothing unless every row has as many."""
    cells = [[cell.strip() for cell in line.raw.split("\t")] for line in lines]
    return cells if len(cells[0]) > 1 and len(set(map(len, cells))) == 1 else []


def _find_columns(rows: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each column starts and ends: between gutters that are empty in every row."""
    width = max(map(len, rows))
    used = [any(row[at : at + 1].strip() for row in rows) for at in range(width)]
    columns: list[tuple[int, int]] = []
    for at in (at for at in range(width) if used[at]):
        if columns and at - columns[-1][1] < _NARROWEST_GUTTER:
            columns[-1] = (columns[-1][0], at + 1)
        else:
            columns.append((at, at + 1))
    return columns


def _as_row(cells: Sequence[str]) -> Row:
    return tuple((Text(cell),) if cell else () for cell in cells)
