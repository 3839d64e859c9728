"""Nodes as HTML: every tag and attribute is written here, everything else is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from editor.text import nodes
from editor.text.document import Document
from editor.text.links import is_slug, safe_href
from editor.text.xml import escape, escape_attribute

Resolve: TypeAlias = Callable[[str], str | None]
"""Give a story's slug, get the relative address of its page; None when it has none."""


def to_html(document: Document, resolve: Resolve | None = None, name: str = "") -> str:
    """Write a whole body, a line for each block. The rest is as for `html_blocks`."""
    return "\n".join(html_blocks(document, resolve, name))


def html_blocks(
    document: Document, resolve: Resolve | None = None, name: str = ""
) -> tuple[str, ...]:
    """Write each block of a body as HTML.

    Without `resolve`, a link to a story leads to its page beside this one; where
    it answers None the words stay without a link. `name`, the story's slug, is
    part of the ids of its footnotes, so that no two stories on a page share one.
    """
    writer = _Writer(resolve or _sibling, document.footnote_numbers(), name)
    return tuple(part.made(_Written).html(writer) for part in document.parts)


def _sibling(slug: str) -> str:
    return f"{slug}.html"


class _Written:
    """One block and its HTML, which is written again only where what it depends on has changed."""

    def __init__(self, block: nodes.Block) -> None:
        self._block = block
        words = [found for run in nodes.runs(block) for found in nodes.leaves(run)]
        self._is_noted = isinstance(block, nodes.Footnote) or any(
            isinstance(leaf, nodes.FootnoteMark) for leaf, _inside in words
        )
        links = (node for _leaf, inside in words for node in inside)
        hrefs = (safe_href(link.href) for link in links if isinstance(link, nodes.Link))
        self._slugs = tuple(href for href in hrefs if href is not None and is_slug(href))
        self._last: tuple[tuple[str | None, ...], str] | None = None

    def html(self, writer: _Writer) -> str:
        """Return the HTML; numbers of footnotes are the document's, so those are written again."""
        if self._is_noted:
            return writer.block(self._block)
        answers, last = tuple(map(writer.resolve, self._slugs)), self._last
        if last is None or last[0] != answers:
            # Returned from here: another thread may have put its own in place meanwhile.
            self._last = last = answers, writer.block(self._block)
        return last[1]


class _Writer:
    """Writes the blocks of one document as HTML, in their order."""

    def __init__(self, resolve: Resolve, notes: Mapping[str, int], name: str) -> None:
        self.resolve = resolve
        self._notes = notes
        self._name = f"{name}-" if name else ""
        self._marked: set[int] = set()
        """The numbers of the footnotes that something before leads to."""
        self._is_in_link = False

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
            case nodes.TextPicture(address):
                # The story has the picture, not its body: whoever shows it fills this.
                html = (
                    f'<div class="text-picture" data-picture="{escape_attribute(address)}"></div>'
                )
            case nodes.Rule():
                html = "<hr>"
            case nodes.Table():
                html = self._table(block)
            case nodes.Footnote(label, blocks):
                html = self._footnote(self._notes[label], blocks)
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

    def _footnote(self, number: int, blocks: tuple[nodes.Block, ...]) -> str:
        """Write a footnote; its number leads back to the first mark (DPUB-ARIA 1.1)."""
        back = str(number)
        if number in self._marked:
            back = f'<a href="#fnref-{self._name}{number}" role="doc-backlink">{number}</a>'
        match blocks:
            case (nodes.Paragraph(children), *rest):
                words = f"<p>{back} {self._inlines(children)}</p>{self._blocks(rest)}"
            case _:
                words = f"<p>{back}</p>{self._blocks(blocks)}"
        return (
            f'<div class="footnote" id="fn-{self._name}{number}" role="doc-footnote">{words}</div>'
        )

    def _mark(self, mark: nodes.FootnoteMark) -> str:
        number = self._notes.get(mark.label)
        if number is None:
            return escape(mark.text)
        if self._is_in_link:
            return f"<sup>{number}</sup>"
        own_id = "" if number in self._marked else f' id="fnref-{self._name}{number}"'
        self._marked.add(number)
        address = f"#fn-{self._name}{number}"
        return f'<sup><a href="{address}"{own_id} role="doc-noteref">{number}</a></sup>'

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
            case nodes.DeadLink(children):
                html = self._inlines(children)
            case nodes.FootnoteMark():
                html = self._mark(node)
            case nodes.Link(href, children):
                html = self._link(href, children)
        return html

    def _link(self, href: str, children: nodes.Inlines) -> str:
        # Asked again here, because nodes can be made by hand.
        address = safe_href(href)
        if address is not None and is_slug(address):
            address = self.resolve(address)
        if address is None:
            return self._inlines(children)
        self._is_in_link = True
        words = self._inlines(children)
        self._is_in_link = False
        return f'<a href="{escape_attribute(address)}">{words}</a>'
