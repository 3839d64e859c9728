"""Pages that show lists: home, sections, authors, subjects, the archive, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from editor.core.house import Section
from editor.core.listing import Listing
from editor.core.story import Correction
from editor.core.times import parse_instant
from editor.proof.frame import MadePage, Page
from editor.proof.front_page import FrontPage
from editor.proof.head import PageFacts, alternates, home_facts, list_facts, page_lines
from editor.proof.paper import HOME
from editor.proof.rows import Rows
from editor.proof.site import (
    ListPage,
    Site,
    archive_path,
    corrections_path,
    feed_folder,
    numbered,
    section_path,
)
from editor.proof.templates import make_page
from editor.proof.theme import Theme, shipped_theme
from editor.proof.trees import Tree
from editor.proof.views import Card

SECTION_CARDS = 10
"""How many stories the first page of a section shows with their pictures."""


@dataclass(frozen=True, slots=True)
class ListHeading:
    """A list of stories with pages of its own: of an author, a subject or a month.

    `label` is the key of the word over the title. `language` is that of the title.
    """

    kind: str
    path: str
    label: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class ListedCorrection:
    """A correction, the story that it is of, and its number there, from 1."""

    listing: Listing
    correction: Correction
    number: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many stories a month has: `2026-03`."""

    month: str
    stories: int

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{self.month}-01")


def list_page(kind: str, tree: Tree, path: str, section: str = "") -> Page:
    """Return the frame of a list; its path is from the top of its tree."""
    root = "../" * (tree.prefix + path).count("/")
    return Page(kind, tree.language, root, tree.prefix, section)


class ListPages:
    """Makes the pages with lists of one site. Each row is made once for all of them."""

    def __init__(self, site: Site, theme: Theme | None = None) -> None:
        self._site = site
        self._templates = (theme or shipped_theme()).templates
        self._rows = Rows(self._templates, site)

    def home(self, page: Page, front: FrontPage) -> MadePage:
        """Make index.html of a tree."""
        facts = replace(
            home_facts(self._site.paper),
            path=page.tree + HOME,
            language=page.language,
            alternates=self._alternates(HOME),
        )
        blocks = [(section, self._cards(stories)) for section, stories in front.sections]
        return self._made(
            "home.html",
            page,
            facts,
            top=self._cards(front.top),
            latest=self._rows.html(front.latest, page.root),
            blocks=blocks,
        )

    def section(self, page: Page, section: Section, part: ListPage[Listing]) -> MadePage:
        """Make one page of a section; the first begins with cards."""
        path = section_path(section.slug, part.number)
        feed = feed_folder(path) if self._site.has_feeds and not page.tree else ""
        facts = self._facts(page, path, section.title, part.number, "" if part.number else feed)
        if not part.number:
            facts = replace(facts, alternates=self._alternates(path, section))
        cards = () if part.number else part.entries[:SECTION_CARDS]
        return self._made(
            "section.html",
            page,
            facts,
            section=section,
            part=part,
            cards=self._cards(cards),
            rows=self._rows.html(part.entries[len(cards) :], page.root),
        )

    def stories(self, page: Page, heading: ListHeading, part: ListPage[Listing]) -> MadePage:
        """Make one page of the list of an author, a subject or a month."""
        path = numbered(heading.path, part.number)
        has_feed = page.tree + path == self._site.authors.get(heading.title)
        feed = feed_folder(page.tree + path) if has_feed and self._site.has_feeds else ""
        return self._made(
            "list.html",
            page,
            self._facts(page, path, heading.title, part.number, feed),
            heading=heading,
            part=part,
            rows=self._rows.html(part.entries, page.root),
        )

    def archive(self, page: Page, months: Sequence[MonthCount]) -> MadePage:
        """Make archive.html: the months that have stories, newest first."""
        years = [
            (year, list(found))
            for year, found in groupby(months, lambda counted: counted.first.year)
        ]
        path, title = archive_path(), self._site.words(page.language)["archive"]
        facts = replace(self._facts(page, path, title), alternates=self._alternates(path))
        return self._made("archive.html", page, facts, years=years)

    def corrections(self, page: Page, part: ListPage[ListedCorrection]) -> MadePage:
        """Make one page of the list of all corrections."""
        phrases = self._site.words(page.language)
        entries = [
            (entry, phrases.day(parse_instant(entry.correction.at))) for entry in part.entries
        ]
        path = corrections_path(part.number)
        facts = self._facts(page, path, phrases["corrections"], part.number)
        if not part.number:
            facts = replace(facts, alternates=self._alternates(path))
        return self._made("corrections_page.html", page, facts, part=part, entries=entries)

    def _cards(self, listings: Sequence[Listing]) -> list[Card]:
        return [Card.of(listing, self._site.house) for listing in listings]

    def _facts(
        self, page: Page, path: str, title: str, number: int = 0, feed: str = ""
    ) -> PageFacts:
        """What the head says of a page at a path from the top of its tree."""
        if number:
            title += f" · {self._site.words(page.language).page(number)}"
        facts = list_facts(page.tree + path, title, self._site.paper, feed)
        return replace(facts, language=page.language)

    def _alternates(self, path: str, section: Section | None = None) -> tuple[tuple[str, str], ...]:
        """The addresses of a page in all languages that have it."""
        trees = (tree for tree in self._site.trees if section in (None, *tree.sections))
        folders = {tree.language: tree.prefix for tree in trees}
        return alternates(path, folders, self._site.paper)

    def _made(self, template: str, page: Page, facts: PageFacts, **values: object) -> MadePage:
        house, site = self._site.house, self._site
        title = facts.title if page.kind == "home-page" else f"{facts.title} · {house.name}"
        lines = page_lines(facts, site.paper)
        return make_page(self._templates, template, page, title, site, lines=lines, **values)
