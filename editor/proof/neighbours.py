"""What the page of a story says of the stories beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from editor.core.house import House
from editor.core.listing import Listing
from editor.proof.trees import tree_prefix


class Neighbour(NamedTuple):
    """A story that another page leads to: no more of it than the page shows."""

    slug: str
    language: str
    headline: str


class Neighbours(NamedTuple):
    """The stories of the same section and language before and after one; None at an end."""

    newer: Neighbour | None = None
    older: Neighbour | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the story's page shows of them."""
        return (*(self.newer or ()), "", *(self.older or ()))


def neighbours_of(listings: Iterable[Listing], house: House) -> dict[str, Neighbours]:
    """Return what is around each story, by id; the listings are newest first."""
    lists: dict[tuple[str, str], list[Listing]] = {}
    for listing in listings:
        place = tree_prefix(listing.language, house.language), listing.section
        lists.setdefault(place, []).append(listing)
    found = {}
    for (_prefix, section), stories in lists.items():
        named = [Neighbour(story.slug, story.language, story.headline) for story in stories]
        if not section:  # the others without one have nothing in common with it
            continue
        ends = (None, *named, None)
        for i, story in enumerate(stories):
            found[story.id] = Neighbours(ends[i], ends[i + 2])
    return found
