"""The exporter that writes an edition as a static site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from editor.core.edition import Edition
from editor.core.listing import Listing
from editor.core.story import check_slug
from editor.formats.base import Output, Report
from editor.formats.edition_writer import EditionWriter
from editor.formats.site.feed_content import feed_content
from editor.formats.site.feeds import feed_texts, site_feeds
from editor.formats.site.headers import server_files
from editor.formats.site.index import search_index, search_script
from editor.formats.site.manifest import manifest_text
from editor.formats.site.planned_text import PlannedText
from editor.formats.site.rights import rights_files
from editor.formats.site.sitemap import SitemapEntry, news_stories, sitemap_texts, sitemaps
from editor.i18n import _
from editor.progress import Progress
from editor.proof.frame import MadePage
from editor.proof.neighbours import neighbours_of
from editor.proof.pages import Pages
from editor.proof.paper import Paper
from editor.proof.pictures import Rendition
from editor.proof.planned import PlannedPage
from editor.proof.site import Site, story_path
from editor.proof.site_pages import site_pages
from editor.resources import resource

PAPER_COLOUR = "#ffffff"
"""The colour of pages in light mode, as in site.css."""


class SiteExporter:
    """Home, stories, sections, lists, search, feeds and pictures, linked by relative addresses."""

    name = "site"
    title = "Static site"

    def write(self, edition: Edition, output: Output, progress: Progress) -> Report:
        """Write every file. Raises Cancelled, BadValue for a slug that can't be an address."""
        for slug in (
            *(listing.slug for listing in edition.listings),
            *(story.slug for story in edition.withdrawn),
            *(former.slug for former, _slug in edition.redirects()),
        ):
            check_slug(slug)
        return _SiteWriter(edition, output, progress).write()

    def story_path(self, slug: str) -> str:
        """Return the path of a story's page."""
        return story_path(slug)

    def redirect_path(self, slug: str) -> str:
        """Return the path of the page that leads from a former address to the story."""
        return story_path(slug)

    def picture_path(self, rendition: Rendition) -> str:
        """Return the path of a picture in one size."""
        return rendition.path


class _SiteWriter(EditionWriter):
    """One export of the site."""

    def __init__(self, edition: Edition, output: Output, progress: Progress) -> None:
        super().__init__(edition, output, progress)
        self._site = Site.of(edition)
        self._pages = Pages()
        self._planned = tuple(site_pages(self._site, edition.listings))
        self._contents: dict[str, str] = {}

    def write(self) -> Report:
        # Feeds have the stories that are first in the list: no body is parsed for them alone.
        self._write_feeds()
        self._write_stories()
        self._write_lists()
        self._write_assets()
        self._write_pictures()
        return self._report("index.html", self._notices())

    def _notices(self) -> tuple[str, ...]:
        if self._edition.what_if:
            return (_("No feeds and no sitemap were written: this is not an edition."),)
        if not self._edition.house.url:
            sentence = _(
                "No feeds and no sitemap were written: they need the paper's web address, "
                "which is not set."
            )
            return (sentence,)
        return ()

    def _add_text(self, path: str, text: str) -> None:
        self._add(path, text.encode("utf-8"))

    def _add_page(self, path: str, made: MadePage) -> None:
        self._add_text(path, self._pages.html(made, self._site))

    def _write_stories(self) -> None:
        neighbours = neighbours_of(self._edition.listings, self._edition.house)
        for item in self._items():
            page = self._pages.story(item, self._site, neighbours.get(item.story.id))
            self._add_page(story_path(item.story.slug), page)
        for story in self._edition.withdrawn:
            self._add_page(story_path(story.slug), self._pages.withdrawn(story, self._site))
        for former, slug in self._edition.redirects():
            self._add_page(story_path(former.slug), self._pages.moved(slug, self._site))

    def _write_lists(self) -> None:
        for planned in self._planned:
            self._add_page(planned.path, planned.make())

    def _write_assets(self) -> None:
        style = resource("site", "site.css").read_bytes()
        self._add("assets/site.css", style)
        self._write_planned([manifest_text(Paper.of(self._site), PAPER_COLOUR)])
        for path, text in server_files(self._edition.house, style.decode("utf-8")).items():
            self._add_text(path, text)
        self._add_text("assets/search.js", search_script())
        self._add_text("assets/search-index.js", search_index(self._edition, self._pages))

    def _write_feeds(self) -> None:
        house, what_if = self._edition.house, self._edition.what_if
        for path, text in rights_files(house, self._edition.generated_at, what_if).items():
            self._add_text(path, text)
        if house.url and not what_if:  # a feed has no page that could say what it is
            self._write_planned(self._sitemaps())
            for feed in site_feeds(self._edition.listings, self._site):
                self._write_planned(feed_texts(feed, self._site, self._content))

    def _sitemaps(self) -> Iterator[PlannedText]:
        stories = self._edition.listings
        news = news_stories(stories, self._edition.generated_at)
        maps = sitemaps(stories, _entries(self._planned))
        return sitemap_texts(maps, news, Paper.of(self._site))

    def _write_planned(self, texts: Iterable[PlannedText]) -> None:
        for text in texts:
            self._add_text(text.path, text.make())

    def _content(self, listing: Listing) -> str:
        """The content of a story in all its feeds, made once."""
        if listing.id not in self._contents:
            item = self._edition.item(listing)
            self._contents[listing.id] = feed_content(item, self._pages, self._site)
        return self._contents[listing.id]

    def _write_pictures(self) -> None:
        for _picture, files in self._rendered_pictures():
            for rendition, data in files.items():
                self._add(rendition.path, data)


def _entries(planned: Iterable[PlannedPage]) -> Iterator[SitemapEntry]:
    """Yield the lines of the sitemap for the pages that search engines are told of."""
    for page in planned:
        if page.updated is not None:
            yield SitemapEntry(page.path, page.updated)
