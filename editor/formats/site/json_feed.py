"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from editor.formats.site.feed import Contents, Feed, FeedEntry, entries
from editor.proof.paper import Paper


def json_feed(feed: Feed, paper: Paper, contents: Contents) -> str:
    """Return a feed as JSON Feed 1.1. The house must have a web address.

    It has no word for rights, so they are in an extension, `_rights`.
    """
    house = paper.house
    year = paper.rights_of(feed.stories[0].published) if feed.stories else ""
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": paper.address(feed.page),
        "feed_url": paper.address(feed.folder + "feed.json"),
        "icon": paper.address(paper.logo.path),
        "favicon": paper.address(paper.icons[0].path),
        "authors": [{"name": house.name, "url": house.url}],
        "language": feed.language,
        "_rights": _filled({"notice": year, "license": house.licence}),
        "items": [_item(entry, paper) for entry in entries(feed, paper, contents)],
    }
    text = json.dumps(_filled(value), ensure_ascii=False, indent=1)
    return text + "\n"


def _item(entry: FeedEntry, paper: Paper) -> dict[str, Any]:
    story = entry.story
    authors = (
        _filled({"name": name, "url": paper.author_address(name, story.language)})
        for name in story.bylines
    )
    value = {
        "id": entry.id,
        "url": entry.url,
        "title": story.headline,
        "summary": story.summary,
        "content_html": entry.content,
        "image": paper.address(entry.picture.widest.path) if entry.picture else "",
        "date_published": story.published,
        "date_modified": story.updated,
        "authors": list(authors),
        "tags": [*entry.terms, *(name for _code, name in entry.topics)],
        "language": story.language,
        "_rights": _filled({"notice": entry.rights, "license": entry.licence}),
    }
    return _filled(value)


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    """The value without texts and objects that say nothing."""
    return {key: item for key, item in value.items() if item not in ("", {})}
