"""Editions made of stories in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from editor.core.brief import Banner
from editor.core.edition import Edition, Item, PictureSource
from editor.core.house import House
from editor.core.listing import Listing
from editor.core.story import Story
from editor.proof.bodies import body_of
from editor.proof.listing import listing_of
from editor.text.parse import parse


class MemoryTexts:
    """Texts by story, version and hash."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._stories = {(item.story.id, item.version, item.hash): item.story for item in items}

    def read(self, listing: Listing) -> Story:
        return self._stories[listing.id, listing.version, listing.hash]


def listed(item: Item) -> Listing:
    """The listing of an item."""
    return listing_of(item, body_of(parse(item.story.body), item.story.slug))


def edition_of(
    house: House,
    items: Sequence[Item],
    banner: Banner,
    pictures: PictureSource,
    at: datetime,
    **more: Any,
) -> Edition:
    """An edition of some items, newest first."""
    listings = tuple(map(listed, items))
    return Edition(house, listings, banner, MemoryTexts(items), pictures, at, **more)


def with_items(edition: Edition, chosen: Iterable[Item]) -> Edition:
    """The edition with other stories."""
    items = tuple(chosen)
    return replace(edition, listings=tuple(map(listed, items)), texts=MemoryTexts(items))
