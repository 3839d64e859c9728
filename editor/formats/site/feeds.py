"""The newest stories as Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from editor.core.edition import Edition, Item
from editor.core.house import House
from editor.core.story import Story
from editor.core.times import instant_text, parse_instant
from editor.formats.site.xml import Element, document
from editor.proof.pages import Pages
from editor.proof.site import Site, story_path
from editor.proof.views import section_of, summary
from editor.text.parse import parse

FEED_STORIES = 50
"""How many stories a feed holds, newest first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What all three feeds say of a story."""

    story: Story
    id: str
    url: str
    summary: str
    content: str
    section: str
    published: str
    updated: str


def feeds(edition: Edition, pages: Pages, site: Site) -> dict[str, str]:
    """Write the feeds, by path. The house must have an address: feeds travel."""
    entries = [_entry(item, pages, site) for item in edition.items[:FEED_STORIES]]
    updated = max((entry.updated for entry in entries), default=instant_text(edition.generated_at))
    return {
        "feed.xml": _atom(edition.house, entries, updated),
        "rss.xml": _rss(edition.house, entries, updated),
        "feed.json": _json_feed(edition.house, entries),
    }


def _entry(item: Item, pages: Pages, site: Site) -> _Entry:
    story, house = item.story, site.house
    section = section_of(story, house)
    return _Entry(
        story,
        _tag(item, house),
        house.url + story_path(story.slug),
        summary(story, parse(story.body)),
        pages.body(item, site),
        section.title if section else "",
        item.published,
        item.updated,
    )


def _tag(item: Item, house: House) -> str:
    """An id that stays when the slug changes: a tag URI (RFC 4151) of the first day."""
    host = urlsplit(house.url).hostname or ""
    return f"tag:{host},{item.published[:10]}:{quote(item.story.id, safe='')}"


def _atom(house: House, entries: list[_Entry], updated: str) -> str:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": house.language})
    root.child("id", house.url)
    root.child("title", house.name)
    root.child("updated", updated)
    root.child("author").child("name", house.name)
    root.child("link", attributes={"rel": "alternate", "type": "text/html", "href": house.url})
    root.child("link", attributes={"rel": "self", "href": house.url + "feed.xml"})
    for each in entries:
        entry = root.child("entry", attributes={"xml:lang": each.story.language})
        entry.child("id", each.id)
        entry.child("title", each.story.headline)
        entry.child("published", each.published)
        entry.child("updated", each.updated)
        for name in each.story.bylines:
            entry.child("author").child("name", name)
        entry.child("link", attributes={"rel": "alternate", "href": each.url})
        for term in (each.section, *each.story.keywords):
            if term:
                entry.child("category", attributes={"term": term})
        entry.child("summary", each.summary)
        entry.child("content", each.content, {"type": "html"})
    return document(root)


def _rss(house: House, entries: list[_Entry], updated: str) -> str:
    root = Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = root.child("channel")
    channel.child("title", house.name)
    channel.child("link", house.url)
    channel.child("description", house.name)
    channel.child("language", house.language)
    channel.child("lastBuildDate", _mail_date(updated))
    self_link = {"rel": "self", "type": "application/rss+xml", "href": house.url + "rss.xml"}
    channel.child("atom:link", attributes=self_link)
    for each in entries:
        entry = channel.child("item")
        entry.child("title", each.story.headline)
        entry.child("link", each.url)
        entry.child("guid", each.id, {"isPermaLink": "false"})
        entry.child("pubDate", _mail_date(each.published))
        for name in each.story.bylines:
            entry.child("dc:creator", name)
        for term in (each.section, *each.story.keywords):
            if term:
                entry.child("category", term)
        entry.child("description", each.summary)
        entry.child("content:encoded", each.content)
    return document(root)


def _json_feed(house: House, entries: list[_Entry]) -> str:
    value: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": house.name,
        "home_page_url": house.url,
        "feed_url": house.url + "feed.json",
        "language": house.language,
        "items": [_json_item(each) for each in entries],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: _Entry) -> dict[str, Any]:
    story = entry.story
    return {
        "id": entry.id,
        "url": entry.url,
        "title": story.headline,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in story.bylines],
        "tags": [term for term in (entry.section, *story.keywords) if term],
        "language": story.language,
    }


def _mail_date(instant: str) -> str:
    """A date as RFC 2822 writes it, which RSS asks for."""
    return format_datetime(parse_instant(instant))
