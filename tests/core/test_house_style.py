"""The house style as a value: sorted, of a bounded size, and the same after it was read back."""

from __future__ import annotations

import json

import pytest

from editor.core.findings import Level
from editor.core.house_style import (
    LONGEST_RULES,
    MOST_LOADED,
    MOST_RULES,
    MOST_WORDS,
    HouseStyle,
    LoadedWord,
    RuleText,
)
from editor.errors import BadValue

STYLE = HouseStyle(
    levels=(("mixed-quotes", Level.STOPS), ("length", Level.OFF)),
    words=("Wadi Halfa", "Akwasi", "wadi"),
    loaded=(LoadedWord("claimed", "said"), LoadedWord("brutal")),
    rules=(RuleText("terms.toml", "[existence]\n"),),
)


def test_plain_style_is_empty() -> None:
    assert HouseStyle().to_json() == {}
    HouseStyle().require_valid()


def test_style_reads_back_from_its_canonical_bytes() -> None:
    STYLE.require_valid()
    assert HouseStyle.from_json(json.loads(STYLE.canonical())) == STYLE


def test_parts_are_sorted_and_each_is_there_once() -> None:
    other = HouseStyle(
        levels=(("length", Level.HINT), ("length", Level.OFF), ("mixed-quotes", Level.STOPS)),
        words=("wadi", "Akwasi ", "  Wadi\tHalfa", "Akwasi", "", " "),
        loaded=(LoadedWord("brutal"), LoadedWord(" "), LoadedWord("claimed", " said")),
        rules=(RuleText("terms.toml", "[existence]\r\n"),),
    )
    assert other == STYLE
    assert other.hash == STYLE.hash
    assert STYLE.words == ("Akwasi", "wadi", "Wadi Halfa")


def test_level_is_the_checks_own_until_the_desk_decides() -> None:
    assert STYLE.level("length", Level.WARNING) is Level.OFF
    assert STYLE.level("links", Level.WARNING) is Level.WARNING
    assert STYLE.with_level("length", None).level("length", Level.WARNING) is Level.WARNING
    assert STYLE.with_level("length", Level.HINT).level("length", Level.WARNING) is Level.HINT


def test_words_are_added_to_those_there_are() -> None:
    assert STYLE.with_words("Boateng", "Akwasi").words == (
        "Akwasi",
        "Boateng",
        "wadi",
        "Wadi Halfa",
    )


@pytest.mark.parametrize(
    ("style", "sentence"),
    [
        (HouseStyle(words=tuple(f"w{n}" for n in range(MOST_WORDS + 1))), "20,001 words; 20,000"),
        (
            HouseStyle(loaded=tuple(LoadedWord(f"w{n}") for n in range(MOST_LOADED + 1))),
            "2,001 loaded words",
        ),
        (
            HouseStyle(rules=tuple(RuleText(f"r{n}.toml", "") for n in range(MOST_RULES + 1))),
            "101 rule files",
        ),
        (
            HouseStyle(rules=(RuleText("a.toml", "x" * (LONGEST_RULES + 1)),)),
            "100,001 characters",
        ),
        (
            HouseStyle(rules=tuple(RuleText(f"{n}.toml", "x" * LONGEST_RULES) for n in range(21))),
            "2,000,000 is the limit",
        ),
        (HouseStyle(words=("x" * 81,)), "81 characters"),
        (HouseStyle(loaded=(LoadedWord("claimed", "x" * 81),)), "81 characters"),
        (HouseStyle(levels=(("Mixed Quotes", Level.OFF),)), "“Mixed Quotes”"),
        (HouseStyle(rules=(RuleText("../terms.toml", ""),)), "“../terms.toml”"),
        (HouseStyle(rules=(RuleText("x" * 81, ""),)), "name of a rule file"),
    ],
)
def test_what_cant_be_a_style_is_refused_with_its_reason(style: HouseStyle, sentence: str) -> None:
    with pytest.raises(BadValue) as refused:
        style.require_valid()
    assert sentence in refused.value.sentence
    assert refused.value.hint


@pytest.mark.parametrize("value", [[], {"levels": {"length": "loud"}}, {"words": 3}])
def test_what_is_no_style_does_not_read(value: object) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        HouseStyle.from_json(value)  # type: ignore[arg-type]
