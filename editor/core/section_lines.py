"""The sections of a paper as text, to be read and typed: a line each.

    world: World
      ar: العالم
    business: Business

A section is its address, a colon and its title; a new one needs no address. Below it, each
line that begins with a space has its title in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from editor.core.house import Section
from editor.core.story import slug_from
from editor.errors import BadValue
from editor.i18n import _


def section_lines(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the lines of sections."""
    for section in sections:
        yield f"{section.slug}: {section.title}"
        for language, title in section.titles:
            yield f"  {language}: {title}"


def parse_sections(text: str) -> tuple[Section, ...]:
    """Read sections. Raises BadValue for two with one address, and for a line that is neither."""
    sections: dict[str, Section] = {}
    last = ""
    for line in filter(str.strip, text.splitlines()):
        if line[0].isspace():
            sections[last] = _with_title(sections.get(last), line)
            continue
        section = _section(" ".join(line.split()))
        if section.slug in sections:
            raise BadValue(
                _("Two sections have the address “{slug}”.").format(slug=section.slug),
                _("Write another address and a colon before one of the titles."),
            )
        last = section.slug
        sections[last] = section
    return tuple(sections.values())


def _section(line: str) -> Section:
    first, colon, rest = line.partition(": ")
    has_address = bool(colon) and first.isascii() and first == first.lower()
    return Section(first, rest) if has_address else Section(slug_from(line, "section"), line)


def _with_title(section: Section | None, line: str) -> Section:
    """Return a section with the title in another language that a line gives it."""
    language, colon, title = (part.strip() for part in line.partition(":"))
    if section is None or not colon:
        raise BadValue(
            _("“{line}” is no title of a section above it.").format(line=line.strip()[:80]),
            _(
                "Write a language, a colon and the title, such as “ar: العالم”. "
                "A section's own line begins without a space."
            ),
        )
    return Section(section.slug, section.title, (*section.titles, (language, title)))
