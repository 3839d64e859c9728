"""Nodes as HTML: every tag and attribute is written here, everything else is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from editor.text import nodes
from editor.text.links import is_slug, safe_href
from editor.text.xml import escape, escape_attribute

Resolve: TypeAlias = Callable[[str], str | None]
"""Give a story's slug, get the relative address of its page; None when it has none."""


def to_html(document: nodes.Document, resolve: Resolve | None = None) -> str:
    """Write a whole body, a line for each block. `resolve` is as for `block_html`."""
    return "\n".join(block_html(block, resolve) for block in document.blocks)


def block_html(block: nodes.Block, resolve: Resolve | None = None) -> str:
    """Write one block as HTML.

    Without `resolve`, a link to a story leads to its page beside this one; where
    it answers None the words stay without a link.
    """
    return _Writer(resolve or _sibling).block(block)


def _sibling(slug: str) -> str:
    return f"{slug}.html"


class _Writer:
    """Writes nodes as HTML, with one way to resolve links to stories."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def block(self, block: nodes.Block) -> str:
        match block:
            case nodes.Paragraph(children):
                html = f"<p>{self._inlines(children)}</p>"
            case nodes.Heading(level, children):
                # The page's h1 is the headline, so a body starts at h2.
                tag = f"h{max(2, level)}"
                html = f"<{tag}>{self._inlines(children)}</{tag}>"
            case nodes.Quote(blocks):
                html = f"<blockquote>{self._blocks(blocks)}</blockquote>"
            case nodes.BulletList(items):
                html = f"<ul>{self._items(items)}</ul>"
            case nodes.NumberedList(items, start):
                opening = "<ol>" if start == 1 else f'<ol start="{start}">'
                html = f"{opening}{self._items(items)}</ol>"
            case nodes.CodeBlock(text):
                html = f"<pre><code>{escape(text)}\n</code></pre>"
            case nodes.Rule():
                html = "<hr>"
            case nodes.Table():
                html = self._table(block)
        return html

    def _blocks(self, blocks: Iterable[nodes.Block]) -> str:
        return "".join(map(self.block, blocks))

    def _items(self, items: Iterable[nodes.ListItem]) -> str:
        return "".join(f"<li>{self._item(item)}</li>" for item in items)

    def _item(self, item: nodes.ListItem) -> str:
        """Write an item; its words need no paragraph unless there are several."""
        paragraphs = sum(isinstance(block, nodes.Paragraph) for block in item.blocks)
        match item.blocks:
            case (nodes.Paragraph(children), *rest) if paragraphs == 1:
                return self._inlines(children) + self._blocks(rest)
        return self._blocks(item.blocks)

    def _table(self, table: nodes.Table) -> str:
        head = f"<thead>{self._row('th', table.head, table)}</thead>"
        rows = "".join(self._row("td", row, table) for row in table.rows)
        return f"<table>{head}<tbody>{rows}</tbody></table>" if rows else f"<table>{head}</table>"

    def _row(self, tag: str, row: nodes.Row, table: nodes.Table) -> str:
        def cell(words: nodes.Cell, align: str) -> str:
            # A class, because the page's policy forbids style attributes.
            attribute = f' class="align-{align}"' if align else ""
            return f"<{tag}{attribute}>{self._inlines(words)}</{tag}>"

        return f"<tr>{''.join(map(cell, row, table.aligns))}</tr>"

    def _inlines(self, children: nodes.Inlines) -> str:
        return "".join(map(self._inline, children))

    def _inline(self, node: nodes.Inline) -> str:
        match node:
            case nodes.Text(text):
                html = escape(text)
            case nodes.Code(text):
                html = f"<code>{escape(text)}</code>"
            case nodes.Break():
                html = "<br>\n"
            case nodes.Emphasis(children):
                html = f"<em>{self._inlines(children)}</em>"
            case nodes.Strong(children):
                html = f"<strong>{self._inlines(children)}</strong>"
            case nodes.Link(href, children):
                html = self._link(href, self._inlines(children))
        return html

    def _link(self, href: str, words: str) -> str:
        # Asked again here, because nodes can be made by hand.
        address = safe_href(href)
        if address is not None and is_slug(address):
            address = self._resolve(address)
        if address is None:
            return words
        return f'<a href="{escape_attribute(address)}">{words}</a>'
