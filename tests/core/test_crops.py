"""Boxes of pixels and fractions of a picture say the same."""

from __future__ import annotations

import pytest

from editor.core.crops import CUT_BY_HAND, LEAD, box_part, focal_box, part_box


@pytest.mark.parametrize("size", [(6000, 4000), (301, 1000), (7, 7)])
def test_box_is_the_same_after_it_was_a_part(size: tuple[int, int]) -> None:
    for made in CUT_BY_HAND:
        box = focal_box(made, (0, 0, *size), (0.3, 0.8))
        assert part_box(box_part(box, size), size) == box


def test_focal_box_stays_in_its_area() -> None:
    assert focal_box(LEAD, (100, 50, 260, 250), (0, 1)) == (100, 160, 260, 250)
