"""The exporter that writes an edition as a static site."""

from __future__ import annotations

from collections.abc import Iterator

from editor.core.edition import Edition
from editor.core.listing import Listing
from editor.core.story import check_slug
from editor.formats.base import Output, Report
from editor.formats.edition_writer import PAGE_STORIES, EditionWriter
from editor.formats.site.feeds import feeds
from editor.formats.site.headers import server_files
from editor.formats.site.index import search_index, search_script
from editor.formats.site.rights import rights_files
from editor.formats.site.sitemap import sitemap
from editor.i18n import _
from editor.progress import Progress
from editor.proof.frame import MadePage
from editor.proof.pages import Pages
from editor.proof.pictures import Rendition
from editor.proof.theme import theme_of
from editor.proof.site import Site, archive_path, pages_from_oldest, section_path, story_path

HOME_STORIES = 31
"""How many stories the home page shows: the lead, and thirty."""


ARCHIVE_STORIES = 50
"""How many stories a page of the list of all stories has; the newest page has more."""


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
        self._pages = Pages(theme=theme_of(edition))

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
        for item in self._items():
            self._add_page(story_path(item.story.slug), self._pages.story(item, self._site))
        for story in self._edition.withdrawn:
            self._add_page(story_path(story.slug), self._pages.withdrawn(story, self._site))
        for former, slug in self._edition.redirects():
            self._add_page(story_path(former.slug), self._pages.moved(slug, self._site))

    def _write_lists(self) -> None:
        stories, site = self._edition.listings, self._site
        self._add_page("index.html", self._pages.home(stories[:HOME_STORIES], site))
        for section in self._edition.house.sections:
            for part in pages_from_oldest(self._edition.in_section(section.slug), PAGE_STORIES):
                page = self._pages.section(section, part, site)
                self._add_page(section_path(section.slug, part.number), page)
        for part in pages_from_oldest(stories, ARCHIVE_STORIES):
            self._add_page(archive_path(part.number), self._pages.archive(part, site))
        self._add_page("search.html", self._pages.search(site))
        self._add_page("404.html", self._pages.not_found(site))

    def _write_assets(self) -> None:
        style = self._pages.theme.css
        self._add_text("assets/site.css", style)
        for path, text in server_files(self._edition.house, style).items():
            self._add_text(path, text)
        self._add_text("assets/search.js", search_script())
        self._add_text("assets/search-index.js", search_index(self._edition, self._pages))

    def _write_feeds(self) -> None:
        house, what_if = self._edition.house, self._edition.what_if
        for path, text in rights_files(house, self._edition.generated_at, what_if).items():
            self._add_text(path, text)
        if house.url and not what_if:  # a feed has no page that could say what it is
            self._add_text("sitemap.xml", sitemap(self._edition, _addresses(self._edition)))
            for path, text in feeds(self._edition, self._pages, self._site).items():
                self._add_text(path, text)

    def _write_pictures(self) -> None:
        for _picture, files in self._rendered_pictures():
            for rendition, data in files.items():
                self._add(rendition.path, data)


def _addresses(edition: Edition) -> Iterator[tuple[str, tuple[Listing, ...]]]:
    """Yield every page of the sitemap, with the stories on it."""
    yield "", edition.listings[:HOME_STORIES]
    for section in edition.house.sections:
        for part in pages_from_oldest(edition.in_section(section.slug), PAGE_STORIES):
            yield section_path(section.slug, part.number), part.stories
    for part in pages_from_oldest(edition.listings, ARCHIVE_STORIES):
        yield archive_path(part.number), part.stories
    for listing in edition.listings:
        yield story_path(listing.slug), (listing,)
