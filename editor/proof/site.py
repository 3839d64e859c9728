"""What every page of one site shares, and where each page and file lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from editor.core.brief import Brief
from editor.core.edition import Edition
from editor.core.house import House


@dataclass(frozen=True)
class Site:
    """The house, the briefs of the banner, and the addresses of all stories.

    `slugs` gives the slug of every story that has a page, by id, `headlines`
    its headline: both are needed to name a story that is related to another.
    """

    house: House
    briefs: tuple[Brief, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known_slugs(self) -> frozenset[str]:
        """The slugs a link may lead to."""
        return frozenset(self.slugs.values())

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """The site of an edition: its stories only, its current briefs only."""
        stories = [item.story for item in edition.items]
        return cls(
            edition.house,
            edition.briefs(),
            {story.id: story.slug for story in stories},
            {story.id: story.headline for story in stories},
        )


def story_path(slug: str) -> str:
    """Where a story's page is, from the top of the site."""
    return f"stories/{slug}.html"


def section_path(slug: str, page: int = 1) -> str:
    """Where a page of a section is, from the top of the site; page 1 is the newest."""
    return f"sections/{slug}.html" if page == 1 else f"sections/{slug}-{page}.html"
