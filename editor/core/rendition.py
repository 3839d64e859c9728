"""One file that readers get of a picture, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""

TYPES: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""The kinds of renditions, the one that browsers should take first, with their media types."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one kind and size, whole or cropped.

    `path` is from the top of the site, `width` and `height` are in pixels. `rotation` turns the
    upright original clockwise, in degrees. `crop` is the part of what that gives that it
    shows; None where it shows all.
    """

    path: str
    width: int
    height: int
    kind: str = "jpg"
    crop: Box | None = None
    rotation: int = 0

    @property
    def type(self) -> str:
        """Its media type (RFC 2046)."""
        return TYPES[self.kind]
