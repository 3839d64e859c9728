"""Briefs, and the trends banner that shows them in order on every page."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from editor.core.canonical import Json, content_hash, normal, with_plain_breaks
from editor.core.times import instant_text, parse_instant


@dataclass(frozen=True, slots=True)
class Brief:
    """A title and one sentence, optionally linked to a story.

    `story` is a story's id or empty; `starts` and `expires` are RFC 3339 instants or
    empty: readers have it from the first until the second.
    """

    id: str = ""
    title: str = ""
    summary: str = ""
    story: str = ""
    expires: str = ""
    starts: str = ""

    def __post_init__(self) -> None:
        for spec in fields(self):
            text = with_plain_breaks(normal(getattr(self, spec.name)), in_paragraphs=False)
            object.__setattr__(self, spec.name, text)
        for name in ("starts", "expires"):
            if value := getattr(self, name):
                object.__setattr__(self, name, instant_text(parse_instant(value)))

    def expired(self, at: datetime) -> bool:
        """Return whether the brief has expired at an instant."""
        return bool(self.expires) and parse_instant(self.expires) <= at

    def started(self, at: datetime) -> bool:
        """Return whether the brief's time has come at an instant."""
        return not self.starts or parse_instant(self.starts) <= at

    def to_json(self) -> dict[str, Json]:
        """Return the brief as plain values, by field name; no start is left out."""
        value: dict[str, Json] = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        if not self.starts:
            del value["starts"]
        return value

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
        """Return the briefs that have started and not expired at an instant."""
        return tuple(brief for brief in self.briefs if brief.started(at) and not brief.expired(at))

    def next_change(self, at: datetime) -> datetime | None:
        """Return the next instant at which a brief starts or expires; None for never."""
        texts = (text for brief in self.briefs for text in (brief.starts, brief.expires) if text)
        return min((when for when in map(parse_instant, texts) if when > at), default=None)

    def without_expired(self, at: datetime) -> Self:
        """The banner without the briefs that have expired at an instant."""
        return replace(self, briefs=tuple(brief for brief in self.briefs if not brief.expired(at)))

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
