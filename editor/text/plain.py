"""Nodes as plain words, for search, counting, checks and feeds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from editor.text import nodes
from editor.text.document import Document
from editor.text.metrics import Tally, tally, total_words
from editor.text.parse import parse
from editor.text.sections import cut

_UNMARKED = re.compile(
    r"[^\W\d_][^\\`*_\[\]<>&|~!#\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\uf8ff\ufffe\uffff]*"
)
"""A line that begins with a letter, without what Markdown or a page reads otherwise."""


def to_plain(document: Document) -> str:
    """Return the words of a body; paragraphs, items and rows are separated by blank lines."""
    return "\n\n".join(filter(None, block_texts(document)))


def block_texts(document: Document) -> tuple[str, ...]:
    """Return the words of each block of a body, in order."""
    notes = document.footnote_numbers()
    return tuple(
        block_plain(part.block, notes) if part.labels else part.made(block_plain)
        for part in document.parts
    )


def document_words(document: Document) -> int:
    """Count the words of a body: as `count_words` does those of `to_plain`."""
    notes = document.footnote_numbers()
    return total_words(
        [
            tally(block_plain(part.block, notes)) if part.labels else part.made(_tally)
            for part in document.parts
        ]
    )


def _tally(block: nodes.Block) -> Tally:
    return tally(block_plain(block))


def plain_text(markdown: str) -> str:
    """Return the words of a Markdown text; only sections with a mark in them are parsed."""
    if "[^" in markdown:
        return to_plain(parse(markdown))  # a footnote's mark depends on another section
    return "\n\n".join(filter(None, map(section_words, cut(markdown))))


def section_words(section: str) -> str:
    """Return the words of a section, as `sections.cut` gives it."""
    line = section.rstrip("\n")
    is_words = _UNMARKED.fullmatch(line) and not line[-1].isspace()
    return line if is_words else to_plain(parse(section))


def block_plain(block: nodes.Block, notes: Container[str] = ()) -> str:
    """Return the words of one block; marks of footnotes whose labels are in `notes` are none."""
    return "\n\n".join(words for words in _paragraphs(block, notes) if words)


def _paragraphs(block: nodes.Block, notes: Container[str]) -> Iterator[str]:
    match block:
        case nodes.Paragraph(children) | nodes.Heading(_, children):
            yield _words(children, notes)
        case nodes.CodeBlock(text):
            yield text
        case nodes.Table(head, rows):
            for row in (head, *rows):
                yield "\t".join(_words(cell, notes) for cell in row)
        case _:
            for inner in nodes.inner_blocks(block):
                yield from _paragraphs(inner, notes)


def _words(children: nodes.Inlines, notes: Container[str]) -> str:
    return "".join(_word(leaf, notes) for leaf, _inside in nodes.leaves(children))


def _word(leaf: nodes.Leaf, notes: Container[str]) -> str:
    match leaf:
        case nodes.Break():
            return "\n"
        case nodes.FootnoteMark(label) if label in notes:
            return ""
    return leaf.text
