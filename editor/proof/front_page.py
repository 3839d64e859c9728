"""Which stories are on a home page, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from editor.core.front import front_order
from editor.core.listing import Listing
from editor.proof.sections import ShownSection

TOP_STORIES = 5
"""The lead and the four below it."""
LATEST_STORIES = 8
SECTION_STORIES = 4


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The lead and those below it, the newest of the others, and the newest by section.

    `top` is as an editor ordered it, then by time. The sections are in the paper's order and
    left out while `latest` has every story that is not on top.
    """

    top: tuple[Listing, ...]
    latest: tuple[Listing, ...] = ()
    sections: tuple[tuple[ShownSection, tuple[Listing, ...]], ...] = ()

    @classmethod
    def of(
        cls,
        listings: Sequence[Listing],
        sections: Sequence[ShownSection],
        front: Sequence[str] = (),
    ) -> Self:
        """Choose from stories, newest first; `front` are the ids that an editor put first."""
        ordered = front_order(listings, front)
        chosen = {listing.id for listing in listings} & {*front}
        count = max(TOP_STORIES, len(chosen))
        top, others = tuple(ordered[:count]), ordered[count:]
        latest = tuple(others[:LATEST_STORIES])
        if len(others) <= LATEST_STORIES:
            return cls(top, latest)
        newest: dict[str, list[Listing]] = {section.slug: [] for section in sections}
        for listing in others:
            found = newest.get(listing.section)
            if found is not None and len(found) < SECTION_STORIES:
                found.append(listing)
        blocks = ((section, tuple(newest[section.slug])) for section in sections)
        return cls(top, latest, tuple((section, found) for section, found in blocks if found))

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the page is made of: which story is in which place."""
        parts = (("top", self.top), ("latest", self.latest))
        named = ((section.slug, stories) for section, stories in self.sections)
        return tuple(
            text
            for name, stories in (*parts, *named)
            for text in (name, *(story.stamp for story in stories))
        )
