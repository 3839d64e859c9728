from __future__ import annotations

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from editor.core.story import Picture
from editor.errors import UnreadablePicture
from editor.proof.pictures import Rendition, render, renditions
from tests.formats.site.edition import harbour_picture

NAME = "0123456789abcdef" + "0" * 48 + ".jpg"


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", harbour_picture()[:900], b"GIF89a", b"\x89PNG\r\n\x1a\n"]
)
def test_data_that_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        render(data, 480)


@pytest.mark.parametrize("file", ["", "../../etc/passwd", "a.jpg", NAME + "/x", NAME[:-4]])
def test_a_file_that_the_desk_did_not_name_has_no_renditions(file: str) -> None:
    assert renditions(Picture(file, width=100, height=100)) == ()


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (300, [300]), (480, [480]), (1200, [480, 960, 1200]), (9000, [480, 960, 1600])],
)
def test_no_rendition_is_wider_than_the_picture(width: int, widths: list[int]) -> None:
    made = renditions(Picture(NAME, width=width, height=width * 2))
    assert [size.width for size in made] == widths
    assert made[0] == Rendition(f"media/0123456789abcdef-{widths[0]}.jpg", widths[0], widths[0] * 2)


def test_a_picture_without_a_size_has_no_renditions() -> None:
    assert renditions(Picture(NAME)) == ()


@pytest.mark.parametrize("size", [(4001, 3001), (1999, 3333), (1601, 7), (5, 3000)])
def test_renditions_have_the_promised_size(size: tuple[int, int]) -> None:
    data = saved(Image.new("RGB", size, "navy"))
    for made in renditions(Picture(NAME, width=size[0], height=size[1])):
        assert opened(render(data, made.width)).size == (made.width, made.height)


def test_a_rendition_is_progressive_and_always_the_same() -> None:
    data = harbour_picture()
    first = render(data, 960)
    assert opened(first).info.get("progressive")
    assert first == render(data, 960)


def test_renditions_have_no_metadata() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "SECRET-ARTIST"
    exif[ExifTags.Base.Orientation] = 1
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (60.0, 23.0, 1.0)
    data = saved(
        Image.new("RGB", (900, 600), "teal"),
        exif=exif,
        comment=b"SECRET-COMMENT",
        xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        dpi=(301, 301),
    )
    assert b"SECRET-ARTIST" in data
    assert b"SECRET-XMP" in data
    made = render(data, 480)
    for secret in (b"SECRET", b"Exif", b"http", b"ICC_PROFILE", b"\x01\x2d\x01\x2d"):
        assert secret not in made
    assert not opened(made).getexif()
    png = PngImagePlugin.PngInfo()
    png.add_text("Author", "SECRET-AUTHOR")
    assert b"SECRET" not in render(saved(Image.new("RGB", (9, 9)), "PNG", pnginfo=png), 480)


def test_a_picture_is_turned_upright() -> None:
    image = Image.new("RGB", (800, 400), "white")
    image.paste("black", (0, 0, 400, 400))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the camera was turned: rotate by 90° clockwise
    made = opened(render(saved(image, exif=exif), 960))
    assert made.size == (400, 800)
    assert made.getpixel((200, 50)) == (0, 0, 0)
    assert made.getpixel((200, 750)) == (255, 255, 255)


def test_transparency_becomes_white() -> None:
    for image in (Image.new("RGBA", (10, 10), (255, 0, 0, 0)), Image.new("LA", (10, 10), (0, 0))):
        made = opened(render(saved(image, "PNG"), 480))
        assert made.mode == "RGB"
        assert made.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "CMYK"])
def test_every_pixel_mode_is_accepted(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(render(saved(Image.new(mode, (20, 10)), kind), 480)).size == (20, 10)


def test_colours_become_srgb_and_a_broken_profile_does_no_harm() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    for profile in (lab, b"no profile"):
        data = saved(Image.new("RGB", (20, 10), "orange"), icc_profile=profile)
        assert "icc_profile" not in opened(render(data, 480)).info


def test_sixteen_bit_greys_are_scaled() -> None:
    made = opened(render(saved(Image.new("I;16", (20, 10), 0x8000), "PNG"), 480))
    assert made.getpixel((5, 5)) == (128, 128, 128)
