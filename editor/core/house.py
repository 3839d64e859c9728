"""What is the same for every page of one paper: its name, address, sections and style."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self
from urllib.parse import urlsplit

from editor.core.canonical import Json, content_hash, normal
from editor.core.dateline import PLAIN_TEMPLATE, check_template
from editor.core.story import check_slug
from editor.errors import BadValue


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper: `world`, World."""

    slug: str
    title: str

    def __post_init__(self) -> None:
        check_slug(self.slug)


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
    `headline_limit` and `key_point_limit` count characters.
    """

    name: str
    language: str = "en"
    url: str = ""
    dateline_template: str = PLAIN_TEMPLATE
    sections: tuple[Section, ...] = DEFAULT_SECTIONS
    headline_limit: int = 90
    key_point_limit: int = 140

    def __post_init__(self) -> None:
        name = " ".join(normal(self.name).split())
        if not name:
            raise BadValue("The paper needs a name.", "It stands at the top of every page.")
        object.__setattr__(self, "name", name)
        check_template(self.dateline_template)
        if self.url:
            parts = urlsplit(self.url)
            if parts.scheme not in ("http", "https") or not parts.netloc:
                raise BadValue(
                    f"“{self.url}” is not a web address.", "Write it like https://paper.example/."
                )
            object.__setattr__(self, "url", self.url.rstrip("/") + "/")

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a save names the one it started from."""
        return content_hash(self.to_json())

    def section_title(self, slug: str) -> str:
        """A section's title by its slug; the slug itself when there is no such section."""
        return next((each.title for each in self.sections if each.slug == slug), slug)

    def to_json(self) -> dict[str, Json]:
        """The house as plain values, by field name."""
        value: dict[str, Json] = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        value["sections"] = [{"slug": each.slug, "title": each.title} for each in self.sections]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields take their default."""
        known = {spec.name: value[spec.name] for spec in fields(cls) if spec.name in value}
        if "sections" in known:
            known["sections"] = tuple(Section(**item) for item in known["sections"])
        return cls(**known)
