"""Which feeds a site has, and their files: Atom, RSS and JSON Feed in the folder of a list.

One changed story changes only the feeds that it is in. `feed_inputs` says what goes into
a feed without any text; a story's content is made once for all of them (`feed_content`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from editor.core.listing import Listing
from editor.formats.site.atom import atom
from editor.formats.site.feed import Contents, Feed
from editor.formats.site.feed_content import content_inputs
from editor.formats.site.json_feed import json_feed
from editor.formats.site.rss import rss
from editor.proof.paper import HOME, Paper
from editor.proof.site import Site, section_path

SITE_STORIES = 50
"""How many stories the feed of the whole site has, newest first."""
LIST_STORIES = 20
"""How many the feed of a section or of an author has: as many as a page of a list."""

_MAKERS: Mapping[str, Callable[[Feed, Paper, Contents], str]] = {
    "feed.xml": atom,
    "rss.xml": rss,
    "feed.json": json_feed,
}


def site_feeds(stories: Sequence[Listing], paper: Paper) -> Iterator[Feed]:
    """Yield the feeds of the site, of each section and of each author with a page.

    The stories are newest first. An author has the name of the newest byline.
    """
    house = paper.house
    sections = {section.slug: section_path(section.slug) for section in house.sections}
    names = {section_path(section.slug): section.title for section in house.sections}
    newest: dict[str, list[Listing]] = {page: [] for page in names}
    for story in stories:
        pages = {paper.authors[name]: name for name in story.bylines if name in paper.authors}
        for page, name in pages.items():
            names.setdefault(page, name)
        for page in (sections.get(story.section), *pages):
            if page and len(found := newest.setdefault(page, [])) < LIST_STORIES:
                found.append(story)
    yield Feed(HOME, house.name, house.language, tuple(stories[:SITE_STORIES]))
    for page, found in newest.items():
        yield Feed(page, f"{names[page]} · {house.name}", house.language, tuple(found))


def feed_inputs(feed: Feed, paper: Paper, site: Site) -> tuple[Any, ...]:
    """Return what a feed's files depend on, as plain values that are read without any text."""
    house = paper.house
    return (
        (feed.page, feed.title, feed.language),
        (house.name, house.url, house.timezone, house.rights, house.licence),
        tuple((section.slug, section.title) for section in house.sections),
        tuple((icon.path, icon.width, icon.maskable) for icon in paper.icons),
        tuple(
            (
                story.published,
                story.updated,
                content_inputs(story, site),
                tuple(map(paper.authors.get, story.bylines)),
            )
            for story in feed.stories
        ),
    )


def feed_files(feed: Feed, paper: Paper, contents: Contents) -> dict[str, Callable[[], str]]:
    """Return what makes each file of a feed, by path. The house must have a web address."""
    return {
        feed.folder + name: partial(make, feed, paper, contents) for name, make in _MAKERS.items()
    }
