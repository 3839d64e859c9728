"""The shapes that a picture is cut to, and which part of it each shape shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from editor.core.rendition import Box

Part: TypeAlias = tuple[float, ...]
"""Left, top, width and height as fractions of a picture; empty for none."""


class Shape(NamedTuple):
    """A shape by its name, its proportions, and the part of a picture that has its crop."""

    name: str
    across: int
    down: int
    part: str = ""

    @property
    def ratio(self) -> float:
        """The width by the height."""
        return self.across / self.down


LEAD: Final = Shape("lead", 16, 9, "lead_crop")
SQUARE: Final = Shape("square", 1, 1, "square_crop")
PORTRAIT: Final = Shape("portrait", 4, 5, "portrait_crop")
CLASSIC: Final = Shape("classic", 4, 3)

CUT_BY_HAND: Final = (LEAD, SQUARE, PORTRAIT)
"""The shapes that somebody may cut by hand."""


def part_box(part: Sequence[float], size: tuple[int, int]) -> Box:
    """Return a part of a picture of a size in pixels; at least one pixel of it."""
    across, down = size
    left, top, width, height = part
    x, y = min(round(left * across), across - 1), min(round(top * down), down - 1)
    right = min(across, max(x + 1, round((left + width) * across)))
    return x, y, right, min(down, max(y + 1, round((top + height) * down)))


def focal_box(shape: Shape, area: Box, focus: tuple[float, float]) -> Box:
    """Return the largest box of a shape in an area, at a focal point.

    The point is as far from the box's edges as from the area's: that is how CSS places a
    picture with `object-position`, so cards show the same.
    """
    left, top, right, bottom = area
    across, down = right - left, bottom - top
    unit = min(across / shape.across, down / shape.down)
    width, height = max(1, round(unit * shape.across)), max(1, round(unit * shape.down))
    x, y = (round(share * 100) for share in focus)
    left += round((across - width) * x / 100)
    top += round((down - height) * y / 100)
    return left, top, left + width, top + height


def box_part(box: Box, size: tuple[int, int]) -> Part:
    """Return a box in pixels as fractions of a picture of a size."""
    left, top, right, bottom = box
    across, down = size
    return left / across, top / down, (right - left) / across, (bottom - top) / down
