"""The stories of a site in blocks, so that one changed story changes the files of one block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from editor.core.listing import Listing

_SIZES = (1024, 512, 256, 128)
"""A block of each kind has so many stories, or up to twice as many less one."""
_LARGE = 256
_SMALL_SHARDS = 4
_STORIES_A_SHARD = 16


class Block(NamedTuple):
    """Stories that were published one after the other, the oldest first."""

    name: str
    stories: tuple[Listing, ...]

    @property
    def shards(self) -> int:
        """How many files its words are cut into, those of headlines and those of texts.

        Few in the block of the newest stories: a new story rewrites most of them.
        """
        count = len(self.stories)
        return count // _STORIES_A_SHARD if count >= _LARGE else _SMALL_SHARDS


def cut_blocks(stories: Iterable[Listing]) -> Iterator[Block]:
    """Cut stories into blocks, the oldest first; the newest stories are in small ones.

    A block ends at the story whose id has the lowest hash of those where it may end. So a
    story that is added, or gone, moves the ends of the blocks around it and of no others.
    """
    ordered = sorted(stories, key=lambda story: (story.published, story.id))
    order = [_digest(story.id) for story in ordered]
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
