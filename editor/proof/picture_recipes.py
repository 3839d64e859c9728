"""How each kind of rendition is encoded, and a name for that: what its pixels' bytes depend on."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from typing import Any, Final, TypeAlias

from editor.core.rendition import Box, Rendition

Wanted: TypeAlias = tuple[str, int, int, Box | None, int]
"""A kind, a width and a height in pixels, the part of the original (None for all), a rotation."""

WIDTHS: Final = (480, 800, 1200, 1800)
"""The widths of renditions in pixels; none is wider than its original.

A card or a phone at plain density needs 480, a phone at double density or the story's column
at plain density 800, a phone at triple density 1200, the column at double density 1800. Google
asks for 1200 at least (Discover, NewsArticle).
"""
CROP_WIDTH: Final = 1200

XMP_PLACE: Final = b"the place of XMP"
"""What an AVIF file has where its XMP will be (`picture_containers`)."""

ENCODINGS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    # The bytes depend on the number of threads, and tiles on the number of processors.
    # Speed 7 is the fastest at which AVIF is smaller than WebP for drawings as well.
    "avif": (
        "AVIF",
        {
            "quality": 55,
            "speed": 7,
            "codec": "aom",
            "max_threads": 1,
            "autotiling": False,
            "xmp": XMP_PLACE,
        },
    ),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
    "icon": ("PNG", {"optimize": True}),
    "maskable": ("PNG", {"optimize": True}),
}
"""By kind: Pillow's format and how it saves it."""

_STEPS = 1
"""Counted up when decoding, colours or resizing change, and so the bytes."""


def wanted_of(rendition: Rendition) -> Wanted:
    """Return what the process that encodes pictures is told of a rendition."""
    size = rendition.width, rendition.height
    return (rendition.kind, *size, rendition.crop, rendition.rotation)


def recipe(rendition: Rendition) -> str:
    """Return 16 hexadecimal digits that differ when the encoded pixels might.

    They stand for the kind, the size, the crop, the rotation, the encoder's settings and the
    versions of the libraries; not for the path, nor for the metadata, which is inserted afterwards.
    """
    parts = [
        _STEPS,
        rendition.kind,
        rendition.width,
        rendition.height,
        rendition.crop,
        _libraries(),
        repr(ENCODINGS[rendition.kind]),
        *([rendition.rotation] if rendition.rotation else []),
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()[:16]


@cache
def _libraries() -> tuple[str, ...]:
    from PIL import features  # noqa: PLC0415  only what renders pictures needs its libraries

    names = ("pil", "libjpeg_turbo", "webp", "avif", "littlecms2")
    return tuple(f"{name} {features.version(name)}" for name in names)
