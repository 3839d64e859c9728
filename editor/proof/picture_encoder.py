"""Encodes the pixels of a picture, in the process that decoded it (`picture_reader`)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import PIL.AvifImagePlugin  # noqa: F401  registers itself; Pillow would try all others first
from PIL import Image, ImageOps

from editor.core.rendition import Box
from editor.errors import UnreadablePicture
from editor.i18n import _
from editor.proof.picture_recipes import ENCODINGS, Wanted

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
"""By degrees clockwise; Pillow counts the other way."""
_SHARES = {"icon": 1.0, "maskable": 0.56}
"""How much of an icon's side the picture may have; the second is inside a circle of 80 %."""
_GAP = 3.0
"""How much larger than wanted a picture is shrunk to before it is resampled, which is slower."""


def encode(
    picture: Image.Image, original: tuple[int, int], wanted: Sequence[Wanted]
) -> list[bytes]:
    """Encode an upright RGB picture, whose original had this size, without any metadata.

    Icons have the whole picture in their middle, on white. Each encoding is made from the
    picture itself, so that it does not depend on the others. Raises UnreadablePicture.
    """
    sized: dict[tuple[object, ...], Image.Image] = {}
    turned = {0: picture}
    encoded = []
    for kind, width, height, crop, rotation in wanted:
        if rotation not in turned:
            turned[rotation] = picture.transpose(_TURNS[rotation])
        whole = original[::-1] if rotation % 180 else original
        format_, options = ENCODINGS[kind]
        if format_ not in Image.SAVE:
            raise UnreadablePicture(
                _("The installed Pillow can't write {format} pictures.").format(format=format_),
                _("Install the one that packaging/dev.py sets up."),
            )
        share = _SHARES.get(kind, 0.0)
        key = (share, width, height, rotation, *(crop or ()))
        if key not in sized:
            size = (width, height)
            resized = (
                _centred(turned[rotation], size, share)
                if share
                else _resized(turned[rotation], whole, size, crop)
            )
            # A new image has none of the file's metadata.
            sized[key] = Image.new("RGB", size)
            sized[key].paste(resized)
        out = BytesIO()
        sized[key].save(out, format_, **options)
        encoded.append(out.getvalue())
    return encoded


def _resized(
    picture: Image.Image, original: tuple[int, int], size: tuple[int, int], crop: Box | None
) -> Image.Image:
    across, down = picture.width / original[0], picture.height / original[1]
    left, top, right, bottom = crop or (0, 0, *original)
    box = (left * across, top * down, right * across, bottom * down)
    return picture.resize(size, Image.Resampling.LANCZOS, box, _GAP)


def _centred(picture: Image.Image, size: tuple[int, int], share: float) -> Image.Image:
    """Return the whole picture in the middle of white, in a share of the size."""
    inside = (max(1, round(size[0] * share)), max(1, round(size[1] * share)))
    fitted = ImageOps.contain(picture, inside, Image.Resampling.LANCZOS)
    icon = Image.new("RGB", size, "white")
    icon.paste(fitted, ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
    return icon
