"""The ground under what was found: which letters it is under, also in other scripts and later."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from editor.gui.theme import color
from editor.gui.widgets.match_marks import MarkedText, MatchMarks
from editor.gui.widgets.text_area import TextArea
from editor.gui.widgets.text_field import TextField


@pytest.fixture
def field(qtbot: QtBot) -> TextField:
    made = TextArea()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def columns(field: TextField, ground: QColor) -> tuple[int, int] | None:
    """Return the first and the last pixel column of a colour."""
    image = field.viewport().grab().toImage()
    found = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == ground for y in range(image.height()))
    ]
    return (found[0], found[-1]) if found else None


def edges(field: TextField, start: int, end: int) -> tuple[float, float]:
    """Return where Qt selects a range, by the cursor's places."""
    places = []
    for index in (start, end):
        field.select(index, index)
        places.append(field.cursorRect().center().x())
    return min(places), max(places)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Kiev metro opened", "Kiev"),
        ("🙂🙂 Kiev 🙂", "Kiev"),
        ("وصل الوفد إلى القدس اليوم", "القدس"),
    ],
)
def test_the_ground_is_under_the_letters(field: TextField, text: str, words: str) -> None:
    field.set_text(text)
    start = text.index(words)
    marks = MatchMarks()
    marks.show_all({field: MarkedText(text, [(start, start + len(words))])})
    found, expected = columns(field, color("match")), edges(field, start, start + len(words))
    assert found is not None
    assert found == pytest.approx(expected, abs=2)


def test_a_word_of_another_direction_is_marked_whole(field: TextField) -> None:
    text = "abc القدس def"
    field.set_text(text)
    marks = MatchMarks()
    marks.show_all({field: MarkedText(text, [(4, 9)])})
    found = columns(field, color("match"))
    assert found is not None
    assert found == pytest.approx((edges(field, 3, 3)[0], edges(field, 10, 10)[0]), abs=8)


def test_a_match_over_two_lines_has_ground_in_both(field: TextField) -> None:
    text = "one\ntwo"
    field.set_text(text)
    marks = MatchMarks()
    marks.show_all({field: MarkedText(text, [(0, 7)])})
    image = field.viewport().grab().toImage()
    rows = {y for y in range(image.height()) if image.pixelColor(8, y) == color("match")}
    assert len(rows) > 1.5 * field.fontMetrics().height()


def test_marks_move_with_their_text_and_go_with_it(field: TextField) -> None:
    text = "Kiev and Kiev and Kiev"
    field.set_text(text)
    marks = MatchMarks()
    marks.show_all({field: MarkedText(text, [(0, 4), (9, 13), (18, 22)])})
    field.set_text("Kiev and 🙂 Kieev and Kiev")
    assert [field.text()[start:end] for start, end in marks.ranges(field)] == ["Kiev", "Kiev"]
    marks.show_all({})
    assert marks.ranges(field) == ()
    assert columns(field, color("match")) is None


def test_what_is_searched_in_has_a_ground_of_its_own(field: TextField) -> None:
    text = "one two three"
    field.set_text(text)
    marks = MatchMarks()
    marks.show_all({field: MarkedText(text, [(4, 7)], scope=(0, 7))})
    scope, match = columns(field, color("chip")), columns(field, color("match"))
    assert scope is not None
    assert match is not None
    assert scope[0] < match[0]


def test_a_field_that_was_deleted_is_forgotten(field: TextField, qtbot: QtBot) -> None:
    other = TextArea()
    marks = MatchMarks()
    marks.show_all({other: MarkedText("a", [(0, 1)])})
    with qtbot.waitSignal(other.destroyed):
        other.deleteLater()
    field.set_text("a")
    marks.show_all({field: MarkedText("a", [(0, 1)])})
    assert columns(field, color("match")) is not None
