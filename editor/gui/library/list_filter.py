"""What the list is narrowed to, beside its place: a value, remembered for each place."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Self

from editor.core.workflow import Stage
from editor.store.reading.rows import Filter, StoryRow

_TEXTS = ("section", "author", "language")
_LONGEST = 200
"""Characters: no name of a section, person or language is longer."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which of a place's stories are listed: those that fit everything that is not None.

    `section` is a slug, empty for stories without one; `author` wrote any version; `has_notes`
    leaves those with an open note.
    """

    stage: Stage | None = None
    section: str | None = None
    author: str | None = None
    language: str | None = None
    has_notes: bool = False

    def within(self, place: Filter) -> Filter:
        """Return a place's filter with this one; what the place says itself stays."""
        given = {"stage": self.stage, **{name: getattr(self, name) for name in _TEXTS}}
        more = {
            name: value
            for name, value in given.items()
            if value is not None and getattr(place, name) is None
        }
        return replace(place, has_notes=place.has_notes or self.has_notes, **more)

    def to_json(self) -> dict[str, Any]:
        """Return what is set, as plain values."""
        values = {name: getattr(self, name) for name in ("stage", *_TEXTS)}
        given = {name: str(value) for name, value in values.items() if value is not None}
        return {**given, "has_notes": True} if self.has_notes else dict(given)

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read one; what can't be used is left out."""
        known = value if isinstance(value, dict) else {}
        texts = {
            name: text
            for name in _TEXTS
            if isinstance(text := known.get(name), str) and len(text) <= _LONGEST
        }
        stages = [stage for stage in Stage if stage == known.get("stage")]
        return cls(stages[0] if stages else None, has_notes=known.get("has_notes") is True, **texts)


def fits(row: StoryRow, wanted: Filter) -> bool:
    """Return whether a story that was never saved fits a filter: it has no version and no note."""
    return (
        not wanted.has_notes
        and wanted.author is None
        and wanted.section in (None, row.section)
        and wanted.language in (None, row.language)
    )


def write_filters(filters: dict[str, ListFilter]) -> str:
    """Return the filters of places, by the places' keys, as one line of JSON."""
    return json.dumps({key: found.to_json() for key, found in filters.items() if found.to_json()})


def read_filters(text: str) -> dict[str, ListFilter]:
    """Read what `write_filters` returned; nothing of what is no such text."""
    try:
        values = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {key: ListFilter.from_json(value) for key, value in values.items()}
