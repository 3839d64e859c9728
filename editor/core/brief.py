"""Briefs, and the trends banner that shows them in order on every page."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from editor.core.canonical import Json, content_hash, normal
from editor.core.times import instant_text, parse_instant


@dataclass(frozen=True, slots=True)
class Brief:
    """A title and one sentence, optionally linked to a story.

    `story` is a story's id or empty; `expires` an RFC 3339 instant or empty.
    """

    id: str = ""
    title: str = ""
    summary: str = ""
    story: str = ""
    expires: str = ""

    def __post_init__(self) -> None:
        for spec in fields(self):
            object.__setattr__(self, spec.name, normal(getattr(self, spec.name)))
        if self.expires:
            object.__setattr__(self, "expires", instant_text(parse_instant(self.expires)))

    def expired(self, at: datetime) -> bool:
        """Return whether the brief has expired at an instant."""
        return bool(self.expires) and parse_instant(self.expires) <= at

    def to_json(self) -> dict[str, Json]:
        """Return the brief as plain values, by field name."""
        return {spec.name: getattr(self, spec.name) for spec in fields(self)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields are empty."""
        return cls(**{spec.name: value.get(spec.name, "") for spec in fields(cls)})


@dataclass(frozen=True, slots=True)
class Banner:
    """The ordered briefs, first one first."""

    briefs: tuple[Brief, ...] = ()

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a save names the hash it started from."""
        return content_hash(self.to_json())

    def current(self, at: datetime) -> tuple[Brief, ...]:
        """Return the briefs that have not expired at an instant."""
        return tuple(brief for brief in self.briefs if not brief.expired(at))

    def with_text(self, index: int, name: str, text: str) -> Self:
        """Replace one brief's `title` or `summary`."""
        briefs = list(self.briefs)
        briefs[index] = replace(briefs[index], **{name: text})
        return replace(self, briefs=tuple(briefs))

    def to_json(self) -> list[Json]:
        """Return the briefs as plain values, in order."""
        return [brief.to_json() for brief in self.briefs]

    @classmethod
    def from_json(cls, value: list[dict[str, Any]]) -> Self:
        """Read what `to_json` wrote."""
        return cls(tuple(Brief.from_json(item) for item in value))
