"""Which files readers get of a picture: four widths in three kinds, and three crops of a lead."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from editor.core.rendition import TYPES, Box, Rendition
from editor.core.story import Picture
from editor.proof.picture_recipes import CROP_WIDTH, WIDTHS

SHAPES: Final = ((16, 9), (4, 3), (1, 1))
"""The shapes of crops, the widest first: those that Google asks for in a NewsArticle.

The first is also right for Open Graph and the Twitter card. Cards of the site need none:
browsers crop a whole rendition at the focal point, and have it already on the story's page.
"""

_NEARLY = 0.9
"""A width that is nearer than this to the widest one saves nobody anything."""
_SIDE_AT_MOST = 16_383
"""The longest side that WebP can have (RFC 9649, 2.6)."""
_PIXELS_AT_MOST = 8_000_000
"""Of one rendition, so that a very tall picture takes no more time than others."""

_FILE = re.compile(r"([0-9a-f]{16})[0-9a-f]{48}\.[a-z]{3,4}")


def renditions(picture: Picture, kind: str = "jpg") -> tuple[Rendition, ...]:
    """Return the sizes of a whole picture in one kind, narrowest first; none without a file.

    A file that the desk did not name (64 hexadecimal digits of its hash) has none
    either, so no name from outside becomes part of a path.
    """
    return _whole(picture.file, picture.width, picture.height, kind)


def crops(picture: Picture) -> tuple[Rendition, ...]:
    """Return a picture cropped to each of SHAPES as JPEG, in their order; none without a file."""
    name = _name(picture)
    if not name:
        return ()
    return tuple(_crop(name, picture, *shape) for shape in SHAPES)


def site_renditions(picture: Picture) -> tuple[Rendition, ...]:
    """Return the sizes of a whole picture in every kind."""
    return tuple(size for kind in TYPES for size in renditions(picture, kind))


@lru_cache(4_096)
def _whole(file: str, width: int, height: int, kind: str) -> tuple[Rendition, ...]:
    picture = Picture(file, width=width, height=height)
    name = _name(picture)
    if not name:
        return ()
    widest = _widest(width, height)
    return tuple(
        Rendition(f"media/{name}-{size}.{kind}", size, _height(width, height, size), kind)
        for size in (*(size for size in WIDTHS if size < widest * _NEARLY), widest)
    )


def _crop(name: str, picture: Picture, across: int, down: int) -> Rendition:
    """Crop at the focal point: it is as far from the crop's edges as from the picture's.

    That is how CSS places a picture with `object-position`, so cards show the same.
    """
    unit = min(picture.width / across, picture.height / down)
    box_width, box_height = max(1, round(unit * across)), max(1, round(unit * down))
    x, y = (round(part * 100) for part in picture.focus)
    left = round((picture.width - box_width) * x / 100)
    top = round((picture.height - box_height) * y / 100)
    box: Box = (left, top, left + box_width, top + box_height)
    width = min(CROP_WIDTH, box_width)
    at = x if box_width < picture.width else y
    path = f"media/{name}-{across}x{down}-{at}.jpg"
    return Rendition(path, width, _height(box_width, box_height, width), crop=box)


def _name(picture: Picture) -> str:
    """Return what the names of a picture's renditions begin with; empty while it has no file."""
    found = _FILE.fullmatch(picture.file)
    return found[1] if found and picture.width > 0 and picture.height > 0 else ""


def _widest(width: int, height: int) -> int:
    by_pixels = int((_PIXELS_AT_MOST * width / height) ** 0.5)
    return max(1, min(WIDTHS[-1], width, by_pixels, _SIDE_AT_MOST * width // height))


def _height(whole_width: int, whole_height: int, width: int) -> int:
    return max(1, min(_SIDE_AT_MOST, round(whole_height * width / whole_width)))
