"""A body's words as the checks read them: without markup, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.text import nodes
from editor.text.nodes import Piece, Span
from editor.text.source import Located
from editor.text.xml import xml_text

HIDDEN = "\0"
"""In place of what is not prose: code, addresses. Storing refuses it, so no field has it."""

_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s<>]+")
_PARAGRAPH_END = "\n\n"


def read_prose(body: str, document: nodes.Document) -> Located:
    """Return a body's words; paragraphs, items and cells are separated by blank lines.

    White space and characters that can't be seen are as in the source. An escape
    or a character reference is the character it means.
    """
    stretches = list(_stretches(body, document))
    text = "".join(words for words, _piece in stretches)
    return Located(
        _ADDRESS.sub(lambda match: HIDDEN * len(match[0]), text),
        [piece for _words, piece in stretches],
    )


def written_spans(prose: Located, start: int, end: int) -> list[Span]:
    """Return where a range of prose is written: several spans where markup is in between."""
    spans: list[Span] = []
    for piece in prose.pieces(start, end):
        if spans and spans[-1].end == piece.start:
            spans[-1] = Span(spans[-1].start, piece.end)
        elif piece.end > piece.start:
            spans.append(Span(piece.start, piece.end))
    return spans


def split_paragraphs(text: str) -> Iterator[Span]:
    """Split a text on blank lines; the last line's end belongs to no paragraph."""
    start, end, at = -1, 0, 0
    for line in text.split("\n"):
        if line.strip():
            start = at if start < 0 else start
            end = at + len(line)
        elif start >= 0:
            yield Span(start, end)
            start = -1
        at += len(line) + 1
    if start >= 0:
        yield Span(start, end)


def _stretches(body: str, document: nodes.Document) -> Iterator[tuple[str, Piece]]:
    """Yield the words in stretches; the line breaks between them have an empty place."""
    for block in document.blocks:
        start = block.source.start
        for run in nodes.runs(block):
            for leaf, _inside in nodes.leaves(run):
                match leaf:
                    case nodes.Text():
                        yield from _words(body, start, leaf)
                    case nodes.Code(_, pieces):
                        place = Piece(1, start + pieces[0].start, start + pieces[-1].end)
                        yield HIDDEN, place
                    case nodes.Break():
                        yield "\n", Piece(1, 0, 0)
            yield _PARAGRAPH_END, Piece(len(_PARAGRAPH_END), 0, 0)


def _words(body: str, block_start: int, text: nodes.Text) -> Iterator[tuple[str, Piece]]:
    at, end = 0, -1
    for piece in text.pieces:
        start = block_start + piece.start
        if 0 <= end < start and not xml_text(dropped := body[end:start]):
            yield dropped, Piece(start - end, end, start)
        end = block_start + piece.end
        written, words = body[start:end], text.text[at : at + piece.length]
        if len(written) == piece.length or written.isspace():
            words = written
        yield words, Piece(len(words), start, end)
        at += piece.length
