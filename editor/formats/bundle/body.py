"""A body as Markdown: it leads to the files of the bundle, never to what is unpublished."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from editor.text import nodes
from editor.text.document import Document
from editor.text.links import is_slug
from editor.text.markdown import to_markdown

# Control characters would steer a terminal that shows the file; tabs and line ends stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def markdown_body(
    document: Document,
    file_of: Callable[[str], str],
    pictures: Mapping[str, nodes.TextPicture],
) -> str:
    """Write a body. `file_of` gives the file of the story with a slug, empty for none.

    Words that were linked to no story, or to nothing that a reader may be sent to, stay.
    `pictures` are those that can be in the text, by their address there.
    """
    linking = _Relinking(file_of)
    blocks = [
        pictures.get(block.address)
        if isinstance(block, nodes.TextPicture)
        else linking.block(block)
        for block in document.blocks
    ]
    return _CONTROL.sub("", to_markdown(Document(tuple(filter(None, blocks)))))


class _Relinking:
    """Copies nodes with other links."""

    def __init__(self, file_of: Callable[[str], str]) -> None:
        self._file_of = file_of

    def block(self, block: nodes.Block) -> nodes.Block:
        match block:
            case nodes.Paragraph(children) | nodes.Heading(_, children):
                return replace(block, children=self._inlines(children))
            case nodes.Quote(blocks) | nodes.Footnote(_, blocks):
                return replace(block, blocks=tuple(map(self.block, blocks)))
            case nodes.BulletList(items) | nodes.NumberedList(items):
                return replace(block, items=tuple(map(self._item, items)))
            case nodes.Table(head, rows):
                return replace(block, head=self._row(head), rows=tuple(map(self._row, rows)))
            case _:
                return block

    def _item(self, item: nodes.ListItem) -> nodes.ListItem:
        return nodes.ListItem(tuple(map(self.block, item.blocks)))

    def _row(self, row: nodes.Row) -> nodes.Row:
        return tuple(map(self._inlines, row))

    def _inlines(self, children: nodes.Inlines) -> nodes.Inlines:
        joined: list[nodes.Inline] = []
        for node in self._relinked(children):
            last = joined[-1] if joined else None
            if isinstance(node, nodes.Text) and isinstance(last, nodes.Text):
                joined[-1] = nodes.Text(last.text + node.text)
            else:
                joined.append(node)
        return tuple(joined)

    def _relinked(self, children: nodes.Inlines) -> Iterator[nodes.Inline]:
        for node in children:
            match node:
                case nodes.Link(href, inner):
                    target = self._file_of(href) if is_slug(href) else href
                    words = self._inlines(inner)
                    yield from (nodes.Link(target, words),) if target else words
                case nodes.DeadLink(inner):
                    yield from self._inlines(inner)
                case nodes.Emphasis(inner) | nodes.Strong(inner):
                    yield replace(node, children=self._inlines(inner))
                case _:
                    yield node
