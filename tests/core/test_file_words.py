"""A file's words fill what is empty, and never what somebody wrote."""

from __future__ import annotations

from editor.core.file_words import FILLED, FileWords
from editor.core.story import Picture

WORDS = FileWords("A quay.", "AP", "A quay at dawn", "© AP", "One time use", "Oslo", "2026-03-03")


def test_empty_parts_are_filled_and_others_stay() -> None:
    filled = WORDS.fill(Picture(caption="Mine", width=3))
    assert filled == Picture(
        caption="Mine", credit="AP", alt="A quay at dawn", rights="© AP", usage="One time use",
        width=3,
    )  # fmt: skip
    assert WORDS.fill(Picture(decorative=True)).alt == ""
    assert FileWords().fill(filled) == filled


def test_differing_words_are_those_that_the_file_says_otherwise() -> None:
    assert WORDS.differing(Picture(caption="Mine", credit="AP", rights="© AP")) == {
        "caption": "A quay.", "alt": "A quay at dawn", "usage": "One time use",
    }  # fmt: skip
    assert set(WORDS.differing(Picture())) == set(FILLED)


def test_json_has_what_is_there_and_leaves_out_what_is_unknown() -> None:
    assert FileWords.from_json({**WORDS.to_json(), "later": "x"}) == WORDS
    assert FileWords().to_json() == {}
