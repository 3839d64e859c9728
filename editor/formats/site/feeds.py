"""Which feeds a site has, and their files: Atom, RSS and JSON Feed in the folder of a list.

One changed story changes only the feeds that it is in, and a story's content is made once
for all of them (`feed_content`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from editor.core.listing import Listing
from editor.formats.site.atom import atom
from editor.formats.site.feed import Contents, Feed
from editor.formats.site.feed_content import content_inputs
from editor.formats.site.json_feed import json_feed
from editor.formats.site.planned_text import PlannedText
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
        pages = [sections[story.section]] if story.section in sections else []
        for byline in story.bylines:
            if page := paper.authors.get(byline, ""):
                names.setdefault(page, byline)
                pages.append(page)
        for page in dict.fromkeys(pages):
            if len(found := newest.setdefault(page, [])) < LIST_STORIES:
                found.append(story)
    yield Feed(HOME, house.name, house.language, tuple(stories[:SITE_STORIES]))
    for page, title in names.items():
        yield Feed(page, f"{title} · {house.name}", house.language, tuple(newest[page]))


def feed_texts(feed: Feed, site: Site, contents: Contents) -> Iterator[PlannedText]:
    """Yield the files of a feed. The house must have a web address.

    What goes into them is known without any text; `contents` is asked when one is made.
    """
    inputs: tuple[str, ...] = (feed.page, feed.title, feed.language)
    for story in feed.stories:
        pages = (site.authors.get(name, "") for name in story.bylines)
        inputs += (story.stamp, *content_inputs(story, site), *pages)
    for name, make in _MAKERS.items():
        yield PlannedText(feed.folder + name, inputs, partial(make, feed, site.paper, contents))
