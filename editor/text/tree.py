"""The element tree of Markdown's block phase as our nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element

from editor.text import nodes
from editor.text.emphasis import EmphasisFinder
from editor.text.inline import read_inlines
from editor.text.source import Located, Locator


class TreeReader:
    """Reads the elements of one top-level block, in the order of its text."""

    def __init__(self, locator: Locator, emphasis: EmphasisFinder) -> None:
        self._locator = locator
        self._emphasis = emphasis

    def block(self, element: Element) -> nodes.Block:
        """Read one block element."""
        block: nodes.Block
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                words = self._inlines(self._locator.heading(element.text or ""))
                block = nodes.Heading(int(element.tag[1]), words)
            case "blockquote":
                block = nodes.Quote(tuple(self._blocks(element)))
            case "ul":
                block = nodes.BulletList(self._items(element))
            case "ol":
                block = nodes.NumberedList(self._items(element), _first_number(element))
            case "pre":
                block = self._code(element)
            case "hr":
                self._locator.skip_rule()
                block = nodes.Rule()
            case "picture":
                block = nodes.TextPicture(element.get("address", ""))
            case "footnote":
                block = nodes.Footnote(element.get("label", ""), tuple(self._blocks(element)))
            case "table":
                block = self._table(element)
            case _:
                block = nodes.Paragraph(self._words(element.text))
        return block

    def _inlines(self, words: Located) -> nodes.Inlines:
        return read_inlines(words, self._emphasis)

    def _words(self, text: str | None) -> nodes.Inlines:
        return self._inlines(self._locator.words(text or ""))

    def _blocks(self, parent: Element) -> Iterator[nodes.Block]:
        """The blocks of a quote or item; words between them are paragraphs."""
        yield from self._loose(parent.text)
        for child in parent:
            yield self.block(child)
            yield from self._loose(child.tail)

    def _loose(self, text: str | None) -> Iterator[nodes.Block]:
        if text and text.strip():
            yield nodes.Paragraph(self._words(text))

    def _items(self, element: Element) -> tuple[nodes.ListItem, ...]:
        return tuple(nodes.ListItem(tuple(self._blocks(item))) for item in element)

    def _code(self, element: Element) -> nodes.CodeBlock:
        # Inside a list the parser loses some of several blank lines, so one is all.
        text = re.sub("\n{3,}", "\n\n", (element[0].text or "").rstrip())
        # The parser escapes code in advance; the other way round, in reverse order.
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        return nodes.CodeBlock(text, self._locator.code(text))

    def _table(self, element: Element) -> nodes.Table:
        head, *rows = (row for part in element for row in part)
        aligns = tuple(cast(nodes.Align, cell.get("align", "")) for cell in head)
        cells = self._row(head, is_head=True)
        read = (self._row(row) for row in rows)
        return nodes.Table(cells, tuple(row for row in read if any(row)), aligns)

    def _row(self, row: Element, is_head: bool = False) -> nodes.Row:
        if all(cell.text is None for cell in row):
            # The parser's own row of a table that has none.
            return tuple(() for _ in row)
        cells = self._locator.row([cell.text or "" for cell in row], is_head)
        return tuple(map(self._inlines, cells))


def _first_number(element: Element) -> int:
    number = element.get("start", "1")
    return int(number) if len(number) <= 9 else 1
