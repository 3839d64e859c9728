"""The small line of a row: marks that are seen without colour, in any width and direction."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from editor.gui.library.details_line import DetailsLine
from editor.gui.library.row_details import RowDetails

PLAIN = RowDetails(("Draft", "Ines Vale"), ("2 h", "212 words"))
WIDTH = 400


def painted(details: RowDetails, width: int = WIDTH, *, is_mirrored: bool = False) -> QImage:
    """The line on white, without colour."""
    image = QImage(width + 40, 30, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(QApplication.font())
    DetailsLine(painter, QRect(20, 5, width, 20), is_mirrored=is_mirrored).paint(details)
    painter.end()
    return image


def inked(image: QImage, left: int, right: int) -> int:
    """How many pixels between two columns are not white."""
    pixels = ((x, y) for x in range(left, right) for y in range(image.height()))
    return sum(image.pixelColor(x, y).lightness() < 250 for x, y in pixels)


@pytest.mark.parametrize(
    "more",
    [{"is_live": True}, {"notes": 2}, {"language": "ar"}, {"is_chosen": True}],
    ids=lambda more: next(iter(more)),
)
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_marks_are_seen_without_colour_at_the_end(
    qapp: QApplication, more: dict[str, object], is_mirrored: bool
) -> None:
    marked = RowDetails(PLAIN.parts, PLAIN.always, **more)  # type: ignore[arg-type]
    end = (20, 50) if is_mirrored else (WIDTH - 10, WIDTH + 20)
    assert not inked(painted(PLAIN, is_mirrored=is_mirrored), *end)
    assert inked(painted(marked, is_mirrored=is_mirrored), *end) > 20


@pytest.mark.parametrize("width", [0, 30, 60, 150, 200])
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_words_stay_inside_a_narrow_line(qapp: QApplication, width: int, is_mirrored: bool) -> None:
    long = RowDetails(
        ("Returned by Somebody With A Long Name", "Ines Vale", "World"),
        ("waiting 14 min", "12,212 words"),
        dot="accent",
    )
    image = painted(long, width, is_mirrored=is_mirrored)
    if width > 60:
        assert not inked(image, 0, 20)
        assert not inked(image, width + 21, width + 40)


def test_length_is_said_where_other_parts_have_no_room(qapp: QApplication) -> None:
    always = RowDetails((), ("212 words",))
    longer = RowDetails(("A very long state indeed, of many words",), ("212 words",))
    assert inked(painted(longer, 150), 20, 190) > inked(painted(always, 150), 20, 190)
