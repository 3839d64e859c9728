"""The exporter that plans an edition as a static site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from editor.core.edition import Edition
from editor.core.front import front_order
from editor.core.listing import Listing
from editor.core.story import check_slug
from editor.formats.edition_pictures import EditionPictures
from editor.formats.planned import PlannedFile, input_key, ready_files
from editor.formats.site.feeds import feeds
from editor.formats.site.headers import server_files
from editor.formats.site.page_files import PageFiles
from editor.formats.site.rights import rights_files
from editor.formats.site.search.files import SCRIPT, search_files, search_script
from editor.formats.site.search.terms import search_entry
from editor.formats.site.sitemap import sitemap
from editor.i18n import _
from editor.progress import Progress
from editor.proof.frame import MadePage
from editor.proof.pages import Pages, story_frame
from editor.proof.picture_files import ShownPicture
from editor.proof.planned import PlannedPage
from editor.proof.site import Site, archive_path, pages_from_oldest, section_path, story_path
from editor.resources import resource

HOME_STORIES = 31
"""How many stories the home page shows: the lead, and thirty."""

SECTION_STORIES = 20
"""How many stories a page of a section has; the newest page has more."""

ARCHIVE_STORIES = 50
"""How many stories a page of the list of all stories has; the newest page has more."""


class SiteExporter:
    """Home, stories, sections, lists, search, feeds and pictures, linked by relative addresses."""

    name = "site"
    title = "Static site"
    start = "index.html"

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises Cancelled, BadValue for a slug that can't be an address."""
        for slug in (
            *(listing.slug for listing in edition.listings),
            *(story.slug for story in edition.withdrawn),
            *(former.slug for former, _slug in edition.redirects()),
        ):
            check_slug(slug)
        return list(_SitePlan(edition).files(self, progress))

    def notices(self, edition: Edition) -> tuple[str, ...]:
        """Say why there are no feeds."""
        if edition.what_if:
            return (_("No feeds and no sitemap were written: this is not an edition."),)
        if not edition.house.url:
            sentence = _(
                "No feeds and no sitemap were written: they need the paper's web address, "
                "which is not set."
            )
            return (sentence,)
        return ()

    def story_path(self, slug: str) -> str:
        """Return the path of a story's page."""
        return story_path(slug)

    def redirect_path(self, slug: str) -> str:
        """Return the path of the page that leads from a former address to the story."""
        return story_path(slug)

    def picture_paths(self, shown: ShownPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files."""
        return tuple(size.path for size in shown.for_site)


class _SitePlan:
    """The files of one export of the site."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._site = Site.of(edition)
        self._pages = Pages()

    def files(self, exporter: SiteExporter, progress: Progress) -> Iterator[PlannedFile]:
        # Feeds have the stories that are first in the list: no body is parsed for them alone.
        yield from self._machine_files()
        page_files = PageFiles(self._edition, self._pages, self._site, self._edition.parts)
        for number, planned in enumerate(page_files.planned(self._planned_pages())):
            if number % 256 == 0:
                progress.report(0, 1)
            yield planned
        yield from self._assets()
        pictures = EditionPictures(self._edition)
        for shown in pictures.shown:
            yield from pictures.planned(shown, shown.for_site, exporter.picture_paths(shown))

    def _planned_pages(self) -> Iterator[PlannedPage]:
        yield from map(self._story, self._edition.listings)
        yield from self._other_stories()
        yield from self._lists()

    def _story(self, listing: Listing) -> PlannedPage:
        site = self._site
        inputs = [listing.stamp]
        for slug in listing.links:
            inputs.append(site.current_slug(slug) or "")
        for id in listing.related:
            inputs.append(f"{site.slugs.get(id, '')} {site.headlines.get(id, '')}")
        page = story_frame(listing)
        make = partial(self._make_story, listing)
        return PlannedPage(story_path(listing.slug), page, tuple(inputs), make)

    def _make_story(self, listing: Listing) -> MadePage:
        return self._pages.story(self._edition.item(listing), self._site)

    def _other_stories(self) -> Iterator[PlannedPage]:
        pages, site = self._pages, self._site
        for story in self._edition.withdrawn:
            yield self._planned(
                story_path(story.slug), (story.language,), partial(pages.withdrawn, story, site)
            )
        for former, slug in self._edition.redirects():
            yield self._planned(story_path(former.slug), (slug,), partial(pages.moved, slug, site))

    def _lists(self) -> Iterator[PlannedPage]:
        listings, site, pages = self._edition.listings, self._site, self._pages
        home = _home_stories(self._edition)
        yield self._planned("index.html", _stamps(home), partial(pages.home, home, site))
        for section in self._edition.house.sections:
            for part in pages_from_oldest(self._edition.in_section(section.slug), SECTION_STORIES):
                path = section_path(section.slug, part.number)
                inputs = (str(part.number), str(part.earlier), *_stamps(part.stories))
                yield self._planned(path, inputs, partial(pages.section, section, part, site))
        for part in pages_from_oldest(listings, ARCHIVE_STORIES):
            path = archive_path(part.number)
            inputs = (str(part.number), str(part.earlier), *_stamps(part.stories))
            yield self._planned(path, inputs, partial(pages.archive, part, site))
        yield self._planned("search.html", (), partial(pages.search, site))
        yield self._planned("404.html", (), partial(pages.not_found, site))

    def _planned(
        self, path: str, inputs: tuple[str, ...], make: Callable[[], MadePage]
    ) -> PlannedPage:
        made = make()
        return PlannedPage(path, made.page, inputs, lambda: made)

    def _machine_files(self) -> Iterator[PlannedFile]:
        edition = self._edition
        house, what_if = edition.house, edition.what_if
        yield from ready_files(rights_files(house, edition.generated_at, what_if))
        if house.url and not what_if:  # a feed has no page that could say what it is
            addresses = _addresses(edition)
            yield PlannedFile("sitemap.xml", b"", lambda: sitemap(edition, addresses).encode())
            made = cache(lambda: feeds(edition, self._pages, self._site))
            for path in ("feed.xml", "rss.xml", "feed.json"):
                yield PlannedFile(path, b"", partial(_text_of, made, path))

    def _assets(self) -> Iterator[PlannedFile]:
        style = resource("site", "site.css").read_text(encoding="utf-8")
        yield from ready_files({"assets/site.css": style, SCRIPT: search_script().decode("utf-8")})
        yield from ready_files(server_files(self._edition.house, style))
        timezone = self._edition.house.timezone
        for file in search_files(self._edition.listings, self._search_entry, timezone):
            yield PlannedFile(file.path, input_key(file.path, *file.values), file.make)

    def _search_entry(self, listing: Listing) -> bytes:
        """Return what the search needs of a text; it is kept by the text's hash."""
        key, parts = input_key("search", listing.hash), self._edition.parts
        entry = parts.get("search", key)
        if entry is None:
            item = self._edition.item(listing)
            entry = search_entry(item.story, self._pages.plain_body(item).text)
            parts.put("search", key, entry)
        return entry


def _text_of(texts: Callable[[], Mapping[str, str]], path: str) -> bytes:
    return texts()[path].encode("utf-8")


def _stamps(listings: Iterable[Listing]) -> tuple[str, ...]:
    return tuple(listing.stamp for listing in listings)


def _home_stories(edition: Edition) -> tuple[Listing, ...]:
    """Return the stories of the home page: those of the front, then the newest."""
    return tuple(front_order(edition.listings, edition.front)[:HOME_STORIES])


def _addresses(edition: Edition) -> Iterator[tuple[str, tuple[Listing, ...]]]:
    """Yield every page of the sitemap, with the stories on it."""
    yield "", _home_stories(edition)
    for section in edition.house.sections:
        for part in pages_from_oldest(edition.in_section(section.slug), SECTION_STORIES):
            yield section_path(section.slug, part.number), part.stories
    for part in pages_from_oldest(edition.listings, ARCHIVE_STORIES):
        yield archive_path(part.number), part.stories
    for listing in edition.listings:
        yield story_path(listing.slug), (listing,)
