"""Which files readers get of a picture: four widths in three kinds, and crops of a lead."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import Final

from editor.core.crops import CLASSIC, LEAD, SQUARE, Shape, focal_box, part_box
from editor.core.fields import CENTRE
from editor.core.rendition import TYPES, Box, Rendition
from editor.core.story import Picture
from editor.proof.picture_recipes import CROP_WIDTH, WIDTHS

SHAPES: Final = (LEAD, CLASSIC, SQUARE)
"""The shapes of crops, the widest first: those that Google asks for in a NewsArticle.

The first is also right for Open Graph and the Twitter card. Cards of the site need none
where nobody cropped by hand: browsers crop a whole rendition at the focal point, and have it
already on the story's page.
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
    return _sizes(picture.file, picture.size, picture.rotation, kind)


def lead_renditions(picture: Picture, kind: str = "jpg") -> tuple[Rendition, ...]:
    """Return the sizes of what leads a story or its card: its lead crop by hand, else all of it."""
    if not picture.lead_crop:
        return renditions(picture, kind)
    box = crop_box(picture, LEAD)
    return _sizes(picture.file, picture.size, picture.rotation, kind, box)


def crops(picture: Picture) -> tuple[Rendition, ...]:
    """Return a picture cropped to each of SHAPES as JPEG, in their order; none without a file.

    After them are crops that somebody chose for other shapes.
    """
    name = picture_name(picture)
    if not name:
        return ()
    by_hand = (shape for shape in picture.hand_crops if shape not in SHAPES)
    return tuple(_crop(name, picture, shape) for shape in (*SHAPES, *by_hand))


def crop_box(picture: Picture, shape: Shape) -> Box:
    """Return the part of a picture that a shape shows, in pixels of the turned original.

    That is the crop by hand, or the largest one at the focal point. Where a lead crop leaves
    something out, the shape that nobody crops by hand is within it.
    """
    whole = (0, 0, *picture.size)
    if part := picture.hand_crops.get(shape):
        return part_box(part, picture.size)
    if shape == CLASSIC and picture.lead_crop:
        return focal_box(shape, part_box(picture.lead_crop, picture.size), CENTRE)
    return focal_box(shape, whole, picture.focus)


def site_renditions(picture: Picture) -> tuple[Rendition, ...]:
    """Return the sizes of a whole picture in every kind."""
    return tuple(size for kind in TYPES for size in renditions(picture, kind))


def lead_crops(picture: Picture) -> tuple[Rendition, ...]:
    """Return all that a site needs besides of a picture that leads: its crops in their sizes."""
    if not picture.lead_crop:
        return crops(picture)
    sizes = (size for kind in TYPES for size in lead_renditions(picture, kind))
    return (*crops(picture), *sizes)


def picture_name(picture: Picture) -> str:
    """Return what the names of a picture's files begin with; empty while it has no file.

    That are 16 digits of its file's hash, or if it is turned of a hash of both.
    """
    if picture.width <= 0 or picture.height <= 0:
        return ""
    return _name(picture.file, picture.rotation)


@lru_cache(4_096)
def _name(file: str, rotation: int) -> str:
    found = _FILE.fullmatch(file)
    if not found:
        return ""
    return sha256(f"{file} {rotation}".encode()).hexdigest()[:16] if rotation else found[1]


@lru_cache(4_096)
def _sizes(
    file: str, size: tuple[int, int], rotation: int, kind: str, crop: Box | None = None
) -> tuple[Rendition, ...]:
    name = _name(file, rotation)
    if not name or min(size) <= 0:
        return ()
    left, top, right, bottom = crop or (0, 0, *size)
    across, down = right - left, bottom - top
    if crop:
        name += f"-{LEAD.across}x{LEAD.down}-x{left}-y{top}-w{across}-h{down}"
    widest = _widest(across, down)
    return tuple(
        Rendition(
            f"media/{name}-{width}.{kind}",
            width,
            _height(across, down, width),
            kind,
            crop,
            rotation,
        )
        for width in (*(width for width in WIDTHS if width < widest * _NEARLY), widest)
    )


def _crop(name: str, picture: Picture, shape: Shape) -> Rendition:
    box = crop_box(picture, shape)
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    width = min(CROP_WIDTH, across)
    place = f"x{left}-y{top}-w{across}-h{down}"
    if not (picture.hand_crops.get(shape) or (shape == CLASSIC and picture.lead_crop)):
        x, y = (round(share * 100) for share in picture.focus)
        place = str(x if across < picture.size[0] else y)
    path = f"media/{name}-{shape.across}x{shape.down}-{place}.jpg"
    return Rendition(path, width, _height(across, down, width), "jpg", box, picture.rotation)


def _widest(width: int, height: int) -> int:
    by_pixels = int((_PIXELS_AT_MOST * width / height) ** 0.5)
    return max(1, min(WIDTHS[-1], width, by_pixels, _SIDE_AT_MOST * width // height))


def _height(whole_width: int, whole_height: int, width: int) -> int:
    return max(1, min(_SIDE_AT_MOST, round(whole_height * width / whole_width)))
