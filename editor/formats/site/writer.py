"""Writes an edition as a static site."""

from __future__ import annotations

from collections.abc import Iterator

from editor.core.edition import Edition, Item
from editor.core.house import Section
from editor.core.story import Picture, check_slug
from editor.formats.base import Output, Report
from editor.formats.site.feeds import feeds
from editor.formats.site.index import search_index
from editor.formats.site.sitemap import robots, sitemap
from editor.i18n import _
from editor.progress import Progress
from editor.proof.pages import Pages
from editor.proof.pictures import render, renditions
from editor.proof.site import Site, section_path, story_path
from editor.resources import resource

HOME_STORIES = 31
"""How many stories the home page announces: one that leads, and thirty."""

SECTION_STORIES = 20
"""How many stories one page of a section announces."""


class SiteExporter:
    """Home, stories, sections, search, feeds and pictures, linked by relative addresses."""

    name = "site"
    title = "Static site"

    def write(self, edition: Edition, output: Output, progress: Progress) -> Report:
        """Write the whole tree. Raises Cancelled, BadValue for a slug that is no address."""
        return _SiteWriter(edition, output, progress).write()


class _SiteWriter:
    """One export: the edition, where it goes, and how far it is."""

    def __init__(self, edition: Edition, output: Output, progress: Progress) -> None:
        self._edition = edition
        self._output = output
        self._progress = progress
        self._site = Site.of(edition)
        self._pages = Pages()
        self._pictures = list(_pictures(edition))
        self._steps = len(edition.items) + len(self._pictures)
        self._done = 0
        self._files = 0

    def write(self) -> Report:
        for slug in self._slugs():
            check_slug(slug)
        self._stories()
        self._lists()
        self._assets()
        self._machines()
        self._media()
        self._progress.report(self._steps, self._steps)
        return Report(
            files=self._files,
            start="index.html",
            notices=self._notices(),
            counts={"stories": len(self._edition.items), "pictures": len(self._pictures)},
        )

    def _slugs(self) -> Iterator[str]:
        yield from (item.story.slug for item in self._edition.items)
        yield from (gone.slug for gone in self._edition.withdrawn)

    def _add(self, path: str, data: str | bytes) -> None:
        self._output.write(path, data.encode("utf-8") if isinstance(data, str) else data)
        self._files += 1

    def _step(self, what: str) -> None:
        self._progress.report(self._done, self._steps, what)
        self._done += 1

    def _stories(self) -> None:
        for item in self._edition.items:
            self._step(item.story.headline)
            self._add(story_path(item.story.slug), self._pages.story(item, self._site))
        for gone in self._edition.withdrawn:
            self._add(story_path(gone.slug), self._pages.withdrawn(gone, self._site))

    def _lists(self) -> None:
        items, site = self._edition.items, self._site
        self._add("index.html", self._pages.home(items[:HOME_STORIES], site))
        for section in self._edition.house.sections:
            for number, pages, some in section_pages(self._edition, section):
                page = self._pages.section(section, some, site, number, pages)
                self._add(section_path(section.slug, number), page)
        self._add("search.html", self._pages.search(site))
        self._add("404.html", self._pages.not_found(site))

    def _assets(self) -> None:
        for name in ("site.css", "search.js"):
            self._add(f"assets/{name}", resource("site", name).read_bytes())
        self._add("assets/search-index.js", search_index(self._edition))

    def _machines(self) -> None:
        house = self._edition.house
        self._add("robots.txt", robots(house))
        if house.url:
            self._add("sitemap.xml", sitemap(self._edition, _addresses(self._edition)))
            for path, text in feeds(self._edition, self._pages, self._site).items():
                self._add(path, text)

    def _media(self) -> None:
        for picture in self._pictures:
            self._step(picture.file)
            data = self._edition.pictures.read(picture.file)
            for rendition in renditions(picture):
                self._add(rendition.path, render(data, rendition.width))

    def _notices(self) -> tuple[str, ...]:
        if self._edition.house.url:
            return ()
        return (
            _(
                "No feeds and no sitemap were written: they need the paper's web address, "
                "which is not set."
            ),
        )


def section_pages(
    edition: Edition, section: Section
) -> Iterator[tuple[int, int, tuple[Item, ...]]]:
    """Cut a section into pages, as (number, pages, items); an empty one has one page."""
    items = edition.in_section(section.slug)
    pages = max(1, -(-len(items) // SECTION_STORIES))
    for number in range(1, pages + 1):
        yield number, pages, items[(number - 1) * SECTION_STORIES : number * SECTION_STORIES]


def _addresses(edition: Edition) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Every page for the sitemap, with the items whose renewal renews it."""
    yield "", edition.items[:HOME_STORIES]
    for section in edition.house.sections:
        for number, _pages, some in section_pages(edition, section):
            yield section_path(section.slug, number), some
    for item in edition.items:
        yield story_path(item.story.slug), (item,)


def _pictures(edition: Edition) -> Iterator[Picture]:
    """The pictures of all stories, each file once."""
    seen: set[str] = set()
    for item in edition.items:
        for picture in item.story.pictures:
            if renditions(picture) and picture.file not in seen:
                seen.add(picture.file)
                yield picture
