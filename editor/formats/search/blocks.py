"""The stories of a site's search: in each tree the newest ones in a block, all others in another.

A block has its words in files of many stories, so that a search asks for few of them. What
a block is made of are pieces that stay as they are while other stories change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from editor.core.listing import Listing
from editor.proof.trees import tree_prefix

_PIECE = 128
"""A piece has so many stories, or up to twice as many less one; the newest may have fewer."""
_NEWEST_SHARDS = 4
_SHARED = 64
"""A shard of older texts has the words of so many stories, or up to twice as many."""
_GROUP = 12
"""What is shown of so many stories, or up to twice as many less one, is in one file."""


class Block(NamedTuple):
    """Stories of a tree (`Tree.prefix`), the oldest first, in pieces.

    Its words are cut into `shards` by their letters: those of headlines and key points, and
    those of texts.
    """

    tree: str
    name: str
    pieces: tuple[tuple[Listing, ...], ...]
    shards: int

    @property
    def stories(self) -> tuple[Listing, ...]:
        """The stories of all pieces."""
        return tuple(story for piece in self.pieces for story in piece)

    @property
    def groups(self) -> Iterator[tuple[Listing, ...]]:
        """Yield the stories that share a file of what is shown."""
        return _cut(self.stories, _GROUP)


def cut_blocks(stories: Iterable[Listing], language: str) -> Iterator[Block]:
    """Yield the blocks of a site in the paper's `language`: by tree, the newest one first."""
    trees: dict[str, list[Listing]] = defaultdict(list)
    for story in stories:
        trees[tree_prefix(story.language, language)].append(story)
    for tree in sorted(trees):
        ordered = sorted(trees[tree], key=lambda story: (story.published, story.id))
        *older, newest = _cut(ordered, _PIECE)
        folder = tree.replace("/", "-")
        yield Block(tree, f"{folder}new", (newest,), _NEWEST_SHARDS)
        if older:
            yield Block(tree, f"{folder}old", tuple(older), _shards(sum(map(len, older))))


def _shards(stories: int) -> int:
    """A power of two: one more story may not move all words to other shards."""
    return max(_NEWEST_SHARDS, 1 << (stories // _SHARED).bit_length() - 1)


def _cut(ordered: Sequence[Listing], size: int) -> Iterator[tuple[Listing, ...]]:
    """Cut stories into pieces of `size`, or up to twice as many less one; the last is shorter.

    A piece ends at the story whose id has the lowest sum of those where it may end. So a
    story that is added, or gone, moves the ends of the pieces around it and of no others.
    """
    order = [crc32(story.id.encode("utf-8", "surrogatepass")) for story in ordered]
    start = 0
    while len(ordered) - start >= 2 * size:
        end = min(range(start + size, start + 2 * size), key=order.__getitem__)
        yield tuple(ordered[start:end])
        start = end
    yield tuple(ordered[start:])
