"""The words that search compares, by the table that the site's script is tested with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.text.folding import fold, fold_words

CASES = json.loads((Path(__file__).parent / "folding_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "words"), CASES["words"], ids=lambda case: str(case)[:30])
def test_words_are_folded_as_the_table_says(text: str, words: list[str]) -> None:
    assert fold(text) == " ".join(words)
    assert [word.text for word in fold_words(text)] == words
    assert fold(fold(text)) == fold(text), "what is folded stays as it is"


def test_places_of_words_are_those_in_the_text() -> None:
    text = "Le  l’art, Straße\u00adn C++! מָה 渡轮 the mayor’s"
    found = [(word.text, text[word.start : word.end]) for word in fold_words(text)]
    assert found == [
        ("le", "Le"),
        ("l", "l"),
        ("art", "art"),
        ("strassen", "Straße\u00adn"),
        ("cplusplus", "C++"),
        ("מה", "מָה"),
        ("渡", "渡"),
        ("轮", "轮"),
        ("the", "the"),
        ("mayor", "mayor’s"),
    ]


def test_a_line_without_spaces_is_folded_in_one_pass() -> None:
    line = "a’b" * 50_000 + "漢" * 50_000
    assert len(list(fold_words(line))) == 50_001


@given(st.text(st.sampled_from("lLdsʼʻ’'\"״ א\u0301+#1")))
def test_any_text_has_words_with_their_places(text: str) -> None:
    for word in fold_words(text):
        assert word.text
        assert 0 <= word.start < word.end <= len(text)
