"""The words of a body, without any sign of how they are set."""

from __future__ import annotations

import pytest

from editor.text.plain import plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("*One* **two**\n\n[three](four)", "One two\n\nthree"),
        ("- a\n- b\n    1. c", "a\n\nb\n\nc"),
        ("> `a<b`\n\n---\n\n    code", "a<b\n\ncode"),
        ("a  \nb", "a\nb"),
        ("|a|b|\n|-|-|\n|c|d|", "a\tb\n\nc\td"),
        ("<b>kept</b> &amp; read", "<b>kept</b> & read"),
    ],
)
def test_words_are_given_without_markup(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


def test_marks_of_footnotes_are_no_words_and_their_texts_are() -> None:
    assert plain_text("The quay[^1] opened[^2].\n\n[^1]: The old one.") == (
        "The quay opened[^2].\n\nThe old one."
    )
