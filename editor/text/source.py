"""A Markdown source by lines, and where the words of its blocks are written in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from editor.text.nodes import Piece, Pieces, Span
from editor.text.xml import xml_text

TAB = 4
"""The columns from one tab stop to the next."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"^[ ]+$", re.MULTILINE)
_SEPARATOR = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_RULE = re.compile(r"[ >*+\-.\d]*?(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*")
_UNDERLINE = re.compile(r"[ >]*(?:=+|-+)[ ]*")


class Source:
    """A Markdown source, and the text the block phase reads: line by line the same."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        ends = [match.span() for match in _LINE_END.finditer(markdown)]
        self._starts = [0, *(end for _, end in ends)]
        self._ends = [*(start for start, _ in ends), len(markdown)]
        text = _LINE_END.sub("\n", markdown)
        # Other white space ends no line in CommonMark; to the parser it is blank.
        text = xml_text(_SEPARATOR.sub(" ", text)).expandtabs(TAB)
        self.text = _BLANK.sub("", text).rstrip("\n")
        """Without tabs, spaces on blank lines and characters that no page may contain."""
        self.lines = self.text.split("\n")

    def span(self, line: int, end: int) -> Span:
        """Return where lines are written, without the end of the last."""
        return Span(self._starts[line], self._ends[end - 1])

    def pieces(self, line: int) -> list[Piece]:
        """Return where each character of a line of `text` is written, from the source's start."""
        start, end = self._starts[line], self._ends[line]
        written = self.markdown[start:end]
        if written == self.lines[line]:
            return [Piece(end - start, start, end)]
        return list(_joined(_stretches(written, start)))

    def line_end(self, line: int) -> Piece:
        """Return where a line's end is written."""
        following = self._starts[line + 1] if line + 1 < len(self._starts) else self._ends[line]
        return Piece(1, self._ends[line], following)


class Located:
    """Words, and where each of their characters is written; without pieces it is unknown."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text = text
        self._pieces = pieces
        self._starts = list(accumulate((piece.length for piece in pieces), initial=0))

    def pieces(self, start: int, end: int) -> Pieces:
        """Return where a range of the words is written."""
        if start >= end or not self._pieces:
            return ()
        first = bisect_right(self._starts, start) - 1
        after = bisect_left(self._starts, end, first)
        return tuple(
            _cut(piece, max(start - at, 0), min(end - at, piece.length))
            for piece, at in zip(self._pieces[first:after], self._starts[first:after], strict=True)
        )

    def whole(self, start: int, end: int, length: int) -> Pieces:
        """Return one piece of `length` characters for a range of the words, or none."""
        found = self.pieces(start, end)
        return (Piece(length, found[0].start, found[-1].end),) if found else ()


class Locator:
    """Finds the words of one top-level block in its source, in the order of the text.

    A line of words is the end of a source line, after its markup. Lines without
    words (rules, code, underlines) must be skipped where they come.
    """

    def __init__(self, source: Source, line: int, end: int) -> None:
        self._source = source
        self._line, self._end = line, end
        self._start = source.span(line, end).start

    def words(self, text: str) -> Located:
        """Locate the words of a paragraph, an item or a heading."""
        pieces: list[Piece] = []
        for line in text.split("\n"):
            found = self._find(line)
            if found is None:
                return Located(text, ())
            pieces += found
        return Located(text, self._relative(pieces)[:-1])

    def heading(self, text: str) -> Located:
        """Locate the words of a heading, and skip the line under it."""
        located = self.words(text)
        if self._line < self._end and "#" not in self._source.lines[self._line - 1]:
            self._line += bool(_UNDERLINE.fullmatch(self._source.lines[self._line]))
        return located

    def row(self, cells: Iterable[str], is_head: bool = False) -> Iterator[Located]:
        """Locate the cells of a table's row. After the head comes a line without words."""
        line = self._line
        while is_head and line < self._end - 1 and "|" not in self._source.lines[line]:
            line += 1
        self._line = line + 1 + is_head
        if line >= self._end:
            yield from (Located(cell, ()) for cell in cells)
            return
        whole = Located(self._source.lines[line], self._relative(self._source.pieces(line)))
        at = 0
        for cell in cells:
            start = whole.text.find(cell, at)
            at = max(at, start + len(cell))
            yield Located(cell, whole.pieces(start, at) if start >= 0 else ())

    def skip_rule(self) -> None:
        """Skip a line across the column."""
        while self._line < self._end:
            self._line += 1
            if _RULE.fullmatch(self._source.lines[self._line - 1]):
                return

    def code(self, text: str) -> Pieces:
        """Locate lines of code."""
        return self.words(text).pieces(0, len(text))

    def _find(self, words: str) -> list[Piece] | None:
        """Find the next line that ends in these words; return their pieces and the line end's."""
        bare = words.strip(" ")
        if not bare:
            return [Piece(len(words) + 1, self._start, self._start)]
        for line in range(self._line, self._end):
            start = self._source.lines[line].rfind(bare) - (len(words) - len(words.lstrip(" ")))
            if start >= 0:
                self._line = line + 1
                located = Located(self._source.lines[line], self._source.pieces(line))
                found = located.pieces(start, start + len(words))
                return [*found, self._source.line_end(line)]
        return None

    def _relative(self, pieces: Iterable[Piece]) -> list[Piece]:
        at = self._start
        return [Piece(length, start - at, end - at) for length, start, end in pieces]


def _cut(piece: Piece, start: int, end: int) -> Piece:
    if piece.length != piece.end - piece.start:
        return Piece(end - start, piece.start, piece.end)
    return Piece(end - start, piece.start + start, piece.start + end)


def _stretches(written: str, start: int) -> Iterator[Piece]:
    """Yield where each character is written, in a line with tabs or forbidden characters."""
    column = 0
    for at, character in enumerate(written, start):
        if character == "\t":
            width = TAB - column % TAB
            yield Piece(width, at, at + 1)
            column += width
        elif xml_text(_SEPARATOR.sub(" ", character)):
            yield Piece(1, at, at + 1)
            column += 1


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours whose characters are written one after the other."""
    joined = Piece(0, 0, 0)
    for piece in pieces:
        in_row = piece.length == 1 and joined.length == joined.end - joined.start
        if in_row and joined.end == piece.start:
            joined = Piece(joined.length + 1, joined.start, piece.end)
        else:
            yield joined
            joined = piece
    yield joined
