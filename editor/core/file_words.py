"""What a picture file says of itself, as far as a story can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from editor.core.story import Picture

FILLED = ("caption", "credit", "alt", "rights", "usage")
"""The parts of a picture that its file can fill."""


@dataclass(frozen=True, slots=True)
class FileWords:
    """The words in a picture file, each empty where the file says nothing.

    `usage` are instructions and terms of use, with the last day where the file names one.
    `place` is a city with its state or country, `taken` a day (`YYYY-MM-DD`). No position by
    satellite (GPS) is among them.
    """

    caption: str = ""
    credit: str = ""
    alt: str = ""
    rights: str = ""
    usage: str = ""
    place: str = ""
    taken: str = ""

    def fill(self, picture: Picture) -> Picture:
        """Return a picture whose empty parts are filled; a decorative one gets no description."""
        empty = {name: getattr(self, name) for name in FILLED if not getattr(picture, name)}
        if picture.decorative:
            empty.pop("alt", None)
        return replace(picture, **empty)

    def differing(self, picture: Picture) -> dict[str, str]:
        """Return what the file says otherwise than a picture, by the names of its parts."""
        return {
            name: text
            for name in FILLED
            if (text := getattr(self, name)) and text != getattr(picture, name)
        }

    def to_json(self) -> dict[str, str]:
        """Return the words that are there by their names."""
        return {name: text for name, text in asdict(self).items() if text}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; what is not known is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: str(text) for name, text in value.items() if name in known})
