"""Pages that show lists: home, sections, authors, subjects, the archive, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from editor.core.listing import Listing
from editor.core.story import Correction
from editor.core.times import parse_instant
from editor.proof.frame import MadePage, Page
from editor.proof.front_page import FrontPage
from editor.proof.head import PageFacts, alternates, home_facts, list_facts
from editor.proof.paper import HOME, Paper, feed_folder
from editor.proof.rows import Rows
from editor.proof.sections import ShownSection
from editor.proof.site import (
    ListPage,
    Site,
    archive_path,
    corrections_path,
    numbered,
    section_path,
)
from editor.proof.templates import make_page
from editor.proof.theme import Theme, shipped_theme
from editor.proof.trees import Tree
from editor.proof.views import Card

SECTION_CARDS = 9
"""How many stories the first page of a section shows with their pictures: one, then pairs."""


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
        self._paper = Paper(site.house)

    def home(self, page: Page, front: FrontPage) -> MadePage:
        """Make index.html of a tree."""
        facts = self._with_others(home_facts(page.language, self._paper), HOME, self._site.trees)
        blocks = [(section, self._cards(stories)) for section, stories in front.sections]
        return self._made(
            "home.html",
            page,
            facts,
            top=self._cards(front.top),
            latest=self._rows.html(front.latest, page.root),
            blocks=blocks,
        )

    def section(self, page: Page, section: ShownSection, part: ListPage[Listing]) -> MadePage:
        """Make one page of a section; the first begins with cards."""
        path = section_path(section.slug, part.number)
        facts = self._facts(page, path, section.title, part.number)
        first = section_path(section.slug)
        facts = self._with_others(facts, first, self._site.trees_with(section.slug))
        cards = () if part.number else part.entries[:SECTION_CARDS]
        return self._made(
            "section.html",
            page,
            self._with_feed(facts, page.tree + first),
            section=section,
            part=part,
            cards=self._cards(cards),
            rows=self._rows.html(part.entries[len(cards) :], page.root),
        )

    def stories(self, page: Page, heading: ListHeading, part: ListPage[Listing]) -> MadePage:
        """Make one page of the list of an author, a subject or a month."""
        path = numbered(heading.path, part.number)
        facts = self._facts(page, path, heading.title, part.number)
        if heading.kind == "author-page":
            facts = self._with_feed(facts, page.tree + numbered(heading.path))
        return self._made(
            "list.html",
            page,
            facts,
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
        facts = self._with_others(self._facts(page, path, title), path, self._site.trees)
        return self._made("archive.html", page, facts, years=years)

    def corrections(self, page: Page, part: ListPage[ListedCorrection]) -> MadePage:
        """Make one page of the list of all corrections."""
        phrases = self._site.words(page.language)
        entries = [
            (entry, phrases.day(parse_instant(entry.correction.at))) for entry in part.entries
        ]
        path = corrections_path(part.number)
        facts = self._facts(page, path, phrases["corrections"], part.number)
        facts = self._with_others(facts, corrections_path(), self._site.trees)
        return self._made("corrections_page.html", page, facts, part=part, entries=entries)

    def _cards(self, listings: Sequence[Listing]) -> list[Card]:
        return [Card.of(listing, self._site.house) for listing in listings]

    def _facts(self, page: Page, path: str, title: str, number: int = 0) -> PageFacts:
        """The facts of a page of a list; its path is from the top of its tree."""
        if number:
            title += f" · {self._site.words(page.language).page(number)}"
        return list_facts(page.tree + path, title, page.language, self._paper)

    def _with_feed(self, facts: PageFacts, first: str) -> PageFacts:
        """The facts of a list that has a feed; `first` is the path of its first page."""
        return replace(facts, feed=feed_folder(first) if self._site.has_feeds else "")

    def _with_others(self, facts: PageFacts, path: str, trees: Sequence[Tree]) -> PageFacts:
        """The facts of a list that some trees have; `path` is that of its first page in each.

        The other pages have none: those of one number are not of the same stories.
        """
        if not facts.path.endswith(path):
            return facts
        return replace(facts, alternates=alternates(path, trees, self._paper))

    def _made(self, template: str, page: Page, facts: PageFacts, **values: object) -> MadePage:
        return make_page(self._templates, template, page, facts, self._site, **values)
