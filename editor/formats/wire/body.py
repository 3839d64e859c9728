"""Wrapped wire lines joined into a story's paragraphs and tables, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.formats.wire.lines import Line
from editor.formats.wire.tables import find_tables
from editor.text.document import Document
from editor.text.markdown import to_markdown
from editor.text.nodes import Block, CodeBlock, Paragraph, Table, Text
from editor.text.parse import parse

_WIDEST_WRAP = 100
_PARAGRAPH_INDENT = 2
_SYNTAX = re.compile(r"[\\`*_{}\[\]<>#|~&:]|^\s*(?:[-+=]|\d+[.)])|\s\s$", re.MULTILINE)
_COMPOUND = re.compile(r"[^\W\d_]-$")
_AFTER_HYPHEN = re.compile(r"(?!(?:and|or|to|but|nor|und|y|et)\b)[a-z]")


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Return whether lines were broken to fit a column, so that a line is no paragraph."""
    full = [line for line in lines if line.text]
    if not full or max(len(line.raw.rstrip()) for line in full) > _WIDEST_WRAP:
        return False
    if any(line.indent > _PARAGRAPH_INDENT for line in full):
        return True
    return any(
        above.text and below.text and not above.ends_sentence and below.number == above.number + 1
        for above, below in pairwise(lines)
    )


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one paragraph, or of a table."""

    lines: Sequence[Line]
    table: Table | CodeBlock | None = None


def group_lines(lines: Sequence[Line], alone: Collection[Line] = ()) -> list[LineGroup]:
    """LineGroup lines into paragraphs and tables; blank lines belong to none.

    Lines in `alone` are no rows of a table: part of them is something else.
    """
    groups: list[LineGroup] = []
    start = 0
    tables = find_tables([Line(line.number, "") if line in alone else line for line in lines])
    is_table = {line for rows, _table in tables.values() for line in rows}
    prose = [line for line in lines if line not in is_table]
    wrapped = is_wrapped(prose)
    for at, (rows, table) in tables.items():
        groups += _group_paragraphs(lines[start:at], wrapped)
        groups.append(LineGroup(rows, table))
        start = at + len(rows)
    return groups + _group_paragraphs(lines[start:], wrapped)


def _group_paragraphs(lines: Sequence[Line], wrapped: bool) -> list[LineGroup]:
    if not wrapped:
        return [LineGroup([line]) for line in lines if line.text]
    width = max((len(line.raw.rstrip()) for line in lines), default=0)
    indented = sum(line.indent > _PARAGRAPH_INDENT for line in lines if line.text)
    groups: list[list[Line]] = []
    above: Line | None = None
    for line in lines:
        if line.text:
            if above is not None and not _begins_paragraph(line, above, width, indented > 1):
                groups[-1].append(line)
            else:
                groups.append([line])
        above = line if line.text else None
    return [LineGroup(group) for group in groups]


def join_lines(pieces: Sequence[str]) -> str:
    """Join the lines of a paragraph; a compound broken after its hyphen is closed up again."""
    words = [stripped for piece in pieces if (stripped := piece.strip())]
    text = words[:1]
    for above, piece in pairwise(words):
        is_compound = _COMPOUND.search(above) and _AFTER_HYPHEN.match(piece)
        text.append(piece if is_compound else " " + piece)
    return "".join(text)


def blocks_to_markdown(blocks: Sequence[Block]) -> str:
    """Write paragraphs and tables as Markdown that is parsed to exactly these words.

    Ordinary copy stays unchanged; what Markdown would read as syntax is escaped.
    """
    wanted = Document(tuple(blocks))
    markdown = "\n\n".join(map(_write, blocks))
    return markdown if parse(markdown) == wanted else to_markdown(wanted)


def _write(block: Block) -> str:
    document = Document((block,))
    if isinstance(block, Paragraph):
        [text] = (node.text for node in block.children if isinstance(node, Text))
        if not _SYNTAX.search(text) or parse(text) == document:
            return text
    return to_markdown(document)


def _begins_paragraph(line: Line, above: Line, width: int, indented: bool) -> bool:
    """Return whether a line directly below another begins a new paragraph."""
    if indented:
        return line.indent > 0
    if line.bullet:
        return True
    # The next word would have fitted: the line was ended on purpose.
    room = width - len(above.raw.rstrip())
    return above.ends_sentence and room > len(line.text.split(maxsplit=1)[0]) + 1
