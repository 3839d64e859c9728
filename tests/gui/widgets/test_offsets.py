"""Python's and Qt's ways of counting agree after conversion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from editor.gui.widgets.offsets import all_to_qt, from_qt, source, to_qt

_TEXTS = st.text(alphabet=st.sampled_from("ab \u00e9\u0645\u200f\u4e2d\U0001f6a2\U0001f468\u200d"))


def test_an_emoji_is_two_units_in_qt() -> None:
    text = "a🚢b"
    assert [to_qt(text, index) for index in range(4)] == [0, 1, 3, 4]
    assert [from_qt(text, position) for position in (0, 1, 3, 4)] == [0, 1, 2, 3]
    assert from_qt(text, 2) == 1, "inside a pair is before it"


def test_index_past_the_end_is_the_end() -> None:
    assert to_qt("ab", 9) == 2
    assert from_qt("🚢", 9) == 1
    assert to_qt("ab", -3) == from_qt("ab", -3) == 0


@given(_TEXTS, st.integers(0, 40))
def test_index_survives_the_way_to_qt_and_back(text: str, index: int) -> None:
    index = min(index, len(text))
    assert from_qt(text, to_qt(text, index)) == index


@given(_TEXTS, st.lists(st.integers(-3, 40)))
def test_many_indexes_are_converted_as_each_alone(text: str, indexes: list[int]) -> None:
    assert all_to_qt(text, indexes) == [to_qt(text, index) for index in indexes]


@given(_TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_qt_selects_what_python_slices(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    document = QTextDocument()
    document.setPlainText(text)
    cursor = QTextCursor(document)
    cursor.setPosition(to_qt(text, start))
    cursor.setPosition(to_qt(text, end), QTextCursor.MoveMode.KeepAnchor)
    # Qt may put a caret only between whole characters, so it may take more, never less.
    assert text[start:end] in cursor.selectedText()


def test_no_break_spaces_stay(qapp: object) -> None:
    document = QTextDocument()
    document.setPlainText("25\u00a0km\nlong\u202fago")
    assert document.toPlainText() != "25\u00a0km\nlong\u202fago", "Qt's own reading loses one"
    assert source(document) == "25\u00a0km\nlong\u202fago"
