"""Atom feeds (RFC 4287), with licences (RFC 4946)."""

from __future__ import annotations

from editor.formats.site.feed import Contents, Feed, FeedEntry, entries
from editor.formats.site.xml import Element, document
from editor.proof.linked_data import MEDIA_TOPICS
from editor.proof.paper import Paper


def atom(feed: Feed, paper: Paper, contents: Contents) -> str:
    """Return a feed as Atom. The house must have a web address."""
    house = paper.house
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    root.child("id", paper.address(feed.page))
    root.child("title", feed.title)
    root.child("updated", feed.updated)
    _person(root, house.name, house.url)
    _link(root, "alternate", paper.address(feed.page), "text/html")
    _link(root, "self", paper.address(feed.folder + "feed.xml"), "application/atom+xml")
    if house.licence:
        _link(root, "license", house.licence)
    if house.rights and feed.stories:
        root.child("rights", paper.rights_of(feed.stories[0].published))
    root.child("icon", paper.address(paper.icons[0].path))
    for entry in entries(feed, paper, contents):
        _entry(root, entry, paper)
    return document(root)


def _entry(root: Element, entry: FeedEntry, paper: Paper) -> None:
    story = entry.story
    element = root.child("entry", attributes={"xml:lang": story.language})
    element.child("id", entry.id)
    element.child("title", story.headline)
    element.child("published", story.published)
    element.child("updated", story.updated)
    for name in story.bylines:
        _person(element, name, paper.author_address(name, story.language))
    _link(element, "alternate", entry.url, "text/html")
    if entry.picture:
        address = paper.address(entry.picture.widest.path)
        _link(element, "enclosure", address, "image/jpeg")
    if entry.licence:
        _link(element, "license", entry.licence)
    for term in entry.terms:
        element.child("category", attributes={"term": term})
    for code, name in entry.topics:
        element.child("category", attributes={"scheme": MEDIA_TOPICS, "term": code, "label": name})
    if entry.rights:
        element.child("rights", entry.rights)
    element.child("summary", story.summary)
    element.child("content", entry.content, {"type": "html"})


def _person(parent: Element, name: str, address: str) -> None:
    person = parent.child("author")
    person.child("name", name)
    if address:
        person.child("uri", address)


def _link(parent: Element, relation: str, address: str, kind: str = "") -> None:
    parent.child(
        "link", attributes={"rel": relation, **({"type": kind} if kind else {}), "href": address}
    )
