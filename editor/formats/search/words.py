"""The words of a search's blocks by shards; what is kept of pieces serves site and API alike."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from hashlib import sha256
from typing import NamedTuple

from editor.core.edition import Edition
from editor.core.export_memory import PartStore
from editor.core.house import House
from editor.core.listing import Listing
from editor.formats.planned import input_key, kept
from editor.formats.search.blocks import Block
from editor.formats.search.shards import make_shards
from editor.formats.search.terms import read_entry, search_entry
from editor.proof.bodies import Bodies

_SUM = 16
"""Bytes of the sum of what a piece has in a shard."""


class SearchSource(NamedTuple):
    """What a search is made of.

    `entry` gives what `search_entry` made of a story's text; it is asked for the stories of a
    piece that is not kept in `parts`.
    """

    stories: tuple[Listing, ...]
    house: House
    entry: Callable[[Listing], bytes]
    parts: PartStore

    @classmethod
    def of(cls, edition: Edition, bodies: Bodies) -> SearchSource:
        """Return the source of an edition; what it needs of a text is kept."""
        entry = partial(_entry, edition, bodies)
        return cls(edition.listings, edition.house, entry, edition.parts)


def _entry(edition: Edition, bodies: Bodies, listing: Listing) -> bytes:
    def make() -> bytes:
        item = edition.item(listing)
        return search_entry(item.story, bodies.of(item.hash, item.story).text)

    return kept(edition.parts, "search", input_key("search", listing.hash), make)


class BlockWords:
    """The words of a block by shards: those of heads first, then as many of texts.

    `keys` has a hash for each, which is equal only where its words and stories are.
    """

    def __init__(self, block: Block, source: SearchSource) -> None:
        self.block, self._source = block, source
        count = block.shards
        self._piece_keys = [
            input_key("words", str(count), *(f"{story.hash} {story.section}" for story in piece))
            for piece in block.pieces
        ]
        sums = [self._sums(number) for number in range(len(block.pieces))]
        self.keys = tuple(
            input_key(*(piece[at * _SUM : (at + 1) * _SUM] for piece in sums))
            for at in range(2 * count)
        )

    def rows(self, at: int) -> Iterator[str]:
        """Yield what each piece has in a shard, as `make_shards` wrote it."""
        return (piece[at] for piece in self._pieces)

    @cached_property
    def _pieces(self) -> list[list[str]]:
        return [
            zlib.decompress(self._rows(number)).decode("utf-8").split("\n")
            for number in range(len(self._piece_keys))
        ]

    def _sums(self, number: int) -> bytes:
        def make() -> bytes:
            rows = zlib.decompress(self._rows(number)).split(b"\n")
            return b"".join(sha256(row).digest()[:_SUM] for row in rows)

        return kept(self._source.parts, "search-sums", self._piece_keys[number], make)

    def _rows(self, number: int) -> bytes:
        """The words of a piece, a line a shard."""

        def make() -> bytes:
            piece, block = self.block.pieces[number], self.block
            entries = (read_entry(self._source.entry(story)) for story in piece)
            shards = make_shards(piece, entries, block.shards)
            lines = "\n".join((*shards.head, *shards.text))
            return zlib.compress(lines.encode("utf-8"), 1)

        return kept(self._source.parts, "search-rows", self._piece_keys[number], make)
