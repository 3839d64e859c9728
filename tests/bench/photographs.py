"""Invented photographs: they weigh, and take as long to encode, as those of a camera."""

from __future__ import annotations

import random
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageChops

SIZE = (2400, 1600)
"""Width and height in pixels."""

_COARSE, _SHAPES, _DETAIL, _GRAIN = 6, 40, 300, 1200
"""How many patches of light lie side by side: from the sky to the grain of the sensor."""
_QUALITY = 90


def photographs(count: int) -> Iterator[bytes]:
    """Yield so many JPEG files of 1 to 2 MB; the same number gives the same files."""
    for number in range(count):
        chance = random.Random(number)
        light = _cloud(chance, _COARSE)
        for patches, share in ((_SHAPES, 0.35), (_DETAIL, 0.25), (_GRAIN, 0.25)):
            light = Image.blend(light, _cloud(chance, patches), share)
        colours = [Image.blend(light, _cloud(chance, _COARSE), 0.3) for _ in range(3)]
        slope = Image.linear_gradient("L").resize(SIZE)
        colours[2] = ImageChops.screen(colours[2], slope)
        out = BytesIO()
        Image.merge("RGB", colours).save(out, "JPEG", quality=_QUALITY)
        yield out.getvalue()


def _cloud(chance: random.Random, across: int) -> Image.Image:
    """Return so many patches of chance side by side, in greys that run into each other."""
    down = across * SIZE[1] // SIZE[0]
    patches = Image.frombytes("L", (across, down), chance.randbytes(across * down))
    return patches.resize(SIZE, Image.Resampling.BICUBIC)
