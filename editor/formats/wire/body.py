"""A story's paragraphs out of its lines, whatever the wire did to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from editor.formats.wire.lines import Line
from editor.text.markdown import to_markdown
from editor.text.nodes import Document, Paragraph, Text
from editor.text.parse import parse

_WIDEST_WRAP = 100
_NEW_PARAGRAPH = 2
_SYNTAX = re.compile(r"[\\`*_{}\[\]<>#|~&:]|^\s*(?:[-+=]|\d+[.)])|\s{2,}$", re.MULTILINE)
_COMPOUND = re.compile(r"[^\W\d_]-$")
_AFTER_HYPHEN = re.compile(r"(?!(?:and|or|to|but|nor|und|y|et)\b)[a-z]")


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines were broken to fit a column, so that a line is not a paragraph."""
    filled = [line for line in lines if line.text]
    if not filled or max(len(line.raw.rstrip()) for line in filled) > _WIDEST_WRAP:
        return False
    if any(line.indent > _NEW_PARAGRAPH for line in filled):
        return True
    return any(
        above.text and below.text and not above.ends_sentence and below.number == above.number + 1
        for above, below in pairwise(lines)
    )


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines into paragraphs; blank lines belong to none."""
    if not is_wrapped(lines):
        return [[line] for line in lines if line.text]
    width = max(len(line.raw.rstrip()) for line in lines)
    indented = sum(line.indent > _NEW_PARAGRAPH for line in lines if line.text)
    groups: list[list[Line]] = []
    above: Line | None = None
    for line in lines:
        if line.text:
            if above is not None and not _begins(line, above, width, indented > 1):
                groups[-1].append(line)
            else:
                groups.append([line])
        above = line if line.text else None
    return groups


def joined(pieces: Sequence[str]) -> str:
    """One paragraph of its lines; a compound broken after its hyphen closes up again."""
    text = ""
    for piece in (piece.strip() for piece in pieces):
        closes = _COMPOUND.search(text) and _AFTER_HYPHEN.match(piece)
        text += piece if closes or not text or not piece else " " + piece
    return text


def as_markdown(texts: Sequence[str]) -> str:
    """Write plain paragraphs as Markdown that reads as exactly these words.

    Ordinary copy stays as it came; what Markdown would take as syntax is escaped.
    """
    wanted = Document(tuple(Paragraph((Text(text),)) for text in texts))
    light = "\n\n".join(_escaped(text) for text in texts)
    return light if parse(light) == wanted else to_markdown(wanted)


def _escaped(text: str) -> str:
    alone = Document((Paragraph((Text(text),)),))
    if not _SYNTAX.search(text) or parse(text) == alone:
        return text
    return to_markdown(alone)


def _begins(line: Line, above: Line, width: int, indented: bool) -> bool:
    """Whether a line right below another begins a paragraph of its own."""
    if indented:
        return line.indent > 0
    if line.bullet:
        return True
    # The next word would have fitted: the line was ended on purpose.
    room = width - len(above.raw.rstrip())
    return above.ends_sentence and room > len(line.text.split(maxsplit=1)[0]) + 1
