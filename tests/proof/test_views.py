"""What the templates know of a picture: whether it may lead a page, and fill a column."""

from __future__ import annotations

import pytest

from editor.core.story import Picture
from editor.proof.views import PictureView

FILE = f"{'a' * 64}.jpg"


def view(width: int, height: int, file: str = FILE) -> PictureView:
    [made] = PictureView.all_of((Picture(file, width=width, height=height, caption="A view."),))
    return made


def test_picture_without_a_file_fills_nothing() -> None:
    made = view(0, 0, "")
    assert made.is_small
    assert not made.is_tall
    assert not made.is_strip


@pytest.mark.parametrize(
    ("width", "height", "is_large", "is_small"),
    [
        (880, 587, True, False),
        (879, 587, False, False),
        (880, 586, False, False),  # a crop as wide as the page would be enlarged
        (768, 768, False, False),
        (767, 511, False, True),
        (1600, 300, False, False),
    ],
)
def test_picture_leads_and_fills_its_column_only_where_it_has_the_pixels(
    width: int, height: int, is_large: bool, is_small: bool
) -> None:
    made = view(width, height)
    assert (made.is_large, made.is_small) == (is_large, is_small)


def test_shape_of_a_picture() -> None:
    assert view(600, 601).is_tall
    assert not view(600, 600).is_tall
    assert view(601, 300).is_strip
    assert not view(600, 300).is_strip
