"""What all pages of one site share, and the path of each page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Generic, NamedTuple, Self, TypeVar

from editor.core.brief import Brief
from editor.core.edition import Edition
from editor.core.house import House
from editor.core.people import Person
from editor.core.times import in_zone
from editor.core.zones import zone
from editor.proof.sections import shown_sections
from editor.proof.trees import Tree, tree_prefix, trees_of
from editor.proof.words import Words, words
from editor.trust.compact import SignedDocument
from editor.trust.masthead import Masthead

_Entry = TypeVar("_Entry")


class LinkText(NamedTuple):
    """What a link to a story says, and its language."""

    headline: str
    language: str


@dataclass(frozen=True)
class Site:
    """The house, the briefs of the banner, and the addresses of all stories.

    `slugs` gives the slug of every story that has a page, by id, `link_texts`
    its headline: both are needed to name a story that is related to another.
    `former_slugs` gives the id of the story that had a slug before, so that links
    lead to it wherever it is now. `what_if` is the instant that pages which are no
    edition show; None for an edition. `trees` are the languages of its pages, the paper's
    first. `year` is that of the edition in the paper's zone; 0 for no edition. `people` are
    those that the page about the paper names, if the house shows its masthead.
    """

    house: House
    briefs: tuple[Brief, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    link_texts: Mapping[str, LinkText] = field(default_factory=dict)
    what_if: datetime | None = None
    former_slugs: Mapping[str, str] = field(default_factory=dict)
    trees: tuple[Tree, ...] = ()
    year: int = 0
    people: tuple[Person, ...] = ()

    def trees_with(self, section: str) -> tuple[Tree, ...]:
        """Return the trees that have a page of a section, the paper's own first."""
        return tuple(
            tree for tree in self.trees if any(part.slug == section for part in tree.sections)
        )

    @property
    def has_feeds(self) -> bool:
        """Whether there are feeds: they need the paper's address, and an edition."""
        return bool(self.house.url) and self.what_if is None

    @cached_property
    def known_slugs(self) -> frozenset[str]:
        """The slugs that links may lead to."""
        return frozenset(self.slugs.values())

    def current_slug(self, slug: str) -> str | None:
        """Return the slug of the page that a link names, also by a former slug; None for none."""
        if slug in self.known_slugs:
            return slug
        return self.slugs.get(self.former_slugs.get(slug, ""))

    def words(self, language: str) -> Words:
        """Return the words of a language, with the paper's time zone and digits."""
        return words(language, self.house.timezone, self.house.digits)

    def prefix(self, language: str) -> str:
        """Return the folder of a language's pages; empty for the paper's own."""
        return tree_prefix(language, self.house.language)

    def tree(self, prefix: str) -> Tree:
        """Return the tree in a folder; of a page that is no edition's, with all sections."""
        found = (tree for tree in self.trees if tree.prefix == prefix)
        language = prefix.rstrip("/") or self.house.language
        return next(found, Tree(prefix, language, shown_sections(self.house, language)))

    def frame_inputs(self) -> Iterator[str]:
        """Yield what the frames of pages are made of, beside the house and the page."""
        yield repr((self.what_if, self.trees, self.year, self.has_about))
        for brief in self.briefs:
            yield repr((brief.title, brief.summary, self.slugs.get(brief.story)))

    @property
    def rights(self) -> str:
        """The line of rights of pages that are of no year; empty when there is none."""
        return self.house.rights_of(self.year) if self.year else ""

    @property
    def has_about(self) -> bool:
        """Whether the paper says anything of itself, so that it has a page about it."""
        house = self.house
        return bool(house.about or house.policies or house.contact or self.people)

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Make the site of an edition, with its own stories and current briefs only."""
        stories, house = edition.listings, edition.house
        return cls(
            house,
            edition.briefs(),
            {story.id: story.slug for story in stories},
            {story.id: LinkText(story.headline, story.language) for story in stories},
            edition.generated_at if edition.what_if else None,
            {former.slug: former.story_id for former in edition.former_slugs},
            trees=trees_of(stories, house),
            year=edition_year(edition),
            people=_people(edition) if house.show_masthead else (),
        )


def edition_year(edition: Edition) -> int:
    """Return the year of an edition in the paper's zone."""
    return in_zone(edition.generated_at, zone(edition.house.timezone)).year


def _people(edition: Edition) -> tuple[Person, ...]:
    """The people on the masthead that an edition proves itself with."""
    if edition.proof is None:
        return ()
    signed = SignedDocument.of(edition.proof.mastheads[-1])
    masthead = Masthead.from_json(json.loads(signed.payload))
    return tuple(member.person for member in masthead.members)


ABOUT_PATH = "about.html"
SEARCH_PATH = "search.html"


def story_path(slug: str) -> str:
    """Return the path of a story's page, from the top of the site."""
    return f"stories/{slug}.html"


def numbered(list_path: str, number: int = 0) -> str:
    """Return the path of a page of a list; see `ListPage` for its number.

    It is from the top of the tree, as are all paths but those of stories.
    """
    return f"{list_path}/{number}.html" if number else f"{list_path}.html"


def section_path(slug: str, number: int = 0) -> str:
    """Return the path of a page of a section."""
    return numbered(f"sections/{slug}", number)


def author_path(slug: str, number: int = 0) -> str:
    """Return the path of a page of an author, by `author_slug`."""
    return numbered(f"authors/{slug}", number)


def archive_path(month: str = "", number: int = 0) -> str:
    """Return the path of a page of a month's stories (`2026-03`), or of the list of months."""
    return numbered(f"archive/{month}", number) if month else numbered("archive")


def corrections_path(number: int = 0) -> str:
    """Return the path of a page of the list of all corrections."""
    return numbered("corrections", number)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_Entry]):
    """One page of a list, newest first.

    The newest page has the number 0 and keeps its address. The `earlier` ones are
    numbered from the oldest, 1, and are full: a new story changes the newest page, and
    none of the others.
    """

    entries: tuple[_Entry, ...]
    number: int = 0
    earlier: int = 0

    @property
    def newer(self) -> int | None:
        """The number of the page with the entries after these; None on the newest."""
        return None if not self.number else (self.number + 1) % (self.earlier + 1)

    @property
    def older(self) -> int | None:
        """The number of the page with the entries before these; None on the oldest."""
        before = self.number - 1 if self.number else self.earlier
        return before or None

    @property
    def place(self) -> str:
        """Where the page is among the others, and all that it says of them."""
        return f"{self.number} {self.newer} {self.older}"


def pages_from_oldest(entries: Sequence[_Entry], size: int) -> list[ListPage[_Entry]]:
    """Cut a list into pages, the newest first: that one has up to twice as many less one."""
    earlier = max(0, len(entries) // size - 1)
    newest = len(entries) - earlier * size
    pages = [ListPage(tuple(entries[:newest]), 0, earlier)]
    for number in range(earlier, 0, -1):
        start = newest + (earlier - number) * size
        pages.append(ListPage(tuple(entries[start : start + size]), number, earlier))
    return pages
