"""What all pages of one site share, and the path of each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
    `former_slugs` gives the id of the story that had a slug before, so that links
    lead to it wherever it is now. `what_if` is the instant that pages which are no
    edition show; None for an edition.
    """

    house: House
    briefs: tuple[Brief, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    what_if: datetime | None = None
    former_slugs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known_slugs(self) -> frozenset[str]:
        """The slugs that links may lead to."""
        return frozenset(self.slugs.values())

    def current_slug(self, slug: str) -> str | None:
        """Return the slug of the page that a link names, also by a former slug; None for none."""
        if slug in self.known_slugs:
            return slug
        return self.slugs.get(self.former_slugs.get(slug, ""))

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Make the site of an edition, with its own stories and current briefs only."""
        stories = [item.story for item in edition.items]
        return cls(
            edition.house,
            edition.briefs(),
            {story.id: story.slug for story in stories},
            {story.id: story.headline for story in stories},
            edition.generated_at if edition.what_if else None,
            {former.slug: former.story_id for former in edition.former_slugs},
        )


def story_path(slug: str) -> str:
    """Return the path of a story's page, from the top of the site."""
    return f"stories/{slug}.html"


def section_path(slug: str, page: int = 1) -> str:
    """Return the path of a page of a section; page 1 has the latest stories."""
    return f"sections/{slug}.html" if page == 1 else f"sections/{slug}-{page}.html"
