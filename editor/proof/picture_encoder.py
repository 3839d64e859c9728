"""Encodes the pixels of a picture, in the process that decoded it (`picture_reader`)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

import PIL.AvifImagePlugin  # noqa: F401  registers itself; Pillow would try all others first
from PIL import Image, ImageOps

from editor.core.rendition import Box
from editor.errors import UnreadablePicture
from editor.proof.picture_recipes import ENCODINGS

Wanted: TypeAlias = tuple[str, int, int, Box | None]
"""A kind, a width and a height in pixels, and the part of the original; None for all of it."""

_GAP = 3.0
"""How much larger than wanted a picture is shrunk to before it is resampled, which is slower."""


def encode(
    picture: Image.Image, original: tuple[int, int], wanted: Sequence[Wanted]
) -> list[bytes]:
    """Encode an upright RGB picture, whose original had this size, without any metadata.

    A PNG has the whole picture in its middle, on white. Each encoding is made from the
    picture itself, so that it does not depend on the others. Raises UnreadablePicture.
    """
    sized: dict[tuple[object, ...], Image.Image] = {}
    encoded = []
    for kind, width, height, crop in wanted:
        format_, options = ENCODINGS[kind]
        if format_ not in Image.SAVE:
            raise UnreadablePicture(
                f"The installed Pillow can't write {format_} pictures.",
                "Install the one that packaging/dev.py sets up.",
            )
        key = (kind == "png", width, height, *(crop or ()))
        if key not in sized:
            sized[key] = _resized(picture, original, (width, height), crop, is_icon=kind == "png")
        out = BytesIO()
        sized[key].save(out, format_, **options)
        encoded.append(out.getvalue())
    return encoded


def _resized(
    picture: Image.Image,
    original: tuple[int, int],
    size: tuple[int, int],
    crop: Box | None,
    *,
    is_icon: bool,
) -> Image.Image:
    """Return a new image, which has none of the file's metadata."""
    if is_icon:
        resized = ImageOps.pad(picture, size, Image.Resampling.LANCZOS, "white")
    else:
        across, down = picture.width / original[0], picture.height / original[1]
        left, top, right, bottom = crop or (0, 0, *original)
        box = (left * across, top * down, right * across, bottom * down)
        resized = picture.resize(size, Image.Resampling.LANCZOS, box, _GAP)
    clean = Image.new("RGB", size)
    clean.paste(resized)
    return clean
