"""The body of a text as pages need it, made once and kept by the text's hash.

Links to stories name their slugs until `linked` says where those are now, so that another
slug of a story costs a replacement in what links to it, and no body is parsed for it again.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from editor.core.export_memory import PartStore
from editor.core.story import Story
from editor.proof.serial import as_serialised
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.html import Resolve, html_blocks
from editor.text.nodes import Paragraph
from editor.text.plain import document_words, to_plain
from editor.text.xml import escape_attribute

_KIND = "body"
# No other link begins so: a text's own have a scheme that is allowed (`links.safe_href`).
_NAMED = "story:"
_LINK = re.compile(f'<a href="{_NAMED}([^"]*)">(.*?)</a>', re.DOTALL)


class Body(msgspec.Struct, array_like=True, frozen=True):
    """A body: its `blocks` as HTML, and its plain `text` with a blank line between paragraphs.

    `lead` is the number of the first block that is a paragraph, -1 for none; `words` counts.
    """

    blocks: tuple[str, ...]
    lead: int
    words: int
    text: str

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
    kinds = (isinstance(part.block, Paragraph) for part in document.parts)
    return Body(
        tuple(map(_serialised, html_blocks(document, _named, slug))),
        next((number for number, is_paragraph in enumerate(kinds) if is_paragraph), -1),
        document_words(document),
        to_plain(document),
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
