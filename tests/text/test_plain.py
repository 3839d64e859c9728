"""The words of a body, without any sign of how they are set."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.text import plain
from editor.text.parse import parse
from editor.text.plain import plain_text, to_plain
from tests.text import documents


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


_LINES = st.lists(
    st.text(
        st.sampled_from("abZé5٣中 .,:;?%()–—“”'\"/@=+-*_[]<&|~!#\\`\u00a0\u200d\ue000"), max_size=12
    )
)


@given(st.one_of(documents.markdown, _LINES.map("\n\n".join), _LINES.map("\n".join)))
@example("a  \n\nb")
@example("A=B\n===\n\nC: d")
def test_words_are_those_of_the_parsed_text(markdown: str) -> None:
    assert plain_text(markdown) == to_plain(parse(markdown))


def test_only_sections_with_marks_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    monkeypatch.setattr(plain, "parse", lambda text: parsed.append(text) or parse(text))
    assert plain_text("One day, a ferry.\n\nIt was **red**.\n\nThen it left.\n") == (
        "One day, a ferry.\n\nIt was red.\n\nThen it left."
    )
    assert parsed == ["It was **red**.\n\n"]
