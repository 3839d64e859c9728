"""Every page of a site that is no story's, with what goes into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter

from editor.core.listing import Listing
from editor.core.times import instant_text, month_start, parse_instant
from editor.core.zones import zone
from editor.proof.authors import stories_by_author
from editor.proof.front_page import FrontPage
from editor.proof.list_pages import (
    ListedCorrection,
    ListHeading,
    ListPages,
    MonthCount,
    list_page,
)
from editor.proof.paper import HOME
from editor.proof.planned import PlannedPage
from editor.proof.sections import ShownSection
from editor.proof.single_pages import (
    about_frame,
    about_inputs,
    about_page,
    not_found_frame,
    not_found_page,
    search_page,
)
from editor.proof.site import (
    ABOUT_PATH,
    SEARCH_PATH,
    Site,
    archive_path,
    corrections_path,
    numbered,
    pages_from_oldest,
    section_path,
)
from editor.proof.subjects import shown_subject, stories_by_subject
from editor.proof.theme import Theme, shipped_theme
from editor.proof.trees import Tree

LIST_STORIES = 50
"""How many rows a page of a list has; the newest page has up to twice as many less one."""
LIST_CORRECTIONS = 50


def site_pages(
    site: Site,
    listings: Sequence[Listing],
    front: Sequence[str] = (),
    theme: Theme | None = None,
) -> Iterator[PlannedPage]:
    """Yield all pages but those of stories. The listings are newest first.

    `front` are the ids of the stories that an editor put first, in order.
    """
    theme = theme or shipped_theme()
    templates, lists = theme.templates, ListPages(site, theme)
    stories: defaultdict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        stories[site.prefix(listing.language)].append(listing)
    for tree in site.trees:
        yield from _TreePages(site, tree, stories[tree.prefix], lists).planned(front)
        page = list_page("search-page", tree, SEARCH_PATH)
        make_search = partial(search_page, templates, site, page)
        sections = (section.slug for section in tree.sections)
        inputs = (f"{len(site.trees) > 1}", *sections)
        yield PlannedPage(tree.prefix + SEARCH_PATH, page, inputs, make_search)
    if site.has_about:
        page, make_about = about_frame(site), partial(about_page, templates, site)
        yield PlannedPage(ABOUT_PATH, page, about_inputs(site), make_about, "")
    page = not_found_frame(site, theme.css)
    yield PlannedPage("404.html", page, (), partial(not_found_page, templates, site, page))


class _TreePages:
    """The pages of one language, of its stories."""

    def __init__(
        self, site: Site, tree: Tree, stories: Sequence[Listing], lists: ListPages
    ) -> None:
        self._site = site
        self._tree = tree
        self._stories = stories
        self._by_section: defaultdict[str, list[Listing]] = defaultdict(list)
        for story in stories:
            self._by_section[story.section].append(story)
        self._lists = lists
        self._words = site.words(tree.language)
        self._languages = _languages(site.trees)
        self._feeds = "feeds" if site.has_feeds else ""

    def planned(self, front: Sequence[str]) -> Iterator[PlannedPage]:
        """Yield the pages with lists."""
        yield self._home(front)
        for section in self._tree.sections:
            yield from self._section(section)
        for heading, stories in (*self._authors(), *self._subjects()):
            yield from self._list(heading, stories)
        yield from self._archive()
        yield from self._corrections()

    def _home(self, front: Sequence[str]) -> PlannedPage:
        chosen = FrontPage.of(self._stories, self._tree.sections, front)
        page = list_page("home-page", self._tree, HOME)
        inputs = (self._languages, *chosen.inputs)
        make = partial(self._lists.home, page, chosen)
        return PlannedPage(self._tree.prefix + HOME, page, inputs, make, _updated(self._stories))

    def _section(self, section: ShownSection) -> Iterator[PlannedPage]:
        stories = self._by_section[section.slug]
        languages = _languages(self._site.trees_with(section.slug))
        for part in pages_from_oldest(stories, LIST_STORIES):
            path = section_path(section.slug, part.number)
            page = list_page("section-page", self._tree, path, section.slug)
            make = partial(self._lists.section, page, section, part)
            inputs = (languages, self._feeds, part.place, *_stamps(part.entries))
            updated = _updated(part.entries)
            yield PlannedPage(self._tree.prefix + path, page, inputs, make, updated)

    def _list(self, heading: ListHeading, stories: Sequence[Listing]) -> Iterator[PlannedPage]:
        for part in pages_from_oldest(stories, LIST_STORIES):
            path = numbered(heading.path, part.number)
            page = list_page(heading.kind, self._tree, path)
            inputs = (heading.title, self._feeds, part.place, *_stamps(part.entries))
            make, updated = (
                partial(self._lists.stories, page, heading, part),
                _updated(part.entries),
            )
            yield PlannedPage(self._tree.prefix + path, page, inputs, make, updated)

    def _authors(self) -> Iterator[tuple[ListHeading, list[Listing]]]:
        """Yield the list of each author, who has the name of the newest byline."""
        for slug, (name, stories) in stories_by_author(self._stories).items():
            yield ListHeading("author-page", f"authors/{slug}", "author", name, ""), stories

    def _subjects(self) -> Iterator[tuple[ListHeading, list[Listing]]]:
        for code, stories in stories_by_subject(self._stories).items():
            if subject := shown_subject(code, self._tree.language):
                heading = ListHeading(
                    "subject-page", subject.list_path, "subject", subject.name, subject.language
                )
                yield heading, stories

    def _archive(self) -> Iterator[PlannedPage]:
        found = self._by_month()
        months = [MonthCount(month, len(stories)) for month, stories in found.items()]
        page = list_page("archive-page", self._tree, archive_path())
        counts = tuple(f"{counted.month} {counted.stories}" for counted in months)
        make = partial(self._lists.archive, page, months)
        path = self._tree.prefix + archive_path()
        inputs = (self._languages, *counts)
        yield PlannedPage(path, page, inputs, make, _updated(self._stories))
        for counted in months:
            title = self._words.month(counted.first)
            heading = ListHeading("month-page", f"archive/{counted.month}", "archive", title, "")
            yield from self._list(heading, found[counted.month])

    def _by_month(self) -> dict[str, list[Listing]]:
        """Return the stories by their month, both latest first; a zone is asked once a month."""
        found: dict[str, list[Listing]] = {}
        start, stories = "", list[Listing]()
        for story in sorted(self._stories, key=attrgetter("published"), reverse=True):
            if not stories or story.published < start:
                published = parse_instant(story.published)
                start = instant_text(month_start(published, zone(self._site.house.timezone)))
                stories = found.setdefault(self._words.month_of(published), [])
            stories.append(story)
        return found

    def _corrections(self) -> Iterator[PlannedPage]:
        entries = [
            ListedCorrection(story, correction, number)
            for story in self._stories
            for number, correction in enumerate(story.corrections, 1)
        ]
        entries.sort(key=lambda entry: (entry.correction.at, entry.listing.id), reverse=True)
        for part in pages_from_oldest(entries, LIST_CORRECTIONS):
            path = corrections_path(part.number)
            page = list_page("corrections-page", self._tree, path)
            shown = (f"{entry.listing.stamp} {entry.number}" for entry in part.entries)
            make = partial(self._lists.corrections, page, part)
            inputs = (self._languages, part.place, *shown)
            updated = max((entry.correction.at for entry in part.entries), default="")
            yield PlannedPage(self._tree.prefix + path, page, inputs, make, updated)


def _languages(trees: Iterable[Tree]) -> str:
    return " ".join(tree.prefix + tree.language for tree in trees)


def _stamps(listings: Sequence[Listing]) -> Iterator[str]:
    return (listing.stamp for listing in listings)


def _updated(listings: Sequence[Listing]) -> str:
    return max((listing.updated for listing in listings), default="")
