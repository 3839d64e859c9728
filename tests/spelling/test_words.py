"""Which parts of a text are words that have a spelling."""

from __future__ import annotations

import pytest

from editor.spelling.words import find_words, readings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The harbour opened.", ["The", "harbour", "opened"]),
        (
            "the mayor’s boat, the players' room",
            ["the", "mayor's", "boat", "the", "players", "room"],
        ),
        ("re-elected, non\u2011stop and/or", ["re-elected", "non-stop", "and", "or"]),
        ("cafe\u0301 naïve l’été", ["café", "naïve", "l'été"]),
        ("’Tis cold; ’twas 'tis, not tis", ["cold", "not", "tis"]),
        ("NATO, MPs, U.S. and BBC's iPhone", ["and"]),
        ("25km, B2B, 1990s, 3rd, x", []),
        ("@nadia #harbourr paper.example nadia@paper.example https://x.example/teh", []),
        ("see /usr/lib/teh and C:\\teh\\file", ["see", "and"]),
        ("snake_case_teh", []),
        ("“quoted” (brackets)…dots", ["quoted", "brackets", "dots"]),
        ("co\u00adoperate", ["cooperate"]),
        ("漢字 かな ไทย", []),
        ("a" * 61, []),
    ],
)
def test_words_are_found_and_the_rest_is_skipped(text: str, words: list[str]) -> None:
    assert [word.text for word in find_words(text)] == words


def test_a_word_is_where_it_is_written_with_its_script() -> None:
    text = "قالت الحُكومـة إنّ BBC World привет"
    found = [(text[word.start : word.end], word.text, word.script) for word in find_words(text)]
    assert found == [
        ("قالت", "قالت", "Arab"),
        ("الحُكومـة", "الحكومة", "Arab"),
        ("إنّ", "إن", "Arab"),
        ("World", "World", "Latn"),
        ("привет", "привет", "Cyrl"),
    ]


def test_scripts_in_one_word_are_told_apart() -> None:
    assert [(word.text, word.script) for word in find_words("والـGuardian")] == [
        ("وال", "Arab"),
        ("Guardian", "Latn"),
    ]


def test_a_word_is_right_in_parts_as_well() -> None:
    assert list(readings("harbour-master's")) == [
        ("harbour-master's",),
        ("harbour-master",),
        ("harbour", "master"),
    ]
    assert ("été",) in readings("l'été")
    assert list(readings("boat")) == [("boat",)]
