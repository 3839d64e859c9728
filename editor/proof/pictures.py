"""The sizes in which a picture is exported, and their bytes, without any metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from editor.core.story import Picture
from editor.errors import UnreadablePicture

WIDTHS = (480, 960, 1600)
"""The widths of renditions in pixels; none is wider than its original."""

_QUALITY = 82
_BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
)
_FILE = re.compile(r"([0-9a-f]{16})[0-9a-f]{48}\.[a-z]{3,4}")


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a picture: its path from the top of the site, its size in pixels."""

    path: str
    width: int
    height: int


def renditions(picture: Picture) -> tuple[Rendition, ...]:
    """Return the sizes of a picture, narrowest first; none while it has no file.

    A file that the desk did not name (64 hexadecimal digits of its hash) has
    none either, so no name from outside becomes part of a path.
    """
    name = _FILE.fullmatch(picture.file)
    if name is None or picture.width < 1 or picture.height < 1:
        return ()
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    return tuple(
        Rendition(
            f"media/{name[1]}-{width}.jpg", width, _height(picture.width, picture.height, width)
        )
        for width in widths
    )


def render(data: bytes, width: int) -> bytes:
    """Make one rendition: a progressive JPEG of this width in pixels, or of the original's.

    Turned upright by its EXIF orientation, converted to sRGB, flattened on
    white, and written without any metadata (no EXIF, GPS, XMP, IPTC, comment or
    profile). The same data gives the same bytes. Raises UnreadablePicture.
    """
    try:
        with Image.open(BytesIO(data)) as opened:
            size = _target(opened, width)
            # A JPEG decodes at a half or a quarter much faster; still ≥ the width.
            opened.draft(None, (width * 2, width * 2))
            picture = _flat(_srgb(ImageOps.exif_transpose(opened)))
    except _BROKEN as error:
        raise UnreadablePicture(
            "A picture can't be read.", "Put the picture into the story again."
        ) from error
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    # A new image has none of the file's metadata.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return out.getvalue()


def _height(whole_width: int, whole_height: int, width: int) -> int:
    return max(1, round(whole_height * width / whole_width))


def _target(image: Image.Image, width: int) -> tuple[int, int]:
    """The size to make, from the size as stored and the orientation tag (EXIF 0x0112)."""
    whole_width, whole_height = image.size
    if image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8):
        whole_width, whole_height = whole_height, whole_width
    width = min(width, whole_width)
    return width, _height(whole_width, whole_height, width)


def _srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, _srgb_profile(), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        # A broken or mismatched profile is no reason to refuse the picture.
        return image


@cache
def _srgb_profile() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits a pixel: Pillow would cut at 255 instead of scaling.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return image.convert("RGB")
