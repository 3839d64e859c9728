"""Rejoining of wrapped wire lines into a story's paragraphs, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from editor.formats.wire.lines import Line
from editor.text.markdown import to_markdown
from editor.text.nodes import Document, Paragraph, Text
from editor.text.parse import parse

_WIDEST_WRAP = 100
_PARAGRAPH_INDENT = 2
_SYNTAX = re.compile(r"[\\`*_{}\[\]<>#|~&:]|^\s*(?:[-+=]|\d+[.)])|\s{2,}$", re.MULTILINE)
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


def group_paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines into paragraphs; blank lines belong to none."""
    if not is_wrapped(lines):
        return [[line] for line in lines if line.text]
    width = max(len(line.raw.rstrip()) for line in lines)
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
    return groups


def join_lines(pieces: Sequence[str]) -> str:
    """Join the lines of a paragraph; a compound broken after its hyphen is closed up again."""
    text = ""
    for piece in (piece.strip() for piece in pieces):
        is_compound = _COMPOUND.search(text) and _AFTER_HYPHEN.match(piece)
        text += piece if is_compound or not text or not piece else " " + piece
    return text


def paragraphs_to_markdown(texts: Sequence[str]) -> str:
    """Write plain paragraphs as Markdown that is parsed to exactly these words.

    Ordinary copy stays unchanged; what Markdown would read as syntax is escaped.
    """
    wanted = Document(tuple(Paragraph((Text(text),)) for text in texts))
    markdown = "\n\n".join(_escape(text) for text in texts)
    return markdown if parse(markdown) == wanted else to_markdown(wanted)


def _escape(text: str) -> str:
    paragraph = Document((Paragraph((Text(text),)),))
    if not _SYNTAX.search(text) or parse(text) == paragraph:
        return text
    return to_markdown(paragraph)


def _begins_paragraph(line: Line, above: Line, width: int, indented: bool) -> bool:
    """Return whether a line directly below another begins a new paragraph."""
    if indented:
        return line.indent > 0
    if line.bullet:
        return True
    # The next word would have fitted: the line was ended on purpose.
    room = width - len(above.raw.rstrip())
    return above.ends_sentence and room > len(line.text.split(maxsplit=1)[0]) + 1
