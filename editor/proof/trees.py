"""The trees of a site: the paper's language at the top, each other language in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from editor.core.house import House
from editor.core.languages import script, without_region
from editor.core.listing import Listing
from editor.core.story import RESERVED_SLUGS
from editor.proof.sections import ShownSection, shown_sections
from editor.proof.words import language_name


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages of one language: home, sections, archive, authors, subjects, corrections.

    `prefix` is its folder, as `ar/`; empty for the paper's language. `sections` are those
    that have a page in it.
    """

    prefix: str
    language: str
    sections: tuple[ShownSection, ...]

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return language_name(self.language)


@lru_cache(1024)
def tree_prefix(language: str, paper_language: str) -> str:
    """Return the folder of a language's pages; empty for the paper's, and for no language.

    Regions share a folder, as `en-GB` and `en-US`; scripts do not.
    """
    own = without_region(language)
    if not own or own == without_region(paper_language):
        return ""
    folder = own.lower()
    if folder in RESERVED_SLUGS:  # `con` is a language, and no folder's name on Windows
        folder = f"{folder}-{script(own).lower()}"
    return f"{folder}/"


def trees_of(listings: Iterable[Listing], house: House) -> tuple[Tree, ...]:
    """Return the trees that stories need, the paper's own first."""
    sections: dict[str, set[str]] = {}
    languages: dict[str, str] = {}
    for listing in listings:
        if prefix := tree_prefix(listing.language, house.language):
            languages[prefix] = without_region(listing.language)
            sections.setdefault(prefix, set()).add(listing.section)
    return (
        Tree("", house.language, shown_sections(house, house.language)),
        *(
            Tree(
                prefix,
                languages[prefix],
                tuple(
                    section
                    for section in shown_sections(house, languages[prefix])
                    if section.slug in sections[prefix]
                ),
            )
            for prefix in sorted(sections)
        ),
    )
