"""The sitemaps for search engines: an index, one map a month, one of lists, one of the news.

sitemaps.org 0.9, and Google's sitemap-news 0.9. A story is in the map of the month in which
it was first published, so a new or an edited story changes that map alone, and the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, groupby
from typing import NamedTuple

from editor.core.languages import script
from editor.core.listing import Listing
from editor.core.times import instant_text, parse_instant
from editor.formats.site.planned_text import PlannedText
from editor.formats.site.xml import Element, document
from editor.proof.paper import Paper
from editor.proof.site import story_path

INDEX = "sitemap.xml"
"""The path that robots.txt names."""
NEWS = "sitemaps/news.xml"

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS_SPACE = "http://www.google.com/schemas/sitemap-news/0.9"
_MOST_URLS = 20_000
"""In one map. It may have 50,000, but 50 MB as well, and an address may have 2,048 bytes."""
_NEWS_DAYS = timedelta(days=2)
_FIRST_INSTANT = datetime.min.replace(tzinfo=UTC)
_MOST_NEWS = 1_000


class SitemapEntry(NamedTuple):
    """A page by its path, and the last update of what is on it (RFC 3339); empty if not known."""

    path: str
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One map: its path, and the pages in it."""

    path: str
    pages: tuple[SitemapEntry, ...]

    @property
    def updated(self) -> str:
        """The last update of any of its pages; empty where none is known."""
        return max((page.updated for page in self.pages), default="")


def sitemaps(stories: Sequence[Listing], lists: Iterable[SitemapEntry]) -> Iterator[Sitemap]:
    """Yield the maps of the pages with lists, then of the stories by month, the first one first.

    The stories are newest first. A map that is full is followed by another one of that
    name with a number, so that a new story changes only the last one.
    """
    yield from _parts("pages", list(lists))
    by_month = sorted(stories, key=_month, reverse=True)[::-1]  # the first one first
    for month, published in groupby(by_month, _month):
        pages = [SitemapEntry(story_path(story.slug), story.updated) for story in published]
        yield from _parts(month, pages)


def news_stories(stories: Iterable[Listing], generated_at: datetime) -> tuple[Listing, ...]:
    """Return the newest stories of the two days before an export, at most 1,000.

    https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    """
    # The calendar has no days before its first one.
    since = instant_text(generated_at - min(_NEWS_DAYS, generated_at - _FIRST_INSTANT))
    recent = (story for story in stories if story.published >= since)
    return tuple(sorted(recent, key=lambda story: story.published, reverse=True)[:_MOST_NEWS])


def news_end(stories: Iterable[Listing], generated_at: datetime) -> datetime | None:
    """Return when the first of `news_stories` is older than two days; None without news."""
    news = news_stories(stories, generated_at)
    first = min((parse_instant(story.published) for story in news), default=None)
    return first and first + _NEWS_DAYS + timedelta(seconds=1)


def sitemap_texts(
    maps: Iterable[Sitemap], news: Sequence[Listing], paper: Paper
) -> Iterator[PlannedText]:
    """Yield the file of each map, the news sitemap while there is news, and the index of all."""
    entries = []
    for sitemap in maps:
        entries.append(SitemapEntry(sitemap.path, sitemap.updated))
        inputs = tuple(chain.from_iterable(sitemap.pages))
        yield PlannedText(sitemap.path, inputs, partial(_map_file, sitemap, paper))
    if news:
        entries.append(SitemapEntry(NEWS, max(story.published for story in news)))
        inputs = tuple(story.stamp for story in news)
        yield PlannedText(NEWS, inputs, partial(_news_file, news, paper))
    inputs = tuple(chain.from_iterable(entries))
    yield PlannedText(INDEX, inputs, partial(_index_file, entries, paper))


def _map_file(sitemap: Sitemap, paper: Paper) -> str:
    root = Element("urlset", {"xmlns": _SPACE})
    for page in sitemap.pages:
        _address(root.child("url"), paper.address(page.path), page.updated)
    return document(root)


def _news_file(stories: Iterable[Listing], paper: Paper) -> str:
    root = Element("urlset", {"xmlns": _SPACE, "xmlns:news": _NEWS_SPACE})
    for story in stories:
        url = root.child("url")
        _address(url, paper.address(story_path(story.slug)))
        news = url.child("news:news")
        publication = news.child("news:publication")
        publication.child("news:name", paper.house.name)
        publication.child("news:language", _iso_language(story.language))
        news.child("news:publication_date", story.published)
        news.child("news:title", story.headline)
    return document(root)


def _index_file(maps: Iterable[SitemapEntry], paper: Paper) -> str:
    root = Element("sitemapindex", {"xmlns": _SPACE})
    for entry in maps:
        _address(root.child("sitemap"), paper.address(entry.path), entry.updated)
    return document(root)


def _address(parent: Element, address: str, updated: str = "") -> None:
    parent.child("loc", address)
    if updated:
        parent.child("lastmod", updated)


def _parts(name: str, pages: list[SitemapEntry]) -> Iterator[Sitemap]:
    """Cut a map into files, of which the first has no number."""
    for start in range(0, len(pages), _MOST_URLS):
        number = f"-{start // _MOST_URLS + 1}" if start else ""
        part = tuple(pages[start : start + _MOST_URLS])
        yield Sitemap(f"sitemaps/{name}{number}.xml", part)


def _month(story: Listing) -> str:
    return story.published[:7]


def _iso_language(tag: str) -> str:
    """Return a language as Google's sitemap wants it: by ISO 639, and Chinese by its script."""
    primary = tag.lower().partition("-")[0]
    if primary == "zh":
        return "zh-tw" if script(tag) == "Hant" else "zh-cn"
    return primary
