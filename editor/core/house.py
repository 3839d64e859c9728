"""What every page of one paper shares: its name, address, sections and style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from editor.core.addresses import web_address
from editor.core.blanks import plain_name
from editor.core.canonical import Json, canonical_json, content_hash
from editor.core.dateline import PLAIN_TEMPLATE, checked_template
from editor.core.fields import fields_with_limit
from editor.core.languages import language_tag
from editor.core.story import check_slug
from editor.core.zones import UTC_NAME, zone_name
from editor.errors import BadValue


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper: `world`, World."""

    slug: str
    title: str

    def __post_init__(self) -> None:
        check_slug(self.slug)
        title = plain_name(self.title)
        if not title:
            raise BadValue(f"The section “{self.slug}” needs a title.", "Readers see it.")
        object.__setattr__(self, "title", title)


def _paper_name(text: str) -> str:
    name = plain_name(text)
    if not name:
        raise BadValue("The paper needs a name.", "It is at the top of every page.")
    return name


READ: Mapping[str, Callable[[str], str]] = {
    "name": _paper_name,
    "url": web_address,
    "language": language_tag,
    "timezone": zone_name,
    "dateline_template": checked_template,
}
"""What reads each text of a house; it raises BadValue with what is wrong."""
_LIMITS = {field.name: field.limit for field in fields_with_limit()}

DEFAULT_SECTIONS = (
    Section("world", "World"),
    Section("business", "Business"),
    Section("sport", "Sport"),
)


@dataclass(frozen=True, slots=True)
class House:
    """One paper's facts and house style.

    `url` is where the site will live, ending in `/`; empty when not known, and
    then an export leaves out what needs absolute addresses (feeds, sitemap).
    `limits` are the most characters a story's field may have, by the field's
    name, where they are not those of the table of fields. `timezone` is the IANA
    name of the zone in which readers see dates.
    """

    name: str
    language: str = "en"
    url: str = ""
    dateline_template: str = PLAIN_TEMPLATE
    sections: tuple[Section, ...] = DEFAULT_SECTIONS
    limits: tuple[tuple[str, int], ...] = ()
    timezone: str = UTC_NAME

    def __post_init__(self) -> None:
        for field, read in READ.items():
            object.__setattr__(self, field, read(getattr(self, field)))
        own = {name: most for name, most in self.limits if _LIMITS.get(name) != most}
        object.__setattr__(self, "limits", tuple(sorted(own.items())))

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a save names the hash it started from."""
        return content_hash(self.to_json())

    def canonical(self) -> bytes:
        """The house's canonical JSON."""
        return canonical_json(self.to_json())

    def limit(self, name: str) -> int:
        """Return the most characters that a story's field may have; 0 when any number will do."""
        return dict(self.limits).get(name, _LIMITS.get(name, 0))

    def section_title(self, slug: str) -> str:
        """Return a section's title by its slug; the slug itself when there is no such section."""
        return next((section.title for section in self.sections if section.slug == slug), slug)

    def to_json(self) -> dict[str, Json]:
        """Return the house as plain values, by field name; UTC is left out."""
        value: dict[str, Json] = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        value["sections"] = [
            {"slug": section.slug, "title": section.title} for section in self.sections
        ]
        value["limits"] = dict(self.limits)
        if self.timezone == UTC_NAME:
            del value["timezone"]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields take their default."""
        known = {spec.name: value[spec.name] for spec in fields(cls) if spec.name in value}
        if "sections" in known:
            known["sections"] = tuple(Section(**item) for item in known["sections"])
        if "limits" in known:
            known["limits"] = tuple(known["limits"].items())
        return cls(**known)
