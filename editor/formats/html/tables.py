"""Tables of a page: those of figures and words, and those that only set the page's layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeAlias

from editor.formats.html.tree import HtmlElement
from editor.text.nodes import Block, Break, Cell, Heading, Inline, Paragraph, Strong, Table, Text

ReadBlocks: TypeAlias = Callable[[HtmlElement], list[Block]]
Grid: TypeAlias = list[list[Cell]]

_MOST_SPAN = 50
_MOST_COLUMNS = 40
_MOST_CELLS = 15_000
_LONGEST_CELL = 700
_MOST_PARAGRAPHS = 3
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_LAYOUT = frozenset(("presentation", "none"))
_SEPARATOR = " · "


def read_table(table: HtmlElement, read: ReadBlocks) -> list[Block]:
    """Return a table as one, or what is in it where it is no table to a reader.

    A table has two columns or more and cells of a few words. One that is wider or
    longer than a person would write is a paragraph a row, so that no word is lost.
    """
    if table.get("role").lower() in _LAYOUT:
        return list(_contents(table, read))
    captions = [child for child in table.elements() if child.tag == "caption"]
    before = [block for caption in captions for block in read(caption)]
    cells = [[(cell, read(cell)) for cell in row_cells(row)] for row in _rows(table)]
    grid = _grid(cells)
    if not grid or not grid[0]:
        return [*before, *_strays(table, read)]
    if len(grid[0]) == 1 or not all(_is_cell(blocks) for row in cells for _cell, blocks in row):
        return [*before, *_strays(table, read), *(b for row in cells for _, bs in row for b in bs)]
    if len(grid[0]) > _MOST_COLUMNS or len(grid) * len(grid[0]) > _MOST_CELLS or len(grid) == 1:
        return [*before, *_strays(table, read), *map(_row_paragraph, grid)]
    head, *rows = grid
    aligns = tuple("" for _cell in head)
    found = Table(tuple(map(_plain_weight, head)), tuple(map(tuple, rows)), aligns)  # type: ignore[arg-type]
    return [*before, *_strays(table, read), found]


def row_cells(row: HtmlElement) -> list[HtmlElement]:
    """Return the cells of a row."""
    return [cell for cell in row.elements() if cell.tag in ("td", "th")]


def cell_words(blocks: Sequence[Block]) -> Cell:
    """Return the words of a cell's paragraphs in one line."""
    words: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            words += [Text(" ")] * bool(words)
            words += [Text(" ") if isinstance(node, Break) else node for node in block.children]
    return _joined(words)


def _joined(words: Sequence[Inline]) -> Cell:
    joined: list[Inline] = []
    for node in words:
        if joined and isinstance(node, Text) and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + node.text)
        else:
            joined.append(node)
    return tuple(joined)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table.elements():
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from (row for row in child.elements() if row.tag == "tr")


def _contents(table: HtmlElement, read: ReadBlocks) -> Iterator[Block]:
    yield from _strays(table, read)
    for row in _rows(table):
        for cell in row_cells(row):
            yield from read(cell)


def _strays(table: HtmlElement, read: ReadBlocks) -> list[Block]:
    """Return words that are in a broken table but in none of its cells."""
    strays = HtmlElement("div", {})
    for part in (
        table,
        *(child for child in table.elements() if child.tag in _GROUPS),
        *_rows(table),
    ):
        known = {"td", "th"} if part.tag == "tr" else {"tr", "caption", "colgroup", "col", *_GROUPS}
        strays.children += [
            child
            for child in part.children
            if (child.strip() if isinstance(child, str) else child.tag not in known)
        ]
    return read(strays) if strays.children else []


def _is_cell(blocks: Sequence[Block]) -> bool:
    """Whether blocks fit into a cell: a few paragraphs without lists, tables or quotes."""
    if not all(isinstance(block, Paragraph) for block in blocks):
        return False
    words = sum(len(node.text) for node in cell_words(blocks) if isinstance(node, Text))
    return len(blocks) < _MOST_PARAGRAPHS and words <= _LONGEST_CELL


def _grid(rows: Sequence[Sequence[tuple[HtmlElement, list[Block]]]]) -> Grid:
    """Lay cells out by their spans; a cell over several rows is in the first of them."""
    grid: Grid = []
    below: dict[int, int] = {}
    """How many rows more a cell above takes, by column."""
    for row in rows:
        line: list[Cell] = []
        for cell, blocks in row:
            while below.get(len(line), 0) > 0:
                below[len(line)] -= 1
                line.append(())
            width, lines = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(line), len(line) + width):
                below[column] = lines - 1
            line += [cell_words(blocks), *[()] * (width - 1)]
        while below.get(len(line), 0) > 0:
            below[len(line)] -= 1
            line.append(())
        if any(line):
            grid.append(line)
    columns = [column for column in zip_longest(*grid, fillvalue=()) if any(column)]
    return [list(line) for line in zip(*columns, strict=True)]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name).strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isascii() and value.isdigit() else 1


def _plain_weight(cell: Cell) -> Cell:
    """Return a head's cell without bold, which the table sets anyway."""
    if len(cell) == 1 and isinstance(cell[0], Strong):
        return cell[0].children
    return cell


def _row_paragraph(line: Sequence[Cell]) -> Paragraph:
    words: list[Inline] = []
    for cell in filter(None, line):
        words += [Text(_SEPARATOR)] * bool(words)
        words += cell
    return Paragraph(_joined(words))
