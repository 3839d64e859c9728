"""Odd pictures are shown as other programs show them, and what can't be shown is explained."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from editor.errors import UnreadablePicture
from tests.proof.odd_pictures import (
    ASCII,
    DOUBLE,
    RATIONAL,
    SHORT,
    chunk,
    drawn,
    exif,
    jpeg_of_scans,
    jpeg_with_exif,
    noise,
    png_of,
    png_with,
    random_profile,
    read_here,
    webp_with_exif,
)

ORIENTATION = (0x0112, SHORT, struct.pack("<H", 6))
ODD_ENTRIES = {
    "resolution as text": (0x011A, ASCII, b"72 dpi.\0"),
    "maker as a fraction": (0x010F, RATIONAL, struct.pack("<II", 1, 0)),
    "artist as a number": (0x013B, DOUBLE, struct.pack("<d", 1.5)),
    "unit as text": (0x0128, ASCII, b"in\0"),
}


def size_of(data: bytes, width: int = 1600) -> tuple[int, int]:
    """The size that the desk notes, which the rendition has as well."""
    seen_width, seen_height, jpeg = read_here(data, width)
    with Image.open(BytesIO(jpeg)) as image:
        image.load()
        assert image.size == (seen_width, seen_height)
        assert not image.getexif()
    return seen_width, seen_height


@pytest.mark.parametrize("name", ODD_ENTRIES)
def test_phone_picture_with_odd_metadata_is_turned_upright(name: str) -> None:
    data = jpeg_with_exif(exif(ORIENTATION, ODD_ENTRIES[name]))
    assert size_of(data) == (40, 60)


def test_orientation_is_read_in_both_byte_orders() -> None:
    big = exif((0x0112, SHORT, struct.pack(">H", 6)), order=">")
    assert size_of(jpeg_with_exif(big)) == (40, 60)
    assert size_of(png_with(chunk(b"eXIf", big))) == (40, 60)
    assert size_of(webp_with_exif(big)) == (40, 60)


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_orientation_puts_the_top_left_where_it_belongs(turn: int) -> None:
    image = Image.new("RGB", (64, 32), "white")
    image.paste("black", (0, 0, 16, 16))
    out = BytesIO()
    image.save(out, "PNG")
    data = png_with(
        chunk(b"eXIf", exif((0x0112, SHORT, struct.pack("<H", turn)))), data=out.getvalue()
    )
    _width, _height, jpeg = read_here(data, 1600)
    with Image.open(BytesIO(jpeg)) as image:
        width, height = image.size
        seen = image.convert("L").tobytes()
        corners = [(2, 2), (width - 3, 2), (width - 3, height - 3), (2, height - 3)]
        dark = [index for index, (x, y) in enumerate(corners) if seen[y * width + x] < 70]
    # EXIF 2.3, table for tag 274: where row 0 and column 0 of the pixels are seen.
    assert dark == [{1: 0, 2: 1, 3: 2, 4: 3, 5: 0, 6: 1, 7: 2, 8: 3}[turn]]
    assert (width, height) == ((32, 64) if turn >= 5 else (64, 32))


@pytest.mark.parametrize(
    "entry", [(0x0112, ASCII, b"6\0"), (0x0112, SHORT, b"\x4d\0"), (0x0112, SHORT, b"\0\0")]
)
def test_orientation_that_is_no_number_from_1_to_8_is_ignored(
    entry: tuple[int, int, bytes],
) -> None:
    assert size_of(jpeg_with_exif(exif(entry))) == (60, 40)


NO_TIFF = [b"Exif\0\0", b"not a TIFF file", b"II*\0\xff\xff\xff\xff", b""]


@pytest.mark.parametrize("block", NO_TIFF)
def test_metadata_that_is_not_tiff_does_no_harm(block: bytes) -> None:
    assert size_of(png_with(chunk(b"eXIf", block))) == (60, 40)
    assert size_of(webp_with_exif(block)) == (60, 40)
    assert size_of(jpeg_with_exif(block)) == (60, 40)


def test_png_with_much_text_and_a_large_profile_is_shown() -> None:
    text = b"Comment\0\0" + zlib.compress(bytes(5_000_000))
    chunks = [
        chunk(b"zTXt", text),
        chunk(b"tEXt", b"Raw\0" + b"x" * 3_000_000),
        chunk(b"iTXt", b"XML\0\1\0\0\0" + zlib.compress(bytes(5_000_000))),
        random_profile(2_000_000),
    ]
    assert size_of(png_with(*chunks)) == (60, 40)


def test_png_whose_profile_unpacks_to_gigabytes_is_shown_without_it() -> None:
    packed = zlib.compressobj(9)
    bomb = b"".join(packed.compress(bytes(1 << 20)) for _megabyte in range(100)) + packed.flush()
    assert size_of(png_with(chunk(b"iCCP", b"bomb\0\0" + bomb))) == (60, 40)


@pytest.mark.parametrize("missing", [1, 2, 5])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_without_its_last_bytes_is_shown(missing: int, progressive: bool) -> None:
    data = noise(progressive=progressive)
    assert size_of(data[:-missing]) == (320, 240)


@pytest.mark.parametrize("progressive", [False, True])
def test_half_of_a_jpeg_is_refused(progressive: bool) -> None:
    data = noise(progressive=progressive)
    with pytest.raises(UnreadablePicture, match="broken or not complete"):
        read_here(data[: len(data) // 2], 480)


def test_pictures_added_to_a_jpeg_by_a_phone_are_ignored() -> None:
    data = drawn() + jpeg_of_scans(20) * 30
    assert size_of(data) == (60, 40)


LIMITS = {
    "height": (png_of(100, 70_000), "100 × 70000 pixels; 65500 pixels is the limit for a side"),
    "200 wide": (png_of(200, 66_000), "200 × 66000 pixels; 65500 pixels is the limit for a side"),
    "69 bytes": (png_of(1, 99_999_999), "1 × 99999999 pixels; 65500 pixels is the limit"),
    "pixels": (png_of(20_000, 10_000), "200 megapixels .* 100 megapixels is the limit"),
    "scans": (jpeg_of_scans(20_000), "20000 scans; 100 scans is the limit"),
    "frames": (
        png_with(chunk(b"acTL", struct.pack(">II", 5_000, 0))),
        "5000 frames; 100 frames is the limit",
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_refusal_names_the_limit(name: str) -> None:
    data, sentence = LIMITS[name]
    with pytest.raises(UnreadablePicture, match=sentence) as caught:
        read_here(data, 480)
    assert caught.value.hint


def test_long_webp_animation_is_refused() -> None:
    frames = [Image.new("L", (16, 16), 255 * (number % 2)) for number in range(120)]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    with pytest.raises(UnreadablePicture, match="120 frames; 100 frames is the limit"):
        read_here(out.getvalue(), 480)


def test_webp_that_says_it_is_huge_is_refused() -> None:
    block = exif((0x0112, SHORT, b"\1\0"))
    data = bytearray(webp_with_exif(block))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (16_000).to_bytes(3, "little") * 2
    with pytest.raises(UnreadablePicture, match="100 megapixels"):
        read_here(bytes(data), 480)


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA", "I;16"])
def test_large_picture_is_shrunk_in_every_pixel_mode(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (3000, 2000)).save(out, "PNG")
    _width, _height, jpeg = read_here(out.getvalue(), 300)
    with Image.open(BytesIO(jpeg)) as image:
        assert image.size == (300, 200)
