"""Pictures as files: whole as they are, and parts with few colours, so that they are small."""

from __future__ import annotations

import math
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TypeAlias, cast

from PIL import Image, ImageColor
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QPixmap

from editor.files import write_file
from editor.gui.theme import current_theme, tokens

Colour: TypeAlias = tuple[int, int, int]

_WIDEST = 1600
_QUALITY = 80
_MUCH_SMALLER = 0.67
_COLOURS, _COLOURS_OF_PHOTO = 32, 112
_MANY = 6_000
"""A photo has more colours than this, the window alone fewer."""
_LARGE = 12
"""How many colours of large areas stay as they are, beside those of the theme."""


def save_whole(picture: QPixmap, file: Path) -> None:
    """Write a picture as a PNG, with all its pixels and colours."""
    picture.save(str(file))


def save_part(picture: QPixmap, part: QRect, file: Path) -> int:
    """Write a part of a picture, in points, as a small WebP; return its size in bytes.

    It has few colours, without loss; a large photo loses some detail instead, which is much
    smaller. One of more than 1600 pixels a line is halved.
    """
    seen = part.intersected(QRect(QPoint(), picture.deviceIndependentSize().toSize()))
    left, top, width, height = (
        round(points * picture.devicePixelRatio())
        for points in (seen.x(), seen.y(), seen.width(), seen.height())
    )
    image = _image_of(picture).crop((left, top, left + width, top + height))
    if image.width > _WIDEST:
        image = image.reduce(2)  # to whole pixels: other sizes blur lines, and take more room
    file.parent.mkdir(parents=True, exist_ok=True)
    exact, lossy = BytesIO(), BytesIO()
    # A third smaller than a PNG of the same colours. The last step of the effort, 100, would save
    # a hundredth more, and take twenty times as long.
    few = with_few_colours(image).convert("RGB")
    few.save(exact, "WEBP", lossless=True, quality=99, method=6)
    image.save(lossy, "WEBP", quality=_QUALITY, method=6)
    is_photo = len(lossy.getvalue()) < _MUCH_SMALLER * len(exact.getvalue())
    made = (lossy if is_photo else exact).getvalue()
    write_file(file, made)
    return len(made)


def save_frame(picture: QPixmap, file: Path) -> int:
    """Write a whole picture at half its size as a WebP of good quality; return its bytes."""
    _image_of(picture).reduce(2).save(file, quality=_QUALITY, method=6)
    return file.stat().st_size


def _image_of(picture: QPixmap) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.toImage().save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(BytesIO(buffer.data().data())).convert("RGB")


def with_few_colours(image: Image.Image) -> Image.Image:
    """Return a picture of RGB with a palette: its colours, or the nearest of few.

    The theme's colours and those of large areas stay as they are.
    """
    pixels = cast(tuple[Colour, ...], image.get_flattened_data())
    counts = Counter(pixels)
    roles = [cast(Colour, ImageColor.getrgb(value)) for value in tokens(current_theme()).values()]
    exact = [colour for colour in dict.fromkeys(roles) if counts[colour]]
    exact += [colour for colour, _n in counts.most_common(_LARGE) if colour not in exact]
    room = (_COLOURS_OF_PHOTO if len(counts) > _MANY else _COLOURS) - len(exact)
    # By the roots of their areas, else a sky takes all colours of a red boat.
    others = [c for c, n in counts.items() if c not in exact for _root in range(math.isqrt(n))]
    line = Image.new("RGB", (max(1, len(others)), 1))
    line.putdata(others)
    rest = line.quantize(room, Image.Quantize.MEDIANCUT, kmeans=2).getpalette() or []
    palette = [*exact, *zip(rest[::3], rest[1::3], rest[2::3], strict=True)]
    # Pillow's own search looks at the five highest bits of a colour, which turns white grey.
    nearest = {
        colour: min(range(len(palette)), key=lambda n: math.dist(palette[n], colour))
        for colour in counts
    }
    made = Image.new("P", image.size)
    made.putpalette([value for colour in palette for value in colour])
    made.putdata([nearest[colour] for colour in pixels])
    return made
