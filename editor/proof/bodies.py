"""The body of a text as pages need it, made once and kept by the text's hash.

Links to stories name their slugs until `linked` says where those are now, so that another
slug of a story costs a replacement in what links to it, and no body is parsed for it again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from editor.core.export_memory import PartStore
from editor.core.story import Story
from editor.proof.serial import as_serialised
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.html import Resolve, html_blocks
from editor.text.nodes import (
    Block,
    BulletList,
    CodeBlock,
    Footnote,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    TextPicture,
)
from editor.text.plain import block_texts, document_words
from editor.text.xml import escape_attribute

_KIND = "body"
# No other link begins so: a text's own have a scheme that is allowed (`links.safe_href`).
_NAMED = "story:"
_LINK = re.compile(f'<a href="{_NAMED}([^"]*)">(.*?)</a>', re.DOTALL)


BlockKind: TypeAlias = Literal[
    "paragraph", "heading", "quote", "list", "code", "picture", "rule", "table", "footnote"
]

_KINDS: Mapping[type[Block], BlockKind] = {
    Paragraph: "paragraph",
    Heading: "heading",
    Quote: "quote",
    BulletList: "list",
    NumberedList: "list",
    CodeBlock: "code",
    TextPicture: "picture",
    Rule: "rule",
    Table: "table",
    Footnote: "footnote",
}


class Body(msgspec.Struct, array_like=True, frozen=True):
    """A body: each of its `blocks` as HTML, with its kind and its plain text; `words` counts.

    A picture in the text is an empty element with its address, for `placed_pictures` to fill.
    """

    blocks: tuple[str, ...]
    kinds: tuple[BlockKind, ...]
    texts: tuple[str, ...]
    words: int

    @property
    def lead(self) -> int:
        """The number of the first block that is a paragraph, -1 for none."""
        return self.kinds.index("paragraph") if "paragraph" in self.kinds else -1

    @property
    def pictures(self) -> tuple[int, ...]:
        """The numbers of the blocks that are places for pictures."""
        return tuple(index for index, kind in enumerate(self.kinds) if kind == "picture")

    @property
    def text(self) -> str:
        """The plain text, with a blank line between paragraphs."""
        return "\n\n".join(filter(None, self.texts))

    @property
    def links(self) -> tuple[str, ...]:
        """The slugs that the body links to, in order."""
        return tuple(sorted({slug for block in self.blocks for slug, _words in _links(block)}))


class Bodies:
    """Gives the body of each text. With `parts` what is made is kept there, by the text's hash."""

    def __init__(
        self, documents: DocumentCache | None = None, parts: PartStore | None = None
    ) -> None:
        self._documents = documents or DocumentCache()
        self._parts = parts
        self._decoder = msgspec.msgpack.Decoder(Body)
        self._last: tuple[tuple[str, str], Body] | None = None

    def of(self, hash: str, story: Story) -> Body:
        """Return the body of a text; `hash` is that of the whole text."""
        # A page asks more than once. Another thread may put its own in place meanwhile.
        text, last = (story.slug, story.body), self._last
        if last is None or last[0] != text:
            self._last = last = text, self._kept(hash, story)
        return last[1]

    def document(self, story: Story) -> Document:
        """Return the parsed body of a story."""
        return self._documents.of(story.body)

    def _kept(self, hash: str, story: Story) -> Body:
        if self._parts is None:
            return body_of(self.document(story), story.slug)
        data = self._parts.get(_KIND, hash.encode())
        if data is None:
            data = msgspec.msgpack.encode(body_of(self.document(story), story.slug))
            self._parts.put(_KIND, hash.encode(), data)
        return self._decoder.decode(data)


def body_of(document: Document, slug: str) -> Body:
    """Make the body of a story with a slug, which is part of the ids of its footnotes."""
    return Body(
        tuple(map(_serialised, html_blocks(document, _named, slug))),
        tuple(_KINDS[type(part.block)] for part in document.parts),
        block_texts(document),
        document_words(document),
    )


def linked(block: str, resolve: Resolve) -> str:
    """Let the links of a block lead where stories are; without an address the words stay."""
    if _NAMED not in block:
        return block

    def link(found: re.Match[str]) -> str:
        slug, words = found.groups()
        address = resolve(slug)
        if not address:
            return words
        return as_serialised(f'<a href="{escape_attribute(address)}">') + f"{words}</a>"

    return _LINK.sub(link, block)


def _links(block: str) -> list[tuple[str, str]]:
    return _LINK.findall(block) if _NAMED in block else []


def _named(slug: str) -> str:
    return _NAMED + slug


# Of the blocks on screen all but one are as they were a key ago.
_serialised = lru_cache(4_096)(as_serialised)
