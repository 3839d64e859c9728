"""Markdown read into a document. The one file that knows Python-Markdown.

Its traps, and how they are avoided here:

- Raw HTML and character references would come back as numbered placeholders:
  the processors for them are not installed, so tags are words, and references
  are read by `shield`.
- It scans to the end for every opening bracket or backtick, and builds a new
  string for every match: links have a processor of ours, code is set aside
  before, and a paragraph with thousands of marks is taken as words.
- Nesting is limited by Python's stack, so the result would depend on the
  caller: here a fixed depth limits it.
- It knows no line numbers: blocks are fed in one chunk at a time and each
  piece is placed by its number of lines.
- Link definitions and footnotes would make each block depend on all others:
  they are not installed.
- An instance is not safe between threads and dear to make: one each.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import TypeAlias
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    ParagraphProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from editor.text.links import safe_href
from editor.text.nodes import Block, Document
from editor.text.shield import Shield
from editor.text.tree import to_block
from editor.text.xml import xml_text

_DEEPEST = 16
"""How deep quotes and lists nest; what is deeper stays as words of the deepest."""

_MOST_MARKS = 1_000
"""More brackets and asterisks than this in one paragraph, and they are only words."""

_MOST_LINES = 1_000
"""Lines without a blank one between are cut here, as each line is read many times."""

_MOST_CELLS = 20_000
_MOST_COLUMNS = 50
_LONGEST_ROW = 4_000

_Key: TypeAlias = tuple[tuple[str, str | None, str | None, int, str], ...]

_NOT_INSTALLED = (
    "backtick",
    "escape",
    "reference",
    "link",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "linebreak",
    "html",
    "entity",
)
"""All inline processors of Python-Markdown but emphasis."""

_MARKS = re.compile(r"[*_\[<]")
_BLANK = re.compile(r"^[ ]+$", re.MULTILINE)


def parse(markdown: str) -> Document:
    """Read Markdown. Never raises: what is no markup is words."""
    engine: _Engine | None = getattr(_local, "engine", None)
    if engine is None:
        engine = _local.engine = _Engine()
    return Document(tuple(engine.block(*found) for found in engine.blocks(markdown)))


class Parser:
    """Reads the same text again and again as it is typed; only changed blocks cost much.

    Gives exactly what `parse` gives. Not for use by two threads at once.
    """

    def __init__(self) -> None:
        self._engine = _Engine()
        self._known: dict[_Key, Block] = {}

    def parse(self, markdown: str) -> Document:
        """Read Markdown, taking blocks seen in the previous text from memory."""
        known: dict[_Key, Block] = {}
        blocks: list[Block] = []
        for element, line, end in self._engine.blocks(markdown):
            key = _key(element)
            block = known.get(key) or self._known.get(key)
            if block is None:
                block = self._engine.block(element, line, end)
            elif (block.line, block.end) != (line, end):
                block = replace(block, line=line, end=end)
            known[key] = block
            blocks.append(block)
        self._known = known
        return Document(tuple(blocks))


_local = threading.local()


def _key(element: Element) -> _Key:
    """All that the words of a block depend on."""
    return tuple(
        (each.tag, each.text, each.tail, len(each), each.get("align", "") or each.get("start", ""))
        for each in element.iter()
    )


class _Engine:
    """One Python-Markdown, cut down to what a story needs."""

    def __init__(self) -> None:
        self._markdown = Markdown()
        self._blocks = _Blocks(self._markdown)
        self._shield = Shield()
        patterns = self._markdown.inlinePatterns
        for name in _NOT_INSTALLED:
            patterns.deregister(name)
        patterns.register(_LinkProcessor(r"(?<!!)\[", self._markdown, self), "link", 160)
        # After links, so that a picture inside a link is found too.
        patterns.register(_LinkProcessor(r"!\[", self._markdown, self), "image_link", 150)
        patterns.register(_AutolinkProcessor(self._markdown, self), "autolink", 120)

    def blocks(self, markdown: str) -> list[tuple[Element, int, int]]:
        """The block phase: each top-level element with its first line and the line after."""
        text = markdown.replace("\r\n", "\n").replace("\r", "\n")
        # Unicode's own separators end no line in CommonMark; to the parser they are blank.
        text = xml_text(text.replace("\u2028", " ").replace("\u2029", " "))
        text = _BLANK.sub("", text.expandtabs(self._markdown.tab_length))
        return self._blocks.read(text.rstrip("\n"))

    def block(self, element: Element, line: int, end: int) -> Block:
        """The inline phase of one top-level element."""
        self._shield = Shield()
        if self._markdown.delimiters is not None:
            self._markdown.delimiters.reset()
        parent = Element("div")
        parent.append(element)
        for each in element.iter():
            if each.tag != "code":
                each.text = self._covered(each.text)
                each.tail = self._covered(each.tail)
        self._markdown.treeprocessors["inline"].run(parent)
        return replace(to_block(element, self._shield), line=line, end=end)

    def words(self, text: str) -> str:
        """The words behind the tokens of the block at hand."""
        return self._shield.words(text)

    def _covered(self, text: str | None) -> str | None:
        if not text:
            return text
        text = self._shield.cover(text)
        marks = sum(1 for _ in _MARKS.finditer(text))
        return text if marks <= _MOST_MARKS else AtomicString(text)


class _Blocks(BlockParser):
    """The block phase, which also notes the lines each top-level element came from.

    A processor at the root takes a piece of text and may put the rest back, or
    read what stands before its own lines by calling `parseBlocks`. The rest is
    always the tail of the piece, so its line follows from counting.
    """

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        table = _Table(self, {"use_align_attribute": True})
        in_order = (
            EmptyBlockProcessor(self),
            ListIndentProcessor(self),
            CodeBlockProcessor(self),
            table,
            _Heading(self),
            _Underlined(self),
            HRProcessor(self),
            _Numbered(self),
            _Bullets(self),
            _Quote(self),
            ParagraphProcessor(self),
        )
        for i, processor in enumerate(in_order):
            self.blockprocessors.register(processor, type(processor).__name__, -i)
        self.root = Element("div")
        self._places: list[tuple[int, int]] = []
        self._line = 0

    def read(self, text: str) -> list[tuple[Element, int, int]]:
        """Read a whole text without tabs whose blank lines are empty."""
        self.root = Element("div")
        self._places = []
        line = 0
        for chunk in text.split("\n\n"):
            lines = chunk.split("\n")
            for i in range(0, len(lines), _MOST_LINES):
                self._line = line + i
                self.parseBlocks(self.root, ["\n".join(lines[i : i + _MOST_LINES])])
            line += len(lines) + 1
        return [(each, *place) for each, place in zip(list(self.root), self._places, strict=True)]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        """Read pieces of text into an element."""
        if parent is not self.root:
            super().parseBlocks(parent, blocks)
            return
        end = self._line + _lines(blocks[0])
        while blocks:
            piece = blocks[0]
            self._line = end - _lines(piece)
            self._step(blocks)
            rest = blocks[0] if blocks else ""
            self._note(end - _lines(rest), piece[: len(piece) - len(rest)])
            self._line = end - _lines(rest)

    def _step(self, blocks: list[str]) -> None:
        for processor in self.blockprocessors:
            if (
                processor.test(self.root, blocks[0])
                and processor.run(self.root, blocks) is not False
            ):
                return

    def _note(self, end: int, taken: str) -> None:
        if len(self.root) > len(self._places):
            self._places.append((self._line, end))
        elif self._places and taken.strip():
            self._places[-1] = (self._places[-1][0], end)


def _lines(piece: str) -> int:
    return piece.count("\n") + 1 if piece else 0


class _Quote(BlockQuoteProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of the block starts with `>`, and not too deep."""
        return len(self.parser.state) < _DEEPEST and bool(self.RE.search(block))


