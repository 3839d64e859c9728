"""A body's words as the checks read them: without markup, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from editor.text import nodes
from editor.text.document import BodySection, Document, Part, Remembering
from editor.text.nodes import Piece, Span
from editor.text.source import Located
from editor.text.xml import xml_text

T = TypeVar("T")

HIDDEN = "\0"
"""In place of what is not prose: code, addresses. Storing refuses it, so no field has it."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:|tel:\+?\d)[^\s<>]+"
    # A mailbox: its own part has at most 64 characters (RFC 5321).
    r"|(?<![\w.'’+-])[\w.'’+-]{1,64}@[^\W_][\w.-]*\.\w+"
)
_LAYOUT = re.compile("^ +| {2,}", re.MULTILINE)
_FENCE = "```"
_PARAGRAPH_END = "\n\n"


class BlockProse(Remembering["BlockProse"]):
    """The words of one top-level block as the checks read them; a blank line ends each paragraph.

    `pieces` say where they are written, from the start of the block's section.
    """

    __slots__ = ("pieces", "text")

    def __init__(self, text: str, pieces: tuple[Piece, ...]) -> None:
        super().__init__()
        self.text, self.pieces = text, pieces

    def made(self, make: Callable[[BlockProse], T]) -> T:
        """Return what a pure function makes of the words; it is called once."""
        return self._make(make, self)


class BodyProse:
    """A body's words; paragraphs, items and cells are separated by blank lines.

    White space and characters that can't be seen are as in the source. An escape
    or a character reference is the character it means. Words between fences and in
    indented lines are read, because readers see them; code in a line is not.
    """

    def __init__(self, document: Document) -> None:
        self._placed = [
            (section.made(_read_section)[part], start) for part, section, start in document.placed
        ]
        blocks = [block for block, _start in self._placed]
        self.text = "".join(block.text for block in blocks)
        starts = accumulate((len(block.text) for block in blocks), initial=0)
        self.blocks = list(zip(blocks, starts, strict=False))
        """The blocks in their order, each with where it begins in `text`."""

    @property
    def first_words(self) -> tuple[BlockProse, int] | None:
        """The first block that has words, and where it begins in `text`; pictures have none."""
        return next((placed for placed in self.blocks if placed[0].text.strip()), None)

    def written_spans(self, start: int, end: int) -> list[Span]:
        """Return where a range of prose is written: several spans where markup is in between."""
        spans: list[Span] = []
        for piece in self._located.pieces(start, end):
            if spans and spans[-1].end == piece.start:
                spans[-1] = Span(spans[-1].start, piece.end)
            elif piece.end > piece.start:
                spans.append(Span(piece.start, piece.end))
        return spans

    @cached_property
    def _located(self) -> Located:
        pieces = [
            Piece(length, at + start, at + end)
            for block, at in self._placed
            for length, start, end in block.pieces
        ]
        return Located(self.text, pieces)


def _read_section(section: BodySection) -> dict[Part, BlockProse]:
    return {part: _read_block(section.text, part.block) for part in section.parts}


def _read_block(text: str, block: nodes.Block) -> BlockProse:
    stretches = list(_stretches(text, block))
    words = "".join(words for words, _piece in stretches)
    return BlockProse(hide_addresses(words), tuple(piece for _words, piece in stretches))


def hide_addresses(text: str) -> str:
    """Cover web addresses and mailboxes: o'brien@paper.example has no quotation mark."""
    return _hidden(_ADDRESS, text)


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


def _stretches(text: str, block: nodes.Block) -> Iterator[tuple[str, Piece]]:
    """Yield the words in stretches; the line breaks between them have an empty place."""
    start = block.source.start
    for run in _runs(block):
        for leaf, _inside in nodes.leaves(run):
            match leaf:
                case nodes.Text():
                    yield from _words(text, start, leaf)
                case nodes.Code(_, (first, *_)) if _is_inline(text, start + first.start):
                    yield HIDDEN, Piece(1, start + first.start, start + leaf.pieces[-1].end)
                case nodes.Code():
                    for words, piece in _words(text, start, leaf):
                        yield _hidden(_LAYOUT, words), piece
                case nodes.Break():
                    yield "\n", Piece(1, 0, 0)
        yield _PARAGRAPH_END, Piece(len(_PARAGRAPH_END), 0, 0)


def _runs(block: nodes.Block) -> Iterator[nodes.Inlines]:
    """The words of each paragraph, heading, item, cell and indented block."""
    match block:
        case nodes.CodeBlock(text, pieces):
            yield (nodes.Code(text, pieces),)
        case nodes.Quote() | nodes.BulletList() | nodes.NumberedList() | nodes.Footnote():
            for inner in nodes.inner_blocks(block):
                yield from _runs(inner)
        case _:
            yield from nodes.runs(block)


def _is_inline(body: str, start: int) -> bool:
    """Whether what is code from here on is inside a line: after one backtick or two."""
    while start and body[start - 1] in " \n\t>":
        start -= 1
    return body.endswith("`", 0, start) and not body.endswith(_FENCE, 0, start)


def _hidden(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: HIDDEN * len(match[0]), text)


def _words(
    body: str, block_start: int, text: nodes.Text | nodes.Code
) -> Iterator[tuple[str, Piece]]:
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
