"""The exporter that plans an edition as a static site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial

from editor.core.edition import Edition
from editor.core.listing import Listing
from editor.core.story import check_slug
from editor.core.times import year_end
from editor.core.zones import zone
from editor.formats.edition_pictures import EditionPictures
from editor.formats.planned import PlannedFile, input_key, kept, ready_files
from editor.formats.search.words import SearchSource
from editor.formats.site.feed_content import content_inputs, feed_content
from editor.formats.site.feeds import feed_texts, site_feeds
from editor.formats.site.headers import server_files
from editor.formats.site.manifest import manifest_text
from editor.formats.site.page_files import PageFiles
from editor.formats.site.planned_text import PlannedText
from editor.formats.site.rights import half_year_end, rights_files, site_folder
from editor.formats.site.search_files import SCRIPT, search_files, search_script
from editor.formats.site.sitemap import (
    SitemapEntry,
    news_end,
    news_stories,
    sitemap_texts,
    sitemaps,
)
from editor.formats.sums import Sums
from editor.i18n import N_, _
from editor.progress import Progress
from editor.proof.bodies import Bodies
from editor.proof.frame import MadePage
from editor.proof.neighbours import Neighbours, neighbours_of
from editor.proof.pages import Pages, moved_frame, story_frame, withdrawn_frame
from editor.proof.paper import Paper
from editor.proof.picture_files import PublishedPicture
from editor.proof.planned import PlannedPage
from editor.proof.site import Site, edition_year, story_path
from editor.proof.site_pages import site_pages
from editor.proof.theme import theme_of


class SiteExporter:
    """Home, stories, sections, lists, search, feeds and pictures, linked by relative addresses."""

    name = "site"
    title = N_("Static site")
    start = "index.html"
    remembered_as = "site"
    in_one_folder = False

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
        """Say why there are no feeds, and which files have their place outside the site."""
        if edition.what_if:
            return (_("No feeds and no sitemap were written: this is not an edition."),)
        if not edition.house.url:
            sentence = _(
                "No feeds and no sitemap were written: they need the paper's web address, "
                "which is not set. File › The paper has it, or `stonehand paper --url ADDRESS`."
            )
            return (sentence,)
        if site_folder(edition.house) != "/":
            sentence = _(
                "The site is in a folder of its host, where nobody looks for robots.txt, "
                "trust.txt, .well-known and _headers: copy them to the top of the host, or add "
                "their lines to those that are there."
            )
            return (sentence,)
        return ()

    def other_inputs(self, edition: Edition) -> Iterator[str]:
        """Yield the theme, and of the instant the year, some dates, and which stories are news."""
        yield theme_of(edition).digest
        rights = rights_files(edition.house, edition.generated_at, edition.what_if)
        yield repr((edition_year(edition), rights))
        yield from (story.id for story in news_stories(edition.listings, edition.generated_at))

    def next_change(self, edition: Edition) -> datetime | None:
        """Return when a story is no longer news, or the year or the half-year ends."""
        at, listings = edition.generated_at, edition.listings
        year = year_end(at, zone(edition.house.timezone))
        ends = (news_end(listings, at), half_year_end(at), year)
        return min((end for end in ends if end), default=None)

    def story_path(self, slug: str) -> str:
        """Return the path of a story's page."""
        return story_path(slug)

    def expired_path(self, _slug: str) -> str:
        """Return no path: an expired story leaves nothing."""
        return ""

    def redirect_path(self, slug: str) -> str:
        """Return the path of the page that leads from a former address to the story."""
        return story_path(slug)

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files."""
        return tuple(size.path for size in shown.for_site)

    def closing_files(self, _edition: Edition, _sums: Sums) -> tuple[tuple[str, bytes], ...]:
        """Return nothing: every export has a list of its files."""
        return ()


class _SitePlan:
    """The files of one export of the site."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._site = Site.of(edition)
        theme = theme_of(edition)
        self._pages = Pages(Bodies(parts=edition.parts), theme)
        self._house = input_key("house", edition.house.canonical(), theme.digest)
        self._story_frame = cache(partial(story_frame, site=self._site))
        self._lists = tuple(site_pages(self._site, edition.listings, edition.front, theme))

    def files(self, exporter: SiteExporter, progress: Progress) -> Iterator[PlannedFile]:
        # Feeds have the stories that are first in the list: no body is parsed for them alone.
        yield from self._machine_files()
        page_files = PageFiles(self._pages, self._site, self._house, self._edition.parts)
        for number, file in enumerate(page_files.planned(self._planned_pages())):
            if number % 256 == 0:
                progress.report(0, 1)
            yield file
        yield from self._assets()
        yield from self._search()
        pictures = EditionPictures(self._edition)
        for shown in pictures.shown:
            yield from pictures.planned(shown, shown.for_site, exporter.picture_paths(shown))

    def _planned_pages(self) -> Iterator[PlannedPage]:
        neighbours = neighbours_of(self._edition.listings, self._edition.house)
        for listing in self._edition.listings:
            yield self._story(listing, neighbours.get(listing.id, Neighbours()))
        yield from self._other_stories()
        yield from self._lists

    def _story(self, listing: Listing, neighbours: Neighbours) -> PlannedPage:
        site = self._site
        inputs = [listing.stamp, *neighbours.inputs]
        inputs += (site.current_slug(slug) or "" for slug in listing.links)
        for id in listing.related:
            inputs.append(repr((site.slugs.get(id), site.link_texts.get(id))))
        page = self._story_frame(listing.language, listing.section)
        make = partial(self._make_story, listing, neighbours)
        return PlannedPage(story_path(listing.slug), page, tuple(inputs), make)

    def _make_story(self, listing: Listing, neighbours: Neighbours) -> MadePage:
        return self._pages.story(self._edition.item(listing), self._site, neighbours)

    def _other_stories(self) -> Iterator[PlannedPage]:
        pages, site = self._pages, self._site
        for story in self._edition.withdrawn:
            page, make = withdrawn_frame(story, site), partial(pages.withdrawn, story, site)
            yield PlannedPage(story_path(story.slug), page, (story.language,), make)
        for former, slug in self._edition.redirects():
            make = partial(pages.moved, slug, site)
            yield PlannedPage(story_path(former.slug), moved_frame(site), (slug,), make)

    def _machine_files(self) -> Iterator[PlannedFile]:
        edition, site = self._edition, self._site
        house, what_if = edition.house, edition.what_if
        yield from ready_files(rights_files(house, edition.generated_at, what_if))
        if not site.has_feeds:  # a feed has no page that could say what it is
            return
        entries = sitemaps(edition.listings, _entries(self._lists))
        news = news_stories(edition.listings, edition.generated_at)
        yield from self._texts(sitemap_texts(entries, news, Paper(site.house)))
        for feed in site_feeds(edition.listings, site):
            yield from self._texts(feed_texts(feed, site, self._content))

    def _texts(self, texts: Iterable[PlannedText]) -> Iterator[PlannedFile]:
        for text in texts:
            key = input_key(text.path, self._house, *text.inputs)
            yield PlannedFile(text.path, key, partial(_text, text))

    def _content(self, listing: Listing) -> str:
        """Return the content of a story in its feeds, which is kept."""
        key = input_key("feed", self._house, *content_inputs(listing, self._site))

        def make() -> bytes:
            item = self._edition.item(listing)
            return feed_content(item, self._pages, self._site).encode("utf-8")

        return kept(self._edition.parts, "feed", key, make).decode("utf-8")

    def _assets(self) -> Iterator[PlannedFile]:
        edition, theme = self._edition, self._pages.theme
        style = theme.css
        yield from ready_files({"assets/site.css": style, SCRIPT: search_script().decode("utf-8")})
        yield from ready_files(server_files(edition.house, style))
        paper = Paper(self._site.house)
        yield from self._texts([manifest_text(paper, theme.colours.light["paper"])])
        for icon in paper.icons:
            key, make = input_key("icon", icon.key), partial(icon.make, edition.pictures)
            if not icon.logo:  # a logo's are kept with the pictures
                make = partial(kept, edition.parts, "icon", key, make)
            yield PlannedFile(icon.path, key, make)

    def _search(self) -> Iterator[PlannedFile]:
        return search_files(SearchSource.of(self._edition, self._pages.bodies))


def _text(text: PlannedText) -> bytes:
    return text.make().encode("utf-8")


def _entries(planned: Iterable[PlannedPage]) -> Iterator[SitemapEntry]:
    """Yield the lines of the sitemap for the pages that search engines are told of."""
    for page in planned:
        if page.updated is not None:
            yield SitemapEntry(page.path, page.updated)