class _Numbered(SaneOListProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether the block starts with a number and a dot, and not too deep."""
        return len(self.parser.state) < _DEEPEST and super().test(parent, block)


class _Bullets(SaneUListProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether the block starts with a bullet, and not too deep."""
        return len(self.parser.state) < _DEEPEST and super().test(parent, block)


class _Heading(HashHeaderProcessor):
    # A space is asked for, as CommonMark does: copy is full of #hashtags.
    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})[ ]+(?=\S)"
        r"(?P<header>(?:[^\n#]|#+(?=[^\n#]))+)#*[ ]*(?:\n|$)"
    )


class _Underlined(SetextHeaderProcessor):
    # A heading has words: only white space above the line is none.
    RE = re.compile(r"^(?=[^\S\n]*\S)[^\n]*\n(?:=+|-+)[ ]*(\n|$)")


class _Table(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether the block is a table, of a size people write by hand."""
        rows = block.split("\n")
        columns = rows[0].count("|") + 1
        return (
            len(rows) > 1
            and 1 < columns <= _MOST_COLUMNS
            and columns * len(rows) <= _MOST_CELLS
            and max(map(len, rows)) <= _LONGEST_ROW
            and super().test(parent, block)
        )


class _LinkProcessor(InlineProcessor):
    """Reads `[words](address "title")`, and a picture as its words.

    The label ends at its own bracket, at most 8 pairs deep. A link that must
    not lead where it does becomes its words; so does its title, which goes.
    """

    _BRACKET = re.compile(r"[\[\]]")
    _ADDRESS = re.compile(
        r"\(\s*(?:<(?P<angled>[^<>]{0,2000})>"
        r"|(?P<bare>[^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500}){0,8}))"
        r"""(?:\s+(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s*\)"""
    )
    _LONGEST_LABEL = 10_000
    _DEEPEST_LABEL = 8

    def __init__(self, pattern: str, markdown: Markdown, engine: _Engine) -> None:
        super().__init__(pattern, markdown)
        self._engine = engine

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Make the element of one link, or none."""
        close = self._label_end(data, m.end())
        address = self._ADDRESS.match(data, close + 1) if close > m.end() else None
        if address is None or not data[m.end() : close].strip():
            return None, None, None
        element = Element("a")
        element.text = data[m.end() : close]
        href = safe_href(
            self._engine.words(self.unescape(address["angled"] or address["bare"] or ""))
        )
        if href and not m[0].startswith("!"):
            element.set("href", href)
        return element, m.start(), address.end()

    def _label_end(self, data: str, start: int) -> int:
        depth = 1
        for bracket in self._BRACKET.finditer(data, start, start + self._LONGEST_LABEL):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return bracket.start()
            if depth > self._DEEPEST_LABEL:
                break
        return -1


class _AutolinkProcessor(InlineProcessor):
    """Reads `<https://paper.example/>` and `<desk@paper.example>`."""

    def __init__(self, markdown: Markdown, engine: _Engine) -> None:
        super().__init__(r"<([^\s<>]{3,2000})>", markdown)
        self._engine = engine

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Make the element of one address, or none."""
        words = self._engine.words(self.unescape(m[1]))
        href = safe_href(words) if ":" in words else safe_href(f"mailto:{words}")
        if href is None:
            return None, None, None
        element = Element("a", href=href)
        element.text = AtomicString(m[1])
        return element, m.start(), m.end()
