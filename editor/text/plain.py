"""Nodes as plain words, for search, counting, checks and feeds."""

from __future__ import annotations

from collections.abc import Iterator

from editor.text import nodes
from editor.text.parse import parse


def to_plain(document: nodes.Document) -> str:
    """Return the words of a body; paragraphs, items and rows are separated by blank lines."""
    return "\n\n".join(text for block in document.blocks if (text := block_plain(block)))


def plain_text(markdown: str) -> str:
    """Return the words of a Markdown text."""
    return to_plain(parse(markdown))


def block_plain(block: nodes.Block) -> str:
    """Return the words of one block."""
    return "\n\n".join(words for words in _paragraphs(block) if words)


def _paragraphs(block: nodes.Block) -> Iterator[str]:
    match block:
        case nodes.Paragraph(children) | nodes.Heading(_, children):
            yield _words(children)
        case nodes.CodeBlock(text):
            yield text
        case nodes.Table(head, rows):
            yield from ("\t".join(map(_words, row)) for row in (head, *rows))
        case _:
            for inner in nodes.inner_blocks(block):
                yield from _paragraphs(inner)


def _words(children: nodes.Inlines) -> str:
    leaves = (leaf for leaf, _inside in nodes.leaves(children))
    return "".join("\n" if isinstance(leaf, nodes.Break) else leaf.text for leaf in leaves)
