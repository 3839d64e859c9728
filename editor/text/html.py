"""Nodes as HTML: every tag and attribute is written here, everything else is escaped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from editor.text.links import is_slug, safe_href
from editor.text.nodes import (
    Block,
    Break,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Document,
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
from editor.text.xml import escape, escape_attribute

Resolve: TypeAlias = Callable[[str], str | None]
"""Give a story's slug, get the relative address of its page; None when it has none."""


def to_html(document: Document, resolve: Resolve | None = None) -> str:
    """Write a whole body, a line for each block. `resolve` is as for `block_html`."""
    return "\n".join(block_html(block, resolve) for block in document.blocks)


def block_html(block: Block, resolve: Resolve | None = None) -> str:
    """Write one block as HTML.

    Without `resolve`, a link to a story leads to its page beside this one; where
    it answers None the words stay and the link goes.
    """
    return _block(block, resolve or _sibling)


def inline_html(children: tuple[Inline, ...], resolve: Resolve | None = None) -> str:
    """Write words, without a block around them."""
    return _inlines(children, resolve or _sibling)


def _sibling(slug: str) -> str:
    return f"{slug}.html"


def _block(block: Block, resolve: Resolve) -> str:
    match block:
        case Paragraph(children):
            html = f"<p>{_inlines(children, resolve)}</p>"
        case Heading(level, children):
            # The page's h1 is the headline, so a body starts at h2.
            tag = f"h{max(2, level)}"
            html = f"<{tag}>{_inlines(children, resolve)}</{tag}>"
        case Quote(blocks):
            html = f"<blockquote>{_blocks(blocks, resolve)}</blockquote>"
        case BulletList(items):
            html = f"<ul>{_items(items, resolve)}</ul>"
        case NumberedList(items, start):
            opening = "<ol>" if start == 1 else f'<ol start="{start}">'
            html = f"{opening}{_items(items, resolve)}</ol>"
        case CodeBlock(text):
            html = f"<pre><code>{escape(text)}\n</code></pre>"
        case Rule():
            html = "<hr>"
        case Table():
            html = _table(block, resolve)
    return html


def _blocks(blocks: tuple[Block, ...], resolve: Resolve) -> str:
    return "".join(_block(each, resolve) for each in blocks)


def _items(items: tuple[ListItem, ...], resolve: Resolve) -> str:
    return "".join(f"<li>{_item(item, resolve)}</li>" for item in items)


def _item(item: ListItem, resolve: Resolve) -> str:
    """Write an item; its words need no paragraph unless there are several."""
    paragraphs = sum(isinstance(each, Paragraph) for each in item.blocks)
    match item.blocks:
        case (Paragraph(children), *rest) if paragraphs == 1:
            return _inlines(children, resolve) + _blocks(tuple(rest), resolve)
    return _blocks(item.blocks, resolve)


def _table(table: Table, resolve: Resolve) -> str:
    head = f"<thead>{_row('th', table.head, table, resolve)}</thead>"
    rows = "".join(_row("td", row, table, resolve) for row in table.rows)
    return f"<table>{head}<tbody>{rows}</tbody></table>" if rows else f"<table>{head}</table>"


def _row(tag: str, row: Row, table: Table, resolve: Resolve) -> str:
    def cell(words: Cell, align: str) -> str:
        # A class, because the page's policy forbids style attributes.
        place = f' class="align-{align}"' if align else ""
        return f"<{tag}{place}>{_inlines(words, resolve)}</{tag}>"

    return f"<tr>{''.join(map(cell, row, table.aligns))}</tr>"


def _inlines(children: tuple[Inline, ...], resolve: Resolve) -> str:
    return "".join(_inline(child, resolve) for child in children)


def _inline(node: Inline, resolve: Resolve) -> str:
    match node:
        case Text(text):
            html = escape(text)
        case Code(text):
            html = f"<code>{escape(text)}</code>"
        case Break():
            html = "<br>\n"
        case Emphasis(children):
            html = f"<em>{_inlines(children, resolve)}</em>"
        case Strong(children):
            html = f"<strong>{_inlines(children, resolve)}</strong>"
        case Link(href, children):
            html = _link(href, _inlines(children, resolve), resolve)
    return html


def _link(href: str, words: str, resolve: Resolve) -> str:
    # Asked again here, because nodes can be made by hand.
    address = safe_href(href)
    if address is not None and is_slug(address):
        address = resolve(address)
    if address is None:
        return words
    return f'<a href="{escape_attribute(address)}">{words}</a>'
