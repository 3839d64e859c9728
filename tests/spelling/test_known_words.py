"""Names and words of one's own, and the capitals they may have."""

from __future__ import annotations

import pytest

from editor.spelling.known_words import KnownWords


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("blockchain", True),
        ("Blockchain", True),
        ("BLOCKCHAIN", True),
        ("blockChain", False),
        ("Vilna", True),
        ("VILNA", True),
        ("vilna", False),
        ("Quill", True),
        ("Zorvan", True),
        ("Zorvan Quill", False),
        ("D'Arcy", True),
    ],
)
def test_a_name_has_its_capitals_and_a_word_any(word: str, known: bool) -> None:
    assert KnownWords(["blockchain", "Vilna", "Zorvan Quill", "D’Arcy"]).has(word) is known


def test_known_words_are_equal_by_their_words() -> None:
    assert KnownWords(["a b"]) == KnownWords(["b", "a"])
    assert hash(KnownWords(["a b"])) == hash(KnownWords(["b", "a"]))
    assert KnownWords(["a"]) != KnownWords(["b"])
