"""Markdown read into a document. Only this file and `emphasis` know Python-Markdown.

Its traps, and how they are avoided here:

- Raw HTML and character references would come back as numbered placeholders:
  of its inline phase only the pairing of emphasis is used, so tags are words,
  and references are read by `cover`.
- It scans to the end for every opening bracket or backtick, and builds a new
  string for every match: a paragraph with thousands of marks is taken as words.
- Nesting is limited by Python's stack, so the result would depend on the
  caller: here a fixed depth limits it.
- It knows no line numbers: a section's blocks are fed in one chunk at a time and each
  piece is placed by its number of lines. `source` finds the words in these.
- Link definitions would make each block depend on all others: they are not
  installed. Of footnotes a block knows only the label; numbers are the document's.
- An instance is not safe between threads and slow to make: one each.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from itertools import islice
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
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

from editor.core.picture_reference import PICTURE_LINE
from editor.text.document import BodySection, Document
from editor.text.emphasis import EmphasisFinder
from editor.text.lists import indent_lists
from editor.text.nodes import Block
from editor.text.sections import cut_again
from editor.text.source import TAB, Locator, Source
from editor.text.tree import TreeReader

_DEEPEST = 16
"""How deep quotes and lists nest; what is deeper stays as words of the deepest."""

_MOST_LINES = 1_000
"""Lines without a blank one between are cut here, as each line is read many times."""

_MOST_CELLS = 20_000
_MOST_COLUMNS = 50
_LONGEST_ROW = 4_000


class Parser:
    """Reads Markdown; of a text that is typed only the sections around the key are read again.

    Not for use by two threads at once.
    """

    def __init__(self) -> None:
        markdown = Markdown(tab_length=TAB)
        self._blocks = _Blocks(markdown)
        self._emphasis = EmphasisFinder(markdown)
        self._text = ""
        self._sections: list[BodySection] = []

    def parse(self, markdown: str) -> Document:
        """Read Markdown, taking the sections of the previous text from memory.

        Never raises: what is no markup is words.
        """
        lengths = (len(section.text) for section in self._sections)
        first, end, texts = cut_again(self._text, lengths, markdown)
        known = {section.text: section for section in self._sections[first:end]}
        # A section is in one place only, so each is taken once.
        fresh = [known.pop(text) if text in known else self.read(text) for text in texts]
        self._text, self._sections[first:end] = markdown, fresh
        return Document.of(tuple(self._sections))

    def read(self, text: str) -> BodySection:
        """Read one section, or a text as one, from nothing."""
        source = Source(text)
        blocks: list[Block] = []
        for element, line, end in self._blocks.read(source.text):
            reader = TreeReader(Locator(source, line, end), self._emphasis)
            blocks.append(replace(reader.block(element), source=source.span(line, end)))
        return BodySection(text, tuple(blocks))


def parse(markdown: str) -> Document:
    """Read Markdown with this thread's own parser."""
    parser: Parser | None = getattr(_local, "parser", None)
    if parser is None:
        parser = _local.parser = Parser()
    return parser.parse(markdown)


_local = threading.local()


class _Blocks(BlockParser):
    """The block phase, which also notes the lines each top-level element came from.

    A processor at the root takes a piece of text and may put the rest back, or
    read what precedes its own lines by calling `parseBlocks`. The rest is
    always the tail of the piece, so its line follows from counting.
    """

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        table = _Table(self, {"use_align_attribute": True})
        in_order = (
            EmptyBlockProcessor(self),
            ListIndentProcessor(self),
            _PictureLine(self),
            _Footnotes(self),
            CodeBlockProcessor(self),
            table,
            _Heading(self),
            _Underlined(self),
            HRProcessor(self),
            _Numbered(self),
            _Bullets(self),
            _ListAfterText(self),
            _Quote(self),
            ParagraphProcessor(self),
        )
        for i, processor in enumerate(in_order):
            self.blockprocessors.register(processor, type(processor).__name__, -i)
        self.root = Element("div")
        self._places: list[tuple[int, int]] = []
        self._line = 0

    def read(self, text: str) -> list[tuple[Element, int, int]]:
        """Read a whole text without tabs whose blank lines are empty.

        Returns each top-level element with its first line and the line after its last.
        """
        self.root = Element("div")
        self._places = []
        lines, cuts = indent_lists(text)
        start = 0
        for line in range(1, len(lines) + 1):
            is_blank = line == len(lines) or not lines[line]
            if is_blank or line in cuts or line - start == _MOST_LINES:
                self._line = start
                self.parseBlocks(self.root, ["\n".join(lines[start:line])])
                start = line + is_blank
        return [(child, *place) for child, place in zip(self.root, self._places, strict=True)]

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


