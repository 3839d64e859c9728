from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageStat, PngImagePlugin
from PIL.JpegImagePlugin import JpegImageFile

from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.errors import UnreadablePicture
from editor.proof import picture_encoder, picture_reader
from editor.proof.picture_recipes import wanted_of
from editor.proof.pictures import render
from editor.proof.renditions import crops, renditions, site_renditions
from tests.formats.site.edition import harbour_picture
from tests.proof.odd_pictures import drawn, jpeg_of, noise

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
        jpeg_of(data, 480)


def test_renditions_have_the_promised_size() -> None:
    for width, height in ((4001, 3001), (1999, 3333), (1601, 7), (5, 3000)):
        data = saved(Image.new("RGB", (width, height), "navy"))
        picture = Picture(NAME, width=width, height=height, focus=(0.2, 0.9))
        wanted = renditions(picture) + renditions(picture, "webp") + crops(picture)
        for size, encoded in zip(wanted, render(data, wanted), strict=True):
            assert opened(encoded).size == (size.width, size.height)


def test_every_kind_has_the_same_bytes_each_time_whatever_else_is_wanted() -> None:
    data = harbour_picture()
    picture = Picture(NAME, width=1800, height=1200, focus=(0.7, 0.5))
    wanted = site_renditions(picture)[::4] + crops(picture)
    together = render(data, wanted)
    alone = [render(data, [size])[0] for size in wanted]
    assert together == alone
    assert [opened(encoded).format for encoded in together[:3]] == ["AVIF", "WEBP", "JPEG"]


def test_crop_shows_the_part_of_the_picture_that_it_names() -> None:
    image = Image.new("RGB", (1600, 800), "white")
    image.paste("red", (0, 0, 800, 800))
    image.paste("blue", (1590, 0, 1600, 800))
    for focus, colours in (
        ((0, 0.5), {"red"}),
        ((0.5, 0.5), {"red", "white"}),
        ((1, 0), {"white"}),
    ):
        [square] = crops(Picture(NAME, width=1600, height=800, focus=focus))[2:]
        made = opened(render(saved(image, "PNG"), [square])[0])
        assert made.size == (800, 800)
        seen = {str(made.getpixel((20, 400))), str(made.getpixel((750, 400)))}
        names = {"(254, 0, 0)": "red", "(255, 255, 255)": "white"}
        assert {names[colour] for colour in seen} == colours


def test_crop_of_a_turned_picture_is_taken_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    image = Image.new("RGB", (1000, 500), "white")
    image.paste("black", (0, 0, 100, 500))  # on top, once it is turned
    data = saved(image, exif=exif)
    [top] = crops(Picture(NAME, width=500, height=1000, focus=(0.5, 0)))[2:]
    assert opened(render(data, [top])[0]).convert("L").getpixel((250, 20)) == 0
    [bottom] = crops(Picture(NAME, width=500, height=1000, focus=(0.5, 1)))[2:]
    assert opened(render(data, [bottom])[0]).convert("L").getpixel((250, 20)) == 255


def test_crop_outside_the_picture_is_refused() -> None:
    with pytest.raises(UnreadablePicture):
        render(drawn(), [Rendition("", 10, 10, crop=(50, 30, 200, 200))])


def test_one_decode_serves_every_rendition(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[object] = []
    real = JpegImageFile.load

    def noted(self: JpegImageFile) -> object:
        if self.tile:
            loads.append(self)
        return real(self)

    monkeypatch.setattr(JpegImageFile, "load", noted)
    picture = Picture(NAME, width=600, height=400)
    sizes = site_renditions(picture) + crops(picture)
    wanted = list(map(wanted_of, sizes))
    assert len(picture_reader.render(noise(size=(600, 400)), wanted)[2]) == len(sizes)
    assert len(loads) == 1


def test_large_jpeg_is_decoded_at_a_fraction(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[tuple[int, int]] = []
    real = picture_encoder.encode

    def noted(image: Image.Image, *rest: Any) -> list[bytes]:
        decoded.append(image.size)
        return real(image, *rest)

    monkeypatch.setattr(picture_reader, "encode", noted)
    picture_reader.render(saved(Image.new("RGB", (6000, 4000))), ())
    assert decoded == [(3000, 2000)]


def test_a_rendition_is_progressive_and_always_the_same() -> None:
    data = harbour_picture()
    first = jpeg_of(data, 960)
    assert opened(first).info.get("progressive")
    assert first == jpeg_of(data, 960)


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
    made = jpeg_of(data, 480)
    for secret in (b"SECRET", b"Exif", b"http", b"ICC_PROFILE", b"\x01\x2d\x01\x2d"):
        assert secret not in made
    assert not opened(made).getexif()
    png = PngImagePlugin.PngInfo()
    png.add_text("Author", "SECRET-AUTHOR")
    assert b"SECRET" not in jpeg_of(saved(Image.new("RGB", (9, 9)), "PNG", pnginfo=png), 480)


def test_a_picture_is_turned_upright() -> None:
    image = Image.new("RGB", (800, 400), "white")
    image.paste("black", (0, 0, 400, 400))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the camera was turned: rotate by 90° clockwise
    made = opened(jpeg_of(saved(image, exif=exif), 960))
    assert made.size == (400, 800)
    assert made.getpixel((200, 50)) == (0, 0, 0)
    assert made.getpixel((200, 750)) == (255, 255, 255)


def test_transparency_becomes_white() -> None:
    for image in (Image.new("RGBA", (10, 10), (255, 0, 0, 0)), Image.new("LA", (10, 10), (0, 0))):
        made = opened(jpeg_of(saved(image, "PNG"), 480))
        assert made.mode == "RGB"
        assert made.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "CMYK"])
