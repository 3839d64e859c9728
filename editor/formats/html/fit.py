"""Documents as Markdown can say them: what it would read otherwise is said more plainly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from editor.text.document import Document
from editor.text.markdown import to_markdown
from editor.text.nodes import (
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    Heading,
    Inline,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Text,
    inner_blocks,
)
from editor.text.parse import parse
from editor.text.plain import block_plain

_WORDS = re.compile(r"\w+")
_FIRST_LEVEL = 2
"""The level of crossheads: the page's own heading is the story's headline."""
_LOWEST_LEVEL = 4
_DEEPEST = 8
"""How deep quotes and lists are one inside the other; deeper ones are paragraphs."""


def fitted(blocks: Iterable[Block]) -> tuple[Document, str]:
    """Return blocks as a document, and as Markdown that is read as the same words in order.

    Headings begin at the level of crossheads. Neighbours that Markdown would read as one
    are one; a block that it would read with other words is written as paragraphs.
    """
    found = list(blocks)
    levels = sorted({level for block in found for level in _levels(block)})
    by_level = {
        level: min(_FIRST_LEVEL + number, _LOWEST_LEVEL) for number, level in enumerate(levels)
    }
    joined = _joined([_levelled(_shallow(block, 0), by_level) for block in found])
    document = Document(tuple(joined))
    markdown = to_markdown(document)
    if _reads_same(markdown, document):
        return document, markdown
    document = Document(tuple(_plainer(joined)))
    return document, to_markdown(document)


def _reads_same(markdown: str, document: Document) -> bool:
    return _block_words(parse(markdown).blocks) == _block_words(document.blocks)


def _block_words(blocks: Iterable[Block]) -> list[str]:
    return [word for block in blocks for word in _WORDS.findall(block_plain(block))]


def _plainer(blocks: Iterable[Block]) -> list[Block]:
    """Write blocks that Markdown reads otherwise as paragraphs of their words."""
    plain: list[Block] = []
    for block in blocks:
        document = Document((block,))
        if _reads_same(to_markdown(document), document):
            plain.append(block)
        else:
            texts = re.split(r"\n+", block_plain(block))
            plain += [Paragraph((Text(" ".join(text.split())),)) for text in texts if text.strip()]
    # Neighbours may still be read as one: a paragraph of a dash holds them apart.
    if _reads_same(to_markdown(Document(tuple(plain))), Document(tuple(plain))):
        return plain
    apart: list[Block] = []
    for block in plain:
        if apart and not isinstance(apart[-1], Paragraph) and not isinstance(block, Paragraph):
            apart.append(Rule())
        apart.append(block)
    return apart


def _levels(block: Block) -> set[int]:
    if isinstance(block, Heading):
        return {block.level}
    return {level for inner in inner_blocks(block) for level in _levels(inner)}


def _levelled(block: Block, levels: dict[int, int]) -> Block:
    match block:
        case Heading(level, children):
            line: list[Inline] = [
                Text(" ") if isinstance(node, Break) else node for node in children
            ]
            return Heading(levels[level], _one_line(line))
        case Quote(blocks):
            return Quote(tuple(_joined([_levelled(inner, levels) for inner in blocks])))
        case BulletList(items) | NumberedList(items):
            made = tuple(
                ListItem(tuple(_joined([_levelled(inner, levels) for inner in item.blocks])))
                for item in items
            )
            return replace(block, items=made)
    return block


def _one_line(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Join neighbours that are only text."""
    line: list[Inline] = []
    for is_text, group in groupby(children, lambda node: isinstance(node, Text)):
        if is_text:
            line.append(Text("".join(node.text for node in group if isinstance(node, Text))))
        else:
            line += group
    return tuple(line)


def _shallow(block: Block, depth: int) -> Block:
    """Return a block whose innermost quotes and lists are paragraphs where they are too deep."""
    if depth >= _DEEPEST and list(inner_blocks(block)):
        return Paragraph((Text(" ".join(block_plain(block).split())),))
    match block:
        case Quote(blocks):
            return Quote(tuple(_shallow(inner, depth + 1) for inner in blocks))
        case BulletList(items) | NumberedList(items):
            made = tuple(
                ListItem(tuple(_shallow(inner, depth + 1) for inner in item.blocks))
                for item in items
            )
            return replace(block, items=made)
    return block


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join neighbours that Markdown reads as one; code after a list would be its item's."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        match last, block:
            case BulletList(), BulletList():
                joined[-1] = BulletList(last.items + block.items)
            case NumberedList(), NumberedList():
                joined[-1] = NumberedList(last.items + block.items, last.start)
            case Quote(), Quote():
                joined[-1] = Quote(last.blocks + block.blocks)
            case Rule(), Rule():
                pass
            case CodeBlock(), CodeBlock():
                joined[-1] = CodeBlock(f"{last.text}\n\n{block.text}")
            case ((BulletList() | NumberedList()), CodeBlock(text)):
                joined.append(_as_paragraph(text))
            case _:
                joined.append(block)
    # A line at either end is between nothing.
    while joined and isinstance(joined[-1], Rule):
        joined.pop()
    while joined and isinstance(joined[0], Rule):
        joined.pop(0)
    return joined


def _as_paragraph(code: str) -> Paragraph:
    children: list[Inline] = []
    for line in filter(str.strip, code.split("\n")):
        children += [Break()] * bool(children) + [Code(line.strip())]
    return Paragraph(tuple(children))
