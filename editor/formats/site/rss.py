"""RSS 2.0 feeds, with the extensions that readers know: content, Dublin Core, Media RSS, Atom."""

from __future__ import annotations

from email.utils import format_datetime

from editor.core.times import parse_instant
from editor.formats.site.feed import (
    Contents,
    Feed,
    FeedEntry,
    entries,
    html_summary,
)
from editor.formats.site.xml import Element, document
from editor.proof.linked_data import MEDIA_TOPICS
from editor.proof.paper import Paper
from editor.proof.views import PictureView

_SPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def rss(feed: Feed, paper: Paper, contents: Contents) -> str:
    """Return a feed as RSS 2.0. The house must have a web address."""
    root = Element("rss", {"version": "2.0", **_SPACES})
    channel = root.child("channel")
    channel.child("title", feed.title)
    channel.child("link", paper.address(feed.page))
    channel.child("description", feed.title)
    channel.child("language", feed.language)
    if feed.stories:
        if paper.house.rights:
            channel.child("copyright", paper.rights_of(feed.stories[0].published))
        channel.child("lastBuildDate", _mail_date(feed.updated))
    address = paper.address(feed.folder + "rss.xml")
    _link(channel, {"rel": "self", "type": "application/rss+xml", "href": address})
    if paper.house.licence:
        _link(channel, {"rel": "license", "href": paper.house.licence})
    for entry in entries(feed, paper, contents):
        _item(channel, entry, paper)
    return document(root)


def _item(channel: Element, entry: FeedEntry, paper: Paper) -> None:
    story = entry.story
    element = channel.child("item")
    element.child("title", story.headline)  # plain text, unlike the description
    element.child("link", entry.url)
    element.child("guid", entry.id, {"isPermaLink": "false"})
    element.child("pubDate", _mail_date(story.published))
    if entry.licence:
        _link(element, {"rel": "license", "href": entry.licence})
    for name in story.bylines:
        element.child("dc:creator", name)
    if entry.rights:
        element.child("dc:rights", entry.rights)
    for term in entry.terms:
        element.child("category", term)
    for code, _name in entry.topics:
        element.child("category", code, {"domain": MEDIA_TOPICS})
    element.child("description", html_summary(story))
    element.child("content:encoded", entry.content)
    if entry.picture:
        _picture(element, entry.picture, paper)


def _picture(item: Element, view: PictureView, paper: Paper) -> None:
    """Add a picture as Media RSS; an enclosure would need its size in bytes."""
    element = item.child(
        "media:content",
        attributes={
            "url": paper.address(view.widest.path),
            "type": "image/jpeg",
            "medium": "image",
            "width": str(view.widest.width),
            "height": str(view.widest.height),
        },
    )
    if view.picture.caption:
        element.child("media:description", view.picture.caption, {"type": "plain"})
    if view.picture.bare_credit:
        element.child("media:credit", view.picture.bare_credit)
    if view.picture.rights:
        element.child("media:copyright", view.picture.rights)


def _link(parent: Element, attributes: dict[str, str]) -> None:
    parent.child("atom:link", attributes=attributes)


def _mail_date(instant: str) -> str:
    """Write an instant as RFC 2822 does, which RSS requires."""
    return format_datetime(parse_instant(instant))