def test_every_pixel_mode_is_accepted(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(jpeg_of(saved(Image.new(mode, (20, 10)), kind), 480)).size == (20, 10)


def test_colours_become_srgb_and_a_broken_profile_does_no_harm() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    for profile in (lab, b"no profile"):
        data = saved(Image.new("RGB", (20, 10), "orange"), icc_profile=profile)
        assert "icc_profile" not in opened(jpeg_of(data, 480)).info


def test_sixteen_bit_greys_are_scaled() -> None:
    made = opened(jpeg_of(saved(Image.new("I;16", (20, 10), 0x8000), "PNG"), 480))
    assert made.getpixel((5, 5)) == (128, 128, 128)


def quarters() -> bytes:
    """A picture of four colours: red, blue; green, white."""
    image = Image.new("RGB", (800, 400), "white")
    image.paste("red", (0, 0, 400, 200))
    image.paste("blue", (400, 0, 800, 200))
    image.paste("green", (0, 200, 400, 400))
    return saved(image, "PNG")


@pytest.mark.parametrize(
    ("turns", "size", "first"),
    [
        (0, (800, 400), "red"),
        (1, (400, 800), "green"),
        (2, (800, 400), "white"),
        (3, (400, 800), "blue"),
    ],
)
def test_picture_is_turned_clockwise(turns: int, size: tuple[int, int], first: str) -> None:
    picture = Picture(NAME, width=800, height=400).turned(turns)
    made = opened(render(quarters(), [renditions(picture)[-1]])[0])
    assert made.size == size
    assert nearest(made, (20, 20)) == first


def test_crop_of_a_picture_that_somebody_turned_is_of_what_they_saw() -> None:
    picture = replace(
        Picture(NAME, width=800, height=400).turned(1), square_crop=(0.5, 0.0, 0.5, 0.25)
    )
    [square] = [size for size in crops(picture) if "1x1" in size.path]
    made = opened(render(quarters(), [square])[0])
    assert made.size == (200, 200)
    assert nearest(made, (100, 100)) == "red"


def test_small_crop_of_a_large_picture_has_the_originals_pixels() -> None:
    image = Image.effect_noise((4000, 3000), 90).convert("RGB")
    data = saved(image, "PNG")
    picture = Picture(NAME, width=4000, height=3000, lead_crop=(0.5, 0.5, 0.3, 0.225))
    lead = crops(picture)[0]
    assert lead.crop == (2000, 1500, 3200, 2175)
    assert (lead.width, lead.height) == (1200, 675)
    together = render(data, [*renditions(picture), lead])
    made = opened(together[-1]).convert("L")
    apart = ImageChops.difference(made, image.crop(lead.crop).convert("L"))
    assert ImageStat.Stat(apart).mean[0] < 10, "neither shrunk nor enlarged"
    plain = Picture(NAME, width=4000, height=3000)
    assert together[:-1] == render(data, renditions(plain)), "others have the bytes they had"


def nearest(image: Image.Image, at: tuple[int, int]) -> str:
    colours = {"red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0), "white": (255,) * 3}
    seen = image.convert("RGB").getpixel(at)
    assert isinstance(seen, tuple)
    return min(
        colours, key=lambda name: sum(abs(a - b) for a, b in zip(seen, colours[name], strict=True))
    )
