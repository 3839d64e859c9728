"""What all pages of one site share, and the path of each page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Self

from editor.core.brief import Brief
from editor.core.edition import Edition
from editor.core.house import House
from editor.core.listing import Listing
from editor.proof.paper import HOME, Icon, Paper


@dataclass(frozen=True)
class Site:
    """The house, the briefs of the banner, and the addresses of all stories.

    `slugs` gives the slug of every story that has a page, by id, `headlines`
    its headline: both are needed to name a story that is related to another.
    `former_slugs` gives the id of the story that had a slug before, so that links
    lead to it wherever it is now. `what_if` is the instant that pages which are no
    edition show; None for an edition. `authors` gives the path of the page of each
    author by byline, `icons` are the paper's.
    """

    house: House
    briefs: tuple[Brief, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    what_if: datetime | None = None
    former_slugs: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)
    icons: tuple[Icon, ...] = ()

    @cached_property
    def paper(self) -> Paper:
        """What machines are told of the paper on every page."""
        return Paper(self.house, self.authors, self.icons)

    @property
    def has_feeds(self) -> bool:
        """Whether there are feeds: they need the paper's address, and an edition."""
        return bool(self.house.url) and self.what_if is None

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
        stories = edition.listings
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


def section_path(slug: str, number: int = 0) -> str:
    """Return the path of a page of a section; see `ListPage` for its number."""
    return f"sections/{slug}/{number}.html" if number else f"sections/{slug}.html"


def archive_path(number: int = 0) -> str:
    """Return the path of a page of the list of all stories; see `ListPage` for its number."""
    return f"archive/{number}.html" if number else "archive.html"


def feed_folder(page: str) -> str:
    """Return the folder of the feeds of a list by its first page; empty for the front page."""
    return page.removesuffix(HOME) if page.endswith(HOME) else page.removesuffix(".html") + "/"


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list of stories, newest first.

    The newest page has the number 0 and keeps its address. The `earlier` ones are
    numbered from the oldest, 1, and are full: a new story changes the newest page, and
    none of the others.
    """

    stories: tuple[Listing, ...]
    number: int = 0
    earlier: int = 0

    @property
    def newer(self) -> int | None:
        """The number of the page with the stories after these; None on the newest."""
        return None if not self.number else (self.number + 1) % (self.earlier + 1)

    @property
    def older(self) -> int | None:
        """The number of the page with the stories before these; None on the oldest."""
        before = self.number - 1 if self.number else self.earlier
        return before or None


def pages_from_oldest(stories: Sequence[Listing], size: int) -> list[ListPage]:
    """Cut a list into pages, the newest first: that one has up to twice as many less one."""
    earlier = max(0, len(stories) // size - 1)
    newest = len(stories) - earlier * size
    pages = [ListPage(tuple(stories[:newest]), 0, earlier)]
    for number in range(earlier, 0, -1):
        start = newest + (earlier - number) * size
        pages.append(ListPage(tuple(stories[start : start + size]), number, earlier))
    return pages
