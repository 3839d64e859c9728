"""Metadata is put into encoded pictures as bytes: the pixels stay, and readers find the words."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any, cast

import pytest
from PIL import Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from editor.core.rendition import TYPES, Rendition
from editor.core.story import Picture
from editor.proof.picture_containers import with_metadata
from editor.proof.picture_metadata import Metadata, PictureRights, picture_metadata
from editor.proof.picture_recipes import XMP_PLACE
from editor.proof.pictures import render
from tests.proof.odd_pictures import (
    ASCII,
    SHORT,
    chunk,
    drawn,
    exif,
    jpeg_with_exif,
    noise,
    png_with,
    webp_with_exif,
)

WORDS = Picture(caption="منارة <قديمة>", credit="Nadia Rahman", alt="A lighthouse")
METADATA = picture_metadata(WORDS, PictureRights("© Harbour Post", "", "DMI-ALLOWED"))


def encoded(kind: str, data: bytes = b"", size: tuple[int, int] = (60, 40)) -> bytes:
    return render(data or noise(size=size), [Rendition("", *size, kind)])[0]


def opened(data: bytes) -> ImageFile:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff\xe1\0\4", b"RIFF\0\0\0\0WEBPVP8L", b"\0" * 99]
)
def test_what_the_encoder_did_not_write_is_refused(kind: str, data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, struct.error)):
        with_metadata(kind, data, METADATA)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("size", [(1, 1), (61, 41), (480, 320)])
def test_pixels_stay_and_the_packet_reads_back(kind: str, size: tuple[int, int]) -> None:
    before = encoded(kind, size=size)
    after = with_metadata(kind, before, METADATA)
    image = opened(after)
    assert image.size == size
    assert image.convert("RGB").tobytes() == opened(before).convert("RGB").tobytes()
    assert image.info["xmp"] == METADATA.xmp
    assert not image.getexif()
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("length", [0, 1, 2, 15, 16, 17, 60_000])
def test_packet_of_any_length_fits(kind: str, length: int) -> None:
    metadata = Metadata(b"x" * length, b"")
    image = opened(with_metadata(kind, encoded(kind), metadata))
    assert image.info.get("xmp", b"") == metadata.xmp
    assert image.size == (60, 40)


def test_iptc_of_a_jpeg_reads_back() -> None:
    image = opened(with_metadata("jpg", encoded("jpg"), METADATA))
    found = cast("dict[tuple[int, int], Any]", IptcImagePlugin.getiptcinfo(image))
    assert found[2, 120].decode() == WORDS.caption
    assert found[2, 110] == b"Nadia Rahman"


def test_place_for_xmp_is_in_no_finished_file() -> None:
    assert XMP_PLACE in encoded("avif")
    assert XMP_PLACE not in with_metadata("avif", encoded("avif"), METADATA)


CANARIES = {
    "EXIF of a JPEG": jpeg_with_exif(
        exif((0x010F, ASCII, b"CANARY-MAKER\0"), (0xA431, ASCII, b"CANARY-SERIAL\0")),
        noise(icc_profile=b"CANARY-PROFILE" * 20, comment=b"CANARY-COMMENT", dpi=(301, 301)),
    ),
    "XMP of a JPEG": noise(xmp=b"<x:xmpmeta>CANARY-XMP</x:xmpmeta>"),
    "after a JPEG": noise() + b"CANARY-TRAILER" + jpeg_with_exif(b"CANARY-SECOND"),
    "texts of a PNG": png_with(
        chunk(b"tEXt", b"Author\0CANARY-AUTHOR"),
        chunk(b"eXIf", exif((0x010F, ASCII, b"CANARY-MAKER\0"))),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0CANARY-XMP"),
        data=noise("PNG"),
    ),
    "EXIF of a WebP": webp_with_exif(
        exif((0x010F, ASCII, b"CANARY-MAKER\0"), (0x0112, SHORT, b"\1\0")),
        noise("WEBP", exif=b"Exif\0\0" + exif((0x0112, SHORT, b"\1\0"))),
    ),
}


@pytest.mark.parametrize("name", CANARIES)
@pytest.mark.parametrize("kind", TYPES)
def test_nothing_of_the_original_but_its_pixels_is_in_any_kind(kind: str, name: str) -> None:
    original = CANARIES[name]
    assert b"CANARY" in original
    made = with_metadata(kind, encoded(kind, original, (320, 240)), METADATA)
    for secret in (b"CANARY", b"Exif", b"ICC", b"prof", b"Pillow", b"libavif", b"\x01\x2d\x01\x2d"):
        assert secret not in made


@pytest.mark.parametrize("kind", TYPES)
def test_position_of_a_phone_is_in_no_kind(kind: str) -> None:
    block = Image.Exif()
    block.get_ifd(0x8825).update({1: "N", 2: (60.0, 23.0, 7.25), 3: "E", 4: (5.0, 19.0, 11.5)})
    block.get_ifd(0x8769).update({0xA431: "SN-00718281828", 0xA435: "LENS-314159"})
    original = drawn(size=(320, 240), exif=block)
    with Image.open(BytesIO(original)) as image:
        assert image.getexif().get_ifd(0x8825)[1] == "N"
    made = with_metadata(kind, encoded(kind, original, (320, 240)), METADATA)
    image = opened(made)
    assert not image.getexif().get_ifd(0x8825)
    for secret in (b"718281828", b"314159", struct.pack(">II", 60, 1), struct.pack("<II", 60, 1)):
        assert secret not in made
