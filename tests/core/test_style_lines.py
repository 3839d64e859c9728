"""Words of a house style, as people write them."""

from __future__ import annotations

import pytest

from editor.core.house_style import LoadedWord
from editor.core.style_lines import loaded_lines, parse_loaded, parse_words, word_lines
from editor.errors import BadValue

LOADED = (LoadedWord("brutal"), LoadedWord("claimed", "said"))


def test_words_are_read_as_they_were_written() -> None:
    assert parse_words(word_lines(("Akwasi", "Wadi Halfa"))) == ("Akwasi", "Wadi Halfa")
    assert parse_words("\n  Akwasi \n\n") == ("Akwasi",)


def test_loaded_words_are_read_as_they_were_written() -> None:
    assert loaded_lines(LOADED) == "brutal\nclaimed → said"
    assert parse_loaded(loaded_lines(LOADED)) == LOADED
    assert parse_loaded("\nbrutal\n  claimed=said  \n") == LOADED
    assert parse_loaded("claimed →") == (LoadedWord("claimed"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("brutal\n→ said", "Line 2 names no word"),
        ("brutal\n\nbrutal=x", "Line 3 has “brutal”"),
    ],
)
def test_line_with_a_mistake_is_named(text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        parse_loaded(text)
