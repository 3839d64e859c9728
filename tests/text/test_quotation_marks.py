"""Each language has its own quotation marks; the checks and what is typed agree on them."""

from __future__ import annotations

import pytest

from editor.core.language_table import LANGUAGES
from editor.text.quotation_marks import (
    curly_marks,
    french_spaces,
    quotation_marks,
    same_mark_opens,
)


@pytest.mark.parametrize(
    ("language", "outer", "inner", "single"),
    [
        ("en", "“”", "‘’", "‘’"),
        ("de", "„“", "‚‘", "‚‘"),
        ("de-AT", "„“", "‚‘", "‚‘"),
        ("de-CH", "«»", "‹›", "‹›"),
        ("de-Latn-CH", "«»", "‹›", "‹›"),
        ("fr-FR", "«»", "“”", "‘’"),
        ("fr-CH", "«»", "‹›", "‹›"),
        ("es-MX", "«»", "“”", "‘’"),
        ("pt", "“”", "‘’", "‘’"),
        ("pt-PT", "«»", "“”", "‘’"),
        ("pl", "„”", "«»", "‚’"),
        ("SV", "””", "’’", "’’"),
        ("ar", "«»", "“”", "‘’"),
        ("qqq", "“”", "‘’", "‘’"),
    ],
)
def test_a_language_has_its_own_marks(language: str, outer: str, inner: str, single: str) -> None:
    assert quotation_marks(language) == (outer, inner, single)


@pytest.mark.parametrize("language", [*LANGUAGES, "de-CH", "fr-CA", "fi", "hu"])
def test_every_pair_has_two_marks(language: str) -> None:
    assert [len(pair) for pair in quotation_marks(language)] == [2, 2, 2]
    assert len(curly_marks(language)) == 4


@pytest.mark.parametrize(
    ("language", "marks"),
    [("en", "“”‘’"), ("de", "„“‚‘"), ("pl", "„”‚’"), ("fi", "””’’"), ("fr", "“”‘’")],
)
def test_curly_marks_are_the_own_ones_or_those_of_english(language: str, marks: str) -> None:
    assert curly_marks(language) == marks


def test_one_mark_is_on_both_sides_in_the_north() -> None:
    assert same_mark_opens("sv-SE")
    assert same_mark_opens("fi")
    assert not same_mark_opens("de")


def test_french_has_spaces_by_region() -> None:
    assert set(french_spaces("fr")) == set(";!?:«»")
    assert set(french_spaces("fr-CA")) == set(":«»")
    assert french_spaces("fr-CH") == french_spaces("en") == {}
