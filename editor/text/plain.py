"""Nodes as plain words, for search, counting, checks and feeds."""

from __future__ import annotations

from collections.abc import Iterator

from editor.text.nodes import (
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
)
from editor.text.parse import parse


def plain(document: Document) -> str:
    """The words of a body; paragraphs, items and rows are separated by blank lines."""
    return "\n\n".join(text for block in document.blocks if (text := block_plain(block)))


def plain_text(markdown: str) -> str:
    """The words of a Markdown text."""
    return plain(parse(markdown))


def block_plain(block: Block) -> str:
    """The words of one block."""
    return "\n\n".join(piece for piece in _pieces(block) if piece)


def inline_plain(children: tuple[Inline, ...]) -> str:
    """The words of inline nodes."""
    return "".join(_words(child) for child in children)


def _pieces(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(children) | Heading(_, children):
            yield inline_plain(children)
        case Quote(blocks):
            for each in blocks:
                yield from _pieces(each)
        case BulletList(items) | NumberedList(items):
            for item in items:
                for each in item.blocks:
                    yield from _pieces(each)
        case CodeBlock(text):
            yield text
        case Table(head, rows):
            for row in (head, *rows):
                yield "\t".join(inline_plain(cell) for cell in row)
        case Rule():
            return


def _words(node: Inline) -> str:
    match node:
        case Text(text) | Code(text):
            return text
        case Break():
            return "\n"
        case Emphasis(children) | Strong(children) | Link(_, children):
            return inline_plain(children)
