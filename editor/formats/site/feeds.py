"""The feeds of the newest stories: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from editor.core.edition import Edition, Item
from editor.core.house import House
from editor.core.story import Story
from editor.core.times import instant_text, parse_instant
from editor.formats.site.xml import Element, document
from editor.proof.pages import Pages
from editor.proof.site import Site, story_path
from editor.proof.views import section_of, summary
from editor.proof.words import direction
from editor.text.xml import escape, escape_attribute, xml_text

FEED_STORIES = 50
"""How many stories a feed has, newest first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The data of a story in all three feeds; `content` is HTML, everything else is text."""

    story: Story
    id: str
    url: str
    summary: str
    content: str
    terms: tuple[str, ...]
    published: str
    updated: str


def feeds(edition: Edition, pages: Pages, site: Site) -> dict[str, str]:
    """Return the feeds by their paths. The house must have a web address."""
    entries = [
        _entry(item, pages, site) for item in map(edition.item, edition.listings[:FEED_STORIES])
    ]
    updated = max((entry.updated for entry in entries), default=instant_text(edition.generated_at))
    return {
        "feed.xml": _atom(edition.house, entries, updated),
        "rss.xml": _rss(edition.house, entries, updated),
        "feed.json": _json_feed(edition.house, entries),
    }


def _entry(item: Item, pages: Pages, site: Site) -> _Entry:
    story, house = item.story.without_blanks(), site.house
    section = section_of(story, house)
    return _Entry(
        story,
        _tag_uri(item, house),
        house.url + story_path(story.slug),
        summary(story, pages.plain_body(item)),
        _in_language(story, pages.body(item, site)),
        tuple(filter(None, (section.title if section else "", *story.keywords))),
        item.published,
        item.updated,
    )


def _in_language(story: Story, html: str) -> str:
    """Return HTML that says its language and direction: a feed reader's page has its own."""
    language, way = escape_attribute(xml_text(story.language)), direction(story.language)
    return f'<div dir="{way}" lang="{language}">{html}</div>'


def _html_summary(story: Story, text: str) -> str:
    """Return a summary as HTML, which a description is: `<` is escaped here, and by XML again.

    https://www.rssboard.org/rss-profile#element-channel-item-description
    """
    html = escape(xml_text(text))
    return _in_language(story, html) if direction(story.language) == "rtl" else html


def _tag_uri(item: Item, house: House) -> str:
    """Return an id that does not change with the slug: a tag URI (RFC 4151) of the first day."""
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
    for entry in entries:
        element = root.child("entry", attributes={"xml:lang": entry.story.language})
        element.child("id", entry.id)
        element.child("title", entry.story.headline)
        element.child("published", entry.published)
        element.child("updated", entry.updated)
        for name in entry.story.bylines:
            element.child("author").child("name", name)
        element.child("link", attributes={"rel": "alternate", "href": entry.url})
        for term in entry.terms:
            element.child("category", attributes={"term": term})
        element.child("summary", entry.summary)
        element.child("content", entry.content, {"type": "html"})
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
    for entry in entries:
        element = channel.child("item")
        element.child("title", entry.story.headline)  # plain text, unlike the description
        element.child("link", entry.url)
        element.child("guid", entry.id, {"isPermaLink": "false"})
        element.child("pubDate", _mail_date(entry.published))
        for name in entry.story.bylines:
            element.child("dc:creator", name)
        for term in entry.terms:
            element.child("category", term)
        element.child("description", _html_summary(entry.story, entry.summary))
        element.child("content:encoded", entry.content)
    return document(root)


def _json_feed(house: House, entries: list[_Entry]) -> str:
    value: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": house.name,
        "home_page_url": house.url,
        "feed_url": house.url + "feed.json",
        "language": house.language,
        "items": [_json_item(entry) for entry in entries],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: _Entry) -> dict[str, object]:
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
        "tags": list(entry.terms),
        "language": story.language,
    }


def _mail_date(instant: str) -> str:
    """Write an instant as RFC 2822 does, which RSS requires."""
    return format_datetime(parse_instant(instant))
