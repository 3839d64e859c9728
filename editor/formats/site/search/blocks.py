"""The stories of a site in blocks, so that one changed story changes the files of one block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

_SIZES = (1024, 512, 256, 128)
"""A block of each kind has so many stories, or up to twice as many less one."""
_LARGE = 256
_SMALL_SHARDS = 4
_STORIES_A_SHARD = 16


class SearchDocument(NamedTuple):
    """What the search shows of a story. `hash` is that of its text, `published` RFC 3339."""

    story_id: str
    hash: str
    slug: str
    headline: str
    summary: str
    key_points: tuple[str, ...]
    section: str
    language: str
    published: str


class Block(NamedTuple):
    """Stories that were published one after the other, the oldest first."""

    name: str
    documents: tuple[SearchDocument, ...]

    @property
    def shards(self) -> int:
        """How many files its words are cut into, those of headlines and those of texts.

        Few in the block of the newest stories: a new story rewrites most of them.
        """
        count = len(self.documents)
        return count // _STORIES_A_SHARD if count >= _LARGE else _SMALL_SHARDS


def cut_blocks(documents: Sequence[SearchDocument]) -> Iterator[Block]:
    """Cut stories into blocks, the oldest first; the newest stories are in small ones.

    A block ends at the story whose id has the lowest hash of those where it may end. So a
    story that is added, or gone, moves the ends of the blocks around it and of no others.
    """
    ordered = sorted(documents, key=lambda document: (document.published, document.story_id))
    order = [_digest(document.story_id) for document in ordered]
    start = 0
    for size in _SIZES:
        while len(ordered) - start >= 2 * size:
            end = min(range(start + size, start + 2 * size), key=order.__getitem__)
            yield Block(order[start], tuple(ordered[start:end]))
            start = end
    if start < len(ordered):
        yield Block(order[start], tuple(ordered[start:]))


def _digest(story_id: str) -> str:
    return sha256(story_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