class _PictureLine(BlockProcessor):
    """`![](picture:NAME)` in a line of its own at the top level.

    As with a heading no blank lines are asked for: who puts one and types on presses Enter once.
    """

    RE = re.compile(rf"(?:^|\n){PICTURE_LINE}(?:\n|$)")

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of the block is such a place."""
        # Few blocks have one, and to look for these letters alone takes no time.
        is_likely = "![](picture:" in block and parent is self.parser.root
        return is_likely and bool(self.RE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read what precedes the line, and leave what follows it to the others."""
        block = blocks.pop(0)
        found = self.RE.search(block)
        assert found  # noqa: S101 - as `test` found it
        if found.start():
            self.parser.parseBlocks(parent, [block[: found.start()]])
        SubElement(parent, "picture", {"address": found["address"]})
        if found.end() < len(block):
            blocks.insert(0, block[found.end() :])


class _Footnotes(BlockProcessor):
    """`[^label]: words` at the top level, and the indented paragraphs after it."""

    RE = re.compile(r"(?:^|\n)[ ]{0,3}\[\^(?P<label>[^\s\[\]^]{1,50})\]:[ ]*")

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line begins a footnote, or the block goes on with one."""
        if parent is not self.parser.root:
            return False
        return self._continues(parent, block) or ("[^" in block and bool(self.RE.search(block)))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read one footnote, or one further paragraph of it."""
        block = blocks.pop(0)
        if self._continues(parent, block):
            words, rest = self.detab(block)
            self.parser.parseBlocks(parent[-1], [words])
        else:
            found, *following = islice(self.RE.finditer(block), 2)
            if found.start():
                self.parser.parseBlocks(parent, [block[: found.start()]])
            end = following[0].start() if following else len(block)
            rest = block[end + 1 :]
            element = SubElement(parent, "footnote", {"label": found["label"]})
            self.parser.parseBlocks(element, [block[found.end() : end]])
        if rest:
            blocks.insert(0, rest)

    def _continues(self, parent: Element, block: str) -> bool:
        last = self.lastChild(parent)
        return last is not None and last.tag == "footnote" and block.startswith(" " * TAB)


class _Quote(BlockQuoteProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of the block starts with `>`, and not too deep."""
        is_likely = ">" in block and len(self.parser.state) < _DEEPEST
        return is_likely and bool(self.RE.search(block))


class _Numbered(SaneOListProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether the block starts with a number and a dot, and not too deep."""
        return len(self.parser.state) < _DEEPEST and super().test(parent, block)


class _Bullets(SaneUListProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether the block starts with a bullet, and not too deep."""
        return len(self.parser.state) < _DEEPEST and super().test(parent, block)


class _ListAfterText(BlockProcessor):
    """A list without a blank line before it, as CommonMark has it: a bullet, or a 1."""

    RE = re.compile(r"\n(?=[ ]{0,3}(?:[*+-]|1\.)[ ]+\S)")

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line after the first begins a list, and not too deep."""
        return len(self.parser.state) < _DEEPEST and bool(self.RE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read what precedes the list, and leave the list to the others."""
        block = blocks.pop(0)
        before, rest = self.RE.split(block, maxsplit=1)
        self.parser.parseBlocks(parent, [before])
        blocks.insert(0, rest)


class _Heading(HashHeaderProcessor):
    # A space is asked for, as CommonMark does: copy is full of #hashtags.
    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})[ ]+(?=\S)(?!#+[ ]*(?:\n|$))(?P<header>[^\n]*)(?:\n|$)"
    )

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of the block is a heading."""
        return "#" in block and bool(self.RE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read a heading; only marks after a space close it, so C# keeps its own."""
        super().run(parent, blocks)
        words = parent[-1].text or ""
        without = words.rstrip("#")
        parent[-1].text = without.rstrip() if without.endswith(" ") else words


class _Underlined(SetextHeaderProcessor):
    # A heading has words: only white space above the line is none.
    RE = re.compile(r"^(?=[^\S\n]*\S)[^\n]*\n(?:=+|-+)[ ]*(\n|$)")


class _Table(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Whether the block is a table, of a size people write by hand."""
        columns = block.partition("\n")[0].count("|") + 1
        if not 1 < columns <= _MOST_COLUMNS:
            return False
        rows = block.split("\n")
        return (
            len(rows) > 1
            and columns * len(rows) <= _MOST_CELLS
            and max(map(len, rows)) <= _LONGEST_ROW
            and super().test(parent, block)
        )
