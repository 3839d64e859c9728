"""The sections of the paper as readers see them: with the title of their language."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.house import House, Section
from editor.core.languages import without_region
from editor.core.listing import Listing
from editor.core.story import Story


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section on pages of one language; `language` is that of the title."""

    slug: str
    title: str
    language: str


def shown_sections(house: House, language: str) -> tuple[ShownSection, ...]:
    """Return the sections of the paper on pages of a language."""
    return tuple(_shown(section, house, language) for section in house.sections)


def section_of(story: Story | Listing, house: House) -> ShownSection | None:
    """Return the section that a story is in, in its language; None where there is none."""
    found = (section for section in house.sections if section.slug == story.section)
    return next((_shown(section, house, story.language) for section in found), None)


def _shown(section: Section, house: House, language: str) -> ShownSection:
    own = without_region(language)
    title = dict(section.titles).get(own)
    if title:
        return ShownSection(section.slug, title, own)
    return ShownSection(section.slug, section.title, house.language)
