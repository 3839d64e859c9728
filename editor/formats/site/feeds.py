"""Which feeds a site has, and their files: Atom, RSS and JSON Feed in the folder of a list.

One changed story changes only the feeds that it is in, and a story's content is made once
for all of them (`feed_content`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from editor.core.listing import Listing
from editor.formats.site.atom import atom
from editor.formats.site.feed import Contents, Feed
from editor.formats.site.feed_content import content_inputs
from editor.formats.site.json_feed import json_feed
from editor.formats.site.planned_text import PlannedText
from editor.formats.site.rss import rss
from editor.proof.authors import author_slug
from editor.proof.paper import HOME, Paper
from editor.proof.site import Site, author_path, section_path
from editor.proof.trees import Tree

SITE_STORIES = 50
"""How many stories the feed of the whole site has, newest first."""
LIST_STORIES = 20
"""How many the feed of a section or of an author has: as many as a page of a list."""

_MAKERS: Mapping[str, Callable[[Feed, Paper, Contents], str]] = {
    "feed.xml": atom,
    "rss.xml": rss,
    "feed.json": json_feed,
}


def site_feeds(stories: Sequence[Listing], site: Site) -> Iterator[Feed]:
    """Yield the feeds of each tree: of its front page, its sections and its authors.

    The stories are newest first. An author has the name of the newest byline.
    """
    by_tree: defaultdict[str, list[Listing]] = defaultdict(list)
    for story in stories:
        by_tree[site.prefix(story.language)].append(story)
    for tree in site.trees:
        yield from _tree_feeds(by_tree[tree.prefix], tree, site.house.name)


def _tree_feeds(stories: Sequence[Listing], tree: Tree, name: str) -> Iterator[Feed]:
    sections: dict[str, list[Listing]] = {section.slug: [] for section in tree.sections}
    authors: dict[str, tuple[str, list[Listing]]] = {}
    for story in stories:
        in_section = sections.get(story.section)
        if in_section is not None and len(in_section) < LIST_STORIES:
            in_section.append(story)
        for slug, byline in {author_slug(byline): byline for byline in story.bylines}.items():
            _title, by_author = authors.setdefault(slug, (byline, []))
            if len(by_author) < LIST_STORIES:
                by_author.append(story)
    yield Feed(tree.prefix + HOME, name, tree.language, tuple(stories[:SITE_STORIES]))
    for section in tree.sections:
        page, listed = section_path(section.slug), tuple(sections[section.slug])
        yield Feed(tree.prefix + page, f"{section.title} · {name}", tree.language, listed)
    for slug, (title, found) in authors.items():
        if slug:
            page = tree.prefix + author_path(slug)
            yield Feed(page, f"{title} · {name}", tree.language, tuple(found))


def feed_texts(feed: Feed, site: Site, contents: Contents) -> Iterator[PlannedText]:
    """Yield the files of a feed. The house must have a web address.

    What goes into them is known without any text; `contents` is asked when one is made.
    """
    inputs = [feed.page, feed.title, feed.language]
    for story in feed.stories:
        inputs += (story.stamp, *content_inputs(story, site))
    for name, make in _MAKERS.items():
        make_text = partial(make, feed, Paper(site.house), contents)
        yield PlannedText(feed.folder + name, tuple(inputs), make_text)
