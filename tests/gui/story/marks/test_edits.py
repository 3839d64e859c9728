"""An edit is made of two bodies; the words of its lines are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.gui.story.marks.edits import MarkEdit, pieces_of, word_at


@given(st.text("ab\n🚢"), st.text("ab\n🚢"))
def test_edit_between_two_bodies_makes_one_of_the_other(before: str, after: str) -> None:
    assert MarkEdit.between(before, after, (0, 0)).on(before) == after


def test_words_of_lines_have_no_marks_and_spaces_around() -> None:
    body = "- one \n\n## two\n>  three"
    assert [body[slice(*piece)] for piece in pieces_of(body, 0, len(body))] == [
        "one",
        "two",
        "three",
    ]


def test_word_at_a_caret_has_its_apostrophes() -> None:
    assert word_at("don’t stop", 5) == [(0, 5)]
    assert word_at("one  two", 4) == []
