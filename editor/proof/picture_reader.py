"""Decodes pictures from outside, and makes what readers get of them.

Runs in a process of its own (`picture_process`), which has limits and may crash.
"""

from __future__ import annotations

import json
import struct
import warnings
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import BinaryIO, Final, TypeAlias, Union

from PIL import Image, ImageChops, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from editor.errors import UnreadablePicture
from editor.i18n import _
from editor.proof.embedded_words import read_words
from editor.proof.picture_encoder import encode
from editor.proof.picture_file import PIXELS_AT_MOST, broken, check_pixels, kind_of
from editor.proof.picture_parts import PictureParts, picture_parts
from editor.proof.picture_recipes import CROP_WIDTH, WIDTHS, Wanted
from editor.proof.process_limits import MEMORY_AT_MOST, leave_no_core, limit_memory, limit_time

_PictureFile: TypeAlias = Union[JpegImageFile, PngImageFile, WebPImageFile]

# The formats' own classes: Pillow's `open` would try others.
_OPENERS: Final[dict[str, type[_PictureFile]]] = {
    "jpg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
}
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error)
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_SIDEWAYS = 5
_JPEG_END = b"\xff\xd9"
_ROWS_MISSED = 24
"""A row of blocks has 16 rows of pixels, and its colours run into the next."""
_NO_PIXELS = bytes(range(1, 250)) * 8
"""What decodes to other pixels than nothing does."""


def render(data: bytes, wanted: Sequence[Wanted]) -> tuple[int, int, list[bytes]]:
    """Return the size of a picture as it is seen, and its encodings, from one decode.

    Turned upright by its EXIF orientation, converted to sRGB, flattened on white,
    written without any metadata (no EXIF, GPS, XMP, IPTC, comment or profile). An encoding
    does not depend on the others that are wanted: the same data gives the same bytes.
    Raises UnreadablePicture.
    """
    kind = kind_of(data)
    try:
        parts = picture_parts(kind, data)
        upright = _upright_size(kind, parts)
        fine = [_needs_all_pixels(request, upright) for request in wanted]
        encoded = dict[int, bytes]()
        for is_fine in sorted({*fine} or {False}):
            picture = _working_picture(kind, parts, 1.0 if is_fine else _working_scale(*upright))
            numbers = [number for number, needs in enumerate(fine) if needs is is_fine]
            made = encode(picture, upright, [wanted[number] for number in numbers])
            encoded |= zip(numbers, made, strict=True)
        return *upright, [encoded[number] for number in range(len(wanted))]
    except MemoryError as error:
        raise UnreadablePicture(
            _(
                "The picture takes more than {value:g} GB of memory to read, which is the limit."
            ).format(value=MEMORY_AT_MOST / 1e9),
            _("Make it smaller, then add it."),
        ) from error
    except _UNREADABLE as error:
        raise broken() from error


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Render a picture for each request, until there are no more.

    A request is a line of JSON, `[length, seconds, wanted]`, and the picture's bytes. An
    answer is a line `[width, height, lengths]` and the encodings, or `[sentence, hint]`.
    Where `wanted` is null, the answer is `[words]`: what the file says of itself.
    """
    leave_no_core()
    limit_memory()
    warnings.simplefilter("ignore")  # about odd files, which do no harm
    while line := requests.readline():
        length, seconds, wanted = json.loads(line)
        limit_time(seconds)
        data, answer = requests.read(length), list[object]()
        encoded: list[bytes] = []
        try:
            if wanted is None:
                answer = [read_words(kind_of(data), data).to_json()]
            else:
                width, height, encoded = render(data, wanted)
                answer = [width, height, [len(made) for made in encoded]]
        except UnreadablePicture as error:
            answer, encoded = [error.sentence, error.hint], []
        answers.write(json.dumps(answer).encode() + b"\n" + b"".join(encoded))
        answers.flush()


def _working_scale(width: int, height: int) -> float:
    """Return the scale at which a picture has the pixels of its widest rendition and crops."""
    return min(1.0, max(WIDTHS[-1] / width, CROP_WIDTH / min(width, height)))


def _needs_all_pixels(request: Wanted, upright: tuple[int, int]) -> bool:
    """Whether a small part of a large picture is wanted larger than it is at the usual scale.

    That depends on the request alone, so no encoding depends on what else is wanted.
    """
    _kind, width, _height, crop, rotation = request
    across = upright[rotation % 180 // 90]
    scale = _working_scale(*upright)
    return scale < 1 and width > (crop[2] - crop[0] if crop else across) * scale + 1


def _upright_size(kind: str, parts: PictureParts) -> tuple[int, int]:
    with _open(kind, parts) as opened:
        width, height = opened.size
    return (height, width) if parts.orientation >= _FIRST_SIDEWAYS else (width, height)


def _working_picture(kind: str, parts: PictureParts, scale: float) -> Image.Image:
    """Decode a picture upright, no smaller than a scale asks for."""
    with _open(kind, parts) as opened:
        size = opened.size
        needed = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
        picture = _flat(_srgb(_decode(opened, needed)))
    if parts.orientation in _UPRIGHT:
        return picture.transpose(_UPRIGHT[parts.orientation])
    return picture


def _open(kind: str, parts: PictureParts) -> _PictureFile:
    """Open a picture without decoding it. Raises UnreadablePicture, and what Pillow raises."""
    # Pillow's own limit is twice this number. WebP needs its memory already to be opened.
    Image.MAX_IMAGE_PIXELS = PIXELS_AT_MOST // 2 if kind == "webp" else None
    pixels = parts.pixels if parts.is_whole else _with_end(parts.pixels)
    try:
        opened = _OPENERS[kind](BytesIO(pixels))
    except Image.DecompressionBombError as error:
        raise UnreadablePicture(
            _("The picture has more than {value} megapixels, which is the limit.").format(
                value=PIXELS_AT_MOST // 1_000_000
            ),
            _("Make it smaller, then add it."),
        ) from error
    check_pixels(*opened.size)
    if parts.profile:
        opened.info["icc_profile"] = parts.profile
    return opened


def _with_end(pixels: bytes) -> bytes:
    """End a JPEG whose last bytes are missing, if it has nearly all of its pixels.

    Without its end every program shows it, the missing rows in grey. Where those
    begin tells what is missing: there it changes with what is put in their place.
    """
    pixels = pixels.rstrip(b"\xff")
    ended = pixels + _JPEG_END
    with (
        JpegImageFile(BytesIO(ended)) as seen,
        JpegImageFile(BytesIO(pixels + _NO_PIXELS + _JPEG_END)) as other,
    ):
        check_pixels(*seen.size)
        differs = ImageChops.difference(seen, other).getbbox(alpha_only=False)
        missing = seen.height - differs[1] if differs else 0
        if missing > max(_ROWS_MISSED, seen.height // 20):
            raise broken()
    return ended


def _decode(image: _PictureFile, size: tuple[int, int]) -> Image.Image:
    """Decode a picture, and shrink a large one while that is cheap; never below a size."""
    # A JPEG decodes at a half or a quarter much faster.
    image.draft(None, size)
    image.load()
    picture: Image.Image = image
    if picture.mode.startswith("I"):
        # 16 bits a pixel: Pillow would cut at 255 instead of scaling.
        picture = picture.point(lambda value: value / 256).convert("L")
        picture.info.pop("transparency", None)
    factor = picture.width // (size[0] * 2)
    if factor < 2:
        return picture
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode == "1":
        picture = picture.convert("L")
    smaller = picture.reduce((factor, max(1, picture.height // (size[1] * 2))))
    smaller.info = picture.info
    return smaller


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
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return image.convert("RGB")
