"""Icons of a paper: its logo, or a mark made of its name in any script."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from editor.core.house import House
from editor.errors import NotFound
from editor.proof.icons import icon_files, monogram, monogram_png, monogram_svg
from tests.formats.site.edition import MemoryPictures
from tests.proof.odd_pictures import drawn, exif, jpeg_with_exif

HOUSE = House("Harbour Post")
NAMES = {
    "Harbour Post": "HP",
    "The Harbour": "H",
    "The The": "TT",
    "Écho du Port": "ÉD",
    "7 days": "7D",
    "بريد الميناء": "ب",
    "الميناء": "م",
    "ال": "ا",
    "Вечерняя Москва": "В",
    "朝日新聞": "朝",
    "हिन्दी समाचार": "हि",
    "«Порт»": "П",
    "ẞ": "ẞ",
    "…!": "",
    "<b> & “c”": "BC",
}


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("name", NAMES)
def test_monogram_is_made_of_letters_in_any_script(name: str) -> None:
    assert monogram(name) == NAMES[name]
    svg = ElementTree.fromstring(monogram_svg(name))
    assert "".join(svg.itertext()).strip() == NAMES[name]


@pytest.mark.parametrize("name", [*NAMES, "x" * 500, "\u202e", "👩‍👩‍👧 news", "a\u0301\u0302b"])
@pytest.mark.parametrize("width", [32, 180])
def test_mark_is_a_square_whose_middle_alone_is_drawn_on(name: str, width: int) -> None:
    image = opened(monogram_png(name, width))
    assert image.size == (width, width)
    assert image.mode == "RGB"
    background = image.getpixel((0, 0))
    assert isinstance(background, tuple)
    edge = width // 10
    frame = image.copy()
    frame.paste(background, (edge, edge, width - edge, width - edge))
    assert frame.getcolors() == [(width * width, background)]
    assert len(image.getcolors(width * width) or ()) > 1


def test_mark_is_the_same_each_time_and_another_for_another_paper() -> None:
    assert monogram_png("Harbour Post", 192) == monogram_png("Harbour Post", 192)
    assert monogram_png("بريد الميناء", 192) == monogram_png("بريد الميناء", 192)
    assert monogram_png("Harbour Post", 192) != monogram_png("Valley Post", 192)


def test_paper_without_a_logo_has_a_drawing_and_squares() -> None:
    files = icon_files(HOUSE)
    assert [(file.width, file.maskable) for file in files] == [
        (32, False),
        (0, False),
        (180, False),
        (192, False),
        (512, False),
        (512, True),
    ]
    assert len({file.path for file in files}) == len({file.key for file in files}) == 6
    source = MemoryPictures()
    for file in files:
        if file.width:
            assert opened(file.make(source)).size == (file.width, file.width)
        else:
            assert file.make(source).startswith(b"<svg")


def test_another_name_or_logo_changes_every_key() -> None:
    for house in (replace(HOUSE, name="Valley Post"), replace(HOUSE, logo="1" * 64 + ".png")):
        keys = {file.key for file in icon_files(HOUSE)}
        assert not keys & {file.key for file in icon_files(house)}
    house = replace(HOUSE, rights="© Harbour Post", url="https://post.example/")
    assert icon_files(house) == icon_files(HOUSE)


def test_logo_is_whole_in_the_middle_without_its_metadata() -> None:
    source = MemoryPictures()
    wide = jpeg_with_exif(exif((0x010F, 2, b"CANARY\0")), drawn(size=(600, 200)))
    house = replace(HOUSE, logo=source.add(wide))
    icons = {(file.width, file.maskable): file.make(source) for file in icon_files(house)}
    assert set(icons) == {(32, False), (180, False), (192, False), (512, False), (512, True)}
    assert not any(b"CANARY" in data or b"eXIf" in data for data in icons.values())
    image = opened(icons[512, False]).convert("L")
    assert [image.getpixel((x, 256)) for x in (5, 506)] == [0, 255]
    assert image.getpixel((256, 100)) == 255, "above it is white"
    maskable = opened(icons[512, True]).convert("L")
    assert [maskable.getpixel((x, 256)) for x in (105, 130)] == [255, 0], "inside the circle"


def test_missing_logo_is_named() -> None:
    house = replace(HOUSE, logo="1" * 64 + ".png")
    with pytest.raises(NotFound, match="The paper's logo: "):
        icon_files(house)[0].make(MemoryPictures())
