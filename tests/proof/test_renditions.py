"""Which files a picture has: none wider than it is, and crops around the focal point."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.crops import CLASSIC, LEAD, PORTRAIT, SQUARE
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.proof.renditions import (
    SHAPES,
    crop_box,
    crops,
    lead_crops,
    lead_renditions,
    picture_name,
    renditions,
    site_renditions,
)

NAME = "0123456789abcdef" + "0" * 48 + ".jpg"


@pytest.mark.parametrize("file", ["", "../../etc/passwd", "a.jpg", NAME + "/x", NAME[:-4]])
def test_file_that_the_desk_did_not_name_has_no_renditions(file: str) -> None:
    picture = Picture(file, width=100, height=100)
    assert renditions(picture) == crops(picture) == site_renditions(picture) == ()


@pytest.mark.parametrize("size", [(0, 0), (0, 9), (9, 0), (-5, 5)])
def test_picture_without_a_size_has_no_renditions(size: tuple[int, int]) -> None:
    picture = Picture(NAME, width=size[0], height=size[1])
    assert renditions(picture) == crops(picture) == ()


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (300, [300]),
        (480, [480]),
        (500, [500]),
        (1000, [480, 800, 1000]),
        (1200, [480, 800, 1200]),
        (1250, [480, 800, 1250]),
        (1799, [480, 800, 1200, 1799]),
        (9000, [480, 800, 1200, 1800]),
    ],
)
def test_no_rendition_is_wider_than_the_picture(width: int, widths: list[int]) -> None:
    made = renditions(Picture(NAME, width=width, height=width * 2))
    assert [size.width for size in made] == widths
    path = f"media/0123456789abcdef-{widths[0]}.jpg"
    assert made[0] == Rendition(path, widths[0], widths[0] * 2)


@pytest.mark.parametrize(
    "size", [(1, 65_500), (5, 3_000), (480, 40_000), (1_800, 20_000), (65_500, 1), (3_000, 5)]
)
def test_no_rendition_is_larger_than_every_kind_can_be(size: tuple[int, int]) -> None:
    picture = Picture(NAME, width=size[0], height=size[1])
    for made in site_renditions(picture) + crops(picture):
        assert 1 <= made.width <= size[0]
        assert 1 <= made.height <= 16_383
        assert made.width * made.height <= 8_100_000


def test_large_picture_has_four_widths_in_three_kinds_and_three_crops() -> None:
    picture = Picture(NAME, width=6000, height=4000)
    sizes = site_renditions(picture)
    assert [size.type for size in sizes[::4]] == ["image/avif", "image/webp", "image/jpeg"]
    assert len({size.path for size in sizes + crops(picture)}) == 12 + 3


@pytest.mark.parametrize("size", [(6000, 4000), (4000, 6000), (1000, 300), (301, 1000), (7, 7)])
@pytest.mark.parametrize("focus", [(0.5, 0.5), (0, 0), (1, 1), (0.02, 0.97), (0.333, 0.777)])
def test_crop_has_its_shape_and_the_focal_point_inside(
    size: tuple[int, int], focus: tuple[float, float]
) -> None:
    picture = Picture(NAME, width=size[0], height=size[1], focus=focus)
    for made, shape in zip(crops(picture), SHAPES, strict=True):
        across, down = shape.across, shape.down
        assert made.crop is not None
        left, top, right, bottom = made.crop
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
        assert abs((right - left) * down - (bottom - top) * across) <= across + down
        near = 1 + max(size) / 100  # the path names it in percents
        assert left - near <= focus[0] * size[0] <= right + near
        assert top - near <= focus[1] * size[1] <= bottom + near
        assert made.width == min(1200, right - left)
        assert right - left == size[0] or bottom - top == size[1]


def test_crops_at_other_focal_points_have_other_paths() -> None:
    paths = {
        size.path
        for focus in ((0.1, 0.1), (0.5, 0.1), (0.5, 0.9))
        for size in crops(Picture(NAME, width=900, height=600, focus=focus))
    }
    # 16:9 can only be moved down, the others only across.
    assert len(paths) == 2 + 2 + 2


def test_crop_by_hand_shows_what_somebody_chose() -> None:
    picture = Picture(NAME, width=2000, height=1000, lead_crop=(0.25, 0.1, 0.4, 0.45))
    lead, classic, square = crops(picture)
    assert lead.crop == (500, 100, 1300, 550)
    assert (lead.width, lead.height) == (800, 450)
    assert classic.crop == crop_box(picture, CLASSIC)
    left, top, right, bottom = classic.crop or (0, 0, 0, 0)
    assert left >= 500
    assert right <= 1300, "what the lead crop leaves out stays out"
    assert (top, bottom) == (100, 550)
    assert square.crop == (500, 0, 1500, 1000), "the focal point decides"
    paths = {size.path for size in crops(replace(picture, lead_crop=(0.25, 0.1, 0.4, 0.44)))}
    assert lead.path not in paths


def test_portrait_is_made_where_somebody_chose_it() -> None:
    picture = Picture(NAME, width=2000, height=1000, portrait_crop=(0, 0, 0.4, 1))
    assert crops(picture)[3].crop == crop_box(picture, PORTRAIT) == (0, 0, 800, 1000)
    assert len({size.path for size in crops(picture)}) == 4
    plain = Picture(NAME, width=2000, height=1000)
    assert crops(picture)[:3] == crops(plain)
    assert lead_crops(plain) == crops(plain)


def test_lead_crop_has_sizes_in_every_kind() -> None:
    picture = Picture(NAME, width=4000, height=3000, lead_crop=(0.1, 0.1, 0.8, 0.6))
    assert [size.width for size in lead_renditions(picture)] == [480, 800, 1200, 1800]
    assert {size.crop for size in lead_renditions(picture)} == {crop_box(picture, LEAD)}
    made = lead_crops(picture)
    assert len({size.path for size in made}) == len(made) == 3 + 12
    plain = replace(picture, lead_crop=())
    assert lead_renditions(plain) == renditions(plain)
    assert renditions(picture) == renditions(plain)


def test_turned_picture_has_other_sides_and_another_name() -> None:
    plain = Picture(NAME, width=2000, height=1000)
    turned = plain.turned(1)
    assert turned.size == (1000, 2000)
    assert [(size.width, size.height) for size in renditions(turned)] == [
        (480, 960), (800, 1600), (1000, 2000),
    ]  # fmt: skip
    assert {size.rotation for size in site_renditions(turned) + crops(turned)} == {90}
    names = {picture_name(plain.turned(quarters)) for quarters in range(4)}
    assert len(names) == 4
    assert picture_name(plain) == NAME[:16]


@pytest.mark.parametrize("part", [(0, 0, 0.0001, 0.0001), (0.9999, 0.9999, 1, 1), (0, 0, 1, 1)])
def test_least_and_largest_crops_have_a_pixel(part: tuple[float, ...]) -> None:
    picture = Picture(NAME, width=300, height=200, square_crop=part)
    left, top, right, bottom = crop_box(picture, SQUARE)
    assert 0 <= left < right <= 300
    assert 0 <= top < bottom <= 200
