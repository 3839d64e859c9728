"""The element tree of Markdown's parser as our nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast
from xml.etree.ElementTree import Element

from editor.text.links import safe_href
from editor.text.nodes import (
    Align,
    Block,
    Break,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Row,
    Rule,
    Strong,
    Table,
    Text,
)
from editor.text.shield import Shield

_DEEPEST = 20
"""Emphasis inside emphasis beyond this is words only; nobody could tell it apart."""


def to_block(element: Element, shield: Shield) -> Block:
    """One block element, whose words have been through the inline parser, as a node."""
    block: Block
    match element.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            block = Heading(int(element.tag[1]), to_inlines(element, shield))
        case "blockquote":
            block = Quote(tuple(_blocks(element, shield)))
        case "ul":
            block = BulletList(_items(element, shield))
        case "ol":
            block = NumberedList(_items(element, shield), _start(element))
        case "pre":
            block = CodeBlock(_code(element))
        case "hr":
            block = Rule()
        case "table":
            block = _table(element, shield)
        case _:
            block = Paragraph(to_inlines(element, shield))
    return block


def to_inlines(element: Element, shield: Shield) -> tuple[Inline, ...]:
    """The words of an element that holds no blocks."""
    nodes = _joined(_inlines(element, shield, frozenset(), 0))
    # A line break at either end breaks nothing.
    while nodes and isinstance(nodes[0], Break):
        nodes = nodes[1:]
    while nodes and isinstance(nodes[-1], Break):
        nodes = nodes[:-1]
    return nodes


_BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "pre", "hr", "table")
)


def _blocks(parent: Element, shield: Shield) -> Iterator[Block]:
    """The blocks of a quote or item; words that stand between them are paragraphs."""
    loose = Element("p")
    loose.text = parent.text
    for child in parent:
        if child.tag not in _BLOCKS:
            loose.append(child)
            continue
        yield from _paragraph(loose, shield)
        tail, child.tail = child.tail, None
        yield to_block(child, shield)
        loose = Element("p")
        loose.text = tail
    yield from _paragraph(loose, shield)


def _paragraph(loose: Element, shield: Shield) -> Iterator[Block]:
    if len(loose) or (loose.text or "").strip():
        yield Paragraph(to_inlines(loose, shield))


def _items(element: Element, shield: Shield) -> tuple[ListItem, ...]:
    return tuple(ListItem(tuple(_blocks(item, shield))) for item in element)


def _start(element: Element) -> int:
    number = element.get("start", "1")
    return int(number) if len(number) <= 9 else 1


def _code(element: Element) -> str:
    # Inside a list the parser loses some of several blank lines, so one is all.
    text = re.sub("\n{3,}", "\n\n", (element[0].text or "").rstrip())
    # The parser escapes code in advance; the other way round, in reverse order.
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _table(element: Element, shield: Shield) -> Table:
    head, *rows = (_row(row, shield) for part in element for row in part)
    aligns = tuple(cast(Align, cell.get("align", "")) for cell in element[0][0])
    return Table(head, tuple(row for row in rows if any(row)), aligns)


def _row(row: Element, shield: Shield) -> Row:
    return tuple(_cell(cell, shield) for cell in row)


def _cell(cell: Element, shield: Shield) -> Cell:
    return to_inlines(cell, shield)


def _inlines(
    element: Element, shield: Shield, inside: frozenset[str], depth: int
) -> Iterator[Inline]:
    """The words of an element. What repeats a tag it stands inside is unwrapped."""
    yield from shield.nodes(element.text or "")
    for child in element:
        if depth == _DEEPEST:
            yield from shield.nodes("".join(child.itertext()))
        else:
            yield from _inline(child, shield, inside, depth + 1)
        yield from shield.nodes(child.tail or "")


def _inline(child: Element, shield: Shield, inside: frozenset[str], depth: int) -> Iterator[Inline]:
    words = _inlines(child, shield, inside | {child.tag}, depth)
    href = safe_href(child.get("href", "")) if child.tag == "a" else None
    if child.tag in inside or (child.tag == "a" and href is None):
        yield from words
    elif href is not None:
        yield Link(href, _joined(words))
    else:
        yield (Strong if child.tag == "strong" else Emphasis)(_joined(words))


def _joined(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbours of one kind, so that equal looks have equal nodes."""
    result: list[Inline] = []
    for node in nodes:
        last = result[-1] if result else None
        match last, node:
            case Text(), Text():
                result[-1] = Text(last.text + node.text)
            case Code(), Code():
                result[-1] = Code(last.text + node.text)
            case Emphasis(), Emphasis():
                result[-1] = Emphasis(_joined(last.children + node.children))
            case Strong(), Strong():
                result[-1] = Strong(_joined(last.children + node.children))
            case _:
                result.append(node)
    return tuple(result)
