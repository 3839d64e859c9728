"""Thousands of damaged pictures: each is refused with a sentence, or is shown in every size."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from editor.core.story import Picture
from editor.errors import UnreadablePicture
from editor.proof.pictures import inspect, render
from editor.proof.renditions import crops, renditions
from tests.proof.odd_pictures import (
    ASCII,
    RATIONAL,
    SHORT,
    chunk,
    exif,
    jpeg_with_exif,
    noise,
    png_with,
    webp_with_exif,
)

NAME = "0123456789abcdef" + "0" * 48 + ".jpg"
EXIF = exif(
    (0x010F, ASCII, b"Camera\0"),
    (0x0112, SHORT, b"\6\0"),
    (0x011A, RATIONAL, struct.pack("<II", 72, 1)),
    (0x0128, SHORT, b"\2\0"),
)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def seeds() -> list[bytes]:
    """Small pictures of every kind, with metadata, a profile and what else programs write."""
    small = (48, 32)
    animation = BytesIO()
    frames = [Image.new("RGB", small, (40 * number, 0, 0)) for number in range(3)]
    frames[0].save(animation, "WEBP", save_all=True, append_images=frames[1:])
    palette = BytesIO()
    Image.effect_noise(small, 80).convert("P").save(palette, "PNG", transparency=3)
    deep = BytesIO()
    Image.new("I;16", small, 0x8123).save(deep, "PNG")
    ink = BytesIO()
    Image.new("CMYK", small, (1, 2, 3, 4)).save(ink, "JPEG")
    return [
        jpeg_with_exif(EXIF, noise(size=small, icc_profile=PROFILE)),
        jpeg_with_exif(EXIF, noise(size=small, progressive=True)),
        ink.getvalue(),
        png_with(
            chunk(b"eXIf", EXIF),
            chunk(b"tEXt", b"Comment\0A quay"),
            data=noise("PNG", small, icc_profile=PROFILE),
        ),
        palette.getvalue(),
        deep.getvalue(),
        webp_with_exif(EXIF, noise("WEBP", small, exif=b"Exif\0\0" + EXIF)),
        noise("WEBP", small, lossless=True),
        animation.getvalue(),
    ]


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A picture with some bytes changed, removed, repeated or added."""
    changed = bytearray(data)
    for _change in range(dice.choice((1, 1, 2, 4, 12))):
        at = dice.randrange(max(1, len(changed) - 1))
        length = dice.choice((1, 2, 4, 16))
        match dice.randrange(6):
            case 0 | 1:
                changed[at : at + 1] = bytes((dice.randrange(256),))
            case 2:
                changed[at : at + length] = dice.choice((b"\0", b"\xff", b"\x7f")) * length
            case 3:
                del changed[at : at + length]
            case 4:
                changed[at:at] = changed[at : at + length * 4]
            case _:
                changed[at:at] = dice.randbytes(length)
    return bytes(changed[: dice.randrange(len(changed))] if dice.random() < 0.1 else changed)


def damaged(count: int) -> Iterator[bytes]:
    dice, whole = random.Random(8), seeds()
    for number in range(count):
        yield mutated(whole[number % len(whole)], dice)


def is_shown(data: bytes) -> bool:
    """Whether a picture is accepted; then it is rendered in every size it promises."""
    try:
        width, height = inspect(data)
    except UnreadablePicture as error:
        refusal = [error.sentence, error.hint]
    else:
        refusal = []
    if refusal:
        assert all(text.endswith(".") for text in refusal)
        return False
    picture = Picture(NAME, width=width, height=height)
    wanted = renditions(picture) + crops(picture)
    for size, encoded in zip(wanted, render(data, wanted), strict=True):
        with Image.open(BytesIO(encoded)) as image:
            assert image.size == (size.width, size.height)
    return True


def test_seeds_are_shown() -> None:
    assert all(map(is_shown, seeds()))


def test_damaged_pictures_are_refused_or_shown() -> None:
    shown = [is_shown(data) for data in damaged(300)]
    assert 0 < sum(shown) < len(shown)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_very_many_damaged_pictures_are_refused_or_shown() -> None:
    shown = [is_shown(data) for data in damaged(10_000)]
    assert 0 < sum(shown) < len(shown)
