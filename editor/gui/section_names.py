"""What the window calls the sections of a paper: as its own language does, where there is a title.

Pages never ask this: they would be others for every person who exports.
"""

from __future__ import annotations

from editor.core.house import House, Section
from editor.core.languages import without_region
from editor.i18n import language_in_use


def section_name(section: Section) -> str:
    """Return a section's title in the interface's language, where it has one; else its own."""
    return dict(section.titles).get(without_region(language_in_use()), section.title)


def section_name_of(house: House, slug: str) -> str:
    """Return what a section is called by its slug; the slug itself when there is no such one."""
    names = (section_name(section) for section in house.sections if section.slug == slug)
    return next(names, slug)
