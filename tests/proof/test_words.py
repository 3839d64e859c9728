"""The words around stories: complete in every language, with its plural forms and digits."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from babel.core import Locale

from editor.core.publisher import Digits
from editor.core.times import parse_instant
from editor.proof.words import language_name, words
from editor.resources import resource

FILES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in resource("templates", "words").glob("*.json")
}
LANGUAGES = sorted(FILES)
NATIVE = words("ar", "Asia/Dubai", Digits.NATIVE)


def test_there_are_words_in_six_languages() -> None:
    assert {"ar", "de", "en", "es", "fr", "tr"} <= FILES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_in_order(language: str) -> None:
    assert sorted(FILES[language]) == sorted(FILES["en"])
    for key, phrase in FILES[language].items():
        assert isinstance(phrase, str) is isinstance(FILES["en"][key], str), key
        for text in (phrase,) if isinstance(phrase, str) else phrase.values():
            assert text == text.strip() != "", key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_the_plural_forms_of_its_language(language: str) -> None:
    forms = set(Locale.parse(language).plural_form.tags) | {"other"}
    for key, phrase in FILES[language].items():
        if not isinstance(phrase, str):
            assert phrase.keys() == forms, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_filled_with_what_the_english_one_is(language: str) -> None:
    def fields(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    for key, phrase in FILES[language].items():
        english = FILES["en"][key]
        if isinstance(phrase, str):
            assert fields(phrase) == fields(english), key
        else:
            assert fields(phrase["other"]) == fields(english["other"]), key


@pytest.mark.parametrize("language", ["", "xx-nothing", "../../x"])
def test_language_without_words_has_english_ones(language: str) -> None:
    assert words(language)["archive"] == "Archive"
    assert words(language).month(date(2026, 3, 1)) == "March 2026"


def test_native_digits_are_in_dates_counts_and_page_numbers() -> None:
    instant = parse_instant("2026-03-03T20:05:00Z")
    assert NATIVE.day(instant) == "٤ مارس ٢٠٢٦"
    assert NATIVE.moment(instant) == "٤ مارس ٢٠٢٦، ٠٠:٠٥ UTC+04:00"
    assert NATIVE.month(date(2026, 3, 1)) == "مارس ٢٠٢٦"
    assert NATIVE.page(12) == "الصفحة ١٢"
    assert NATIVE.count("stories", 11) == "١١ خبرًا"
    assert NATIVE.number(12_500) == "١٢,٥٠٠"
    assert NATIVE.year(1911) == "١٩١١"


def test_latin_digits_are_in_every_language_that_was_not_asked_for_others() -> None:
    assert words("ar").count("stories", 11) == "11 خبرًا"
    assert words("fa").number(12_500).translate({ord("٬"): ","}) == "12,500"


@pytest.mark.parametrize("language", ["en", "fr", "tr", ""])
def test_language_without_digits_of_its_own_keeps_those_of_english(language: str) -> None:
    assert words(language, digits=Digits.NATIVE).year(1911) == "1911"


@pytest.mark.parametrize(
    ("language", "digits"), [("fa", "۱۲"), ("hi", "१२"), ("bn", "১২"), ("th", "๑๒"), ("ckb", "١٢")]
)
def test_digits_are_those_of_the_language(language: str, digits: str) -> None:
    assert words(language, digits=Digits.NATIVE).number(12) == digits


@pytest.mark.parametrize(
    ("month", "instant"), [("2026-03", "2026-02-28T23:30:00Z"), ("2026-02", "2026-02-28T22:30:00Z")]
)
def test_month_is_that_of_the_papers_zone(month: str, instant: str) -> None:
    assert words("en", "Europe/Oslo").month_of(parse_instant(instant)) == month


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("ar", "العربية"), ("fr", "Français"), ("tr", "Türkçe"), ("zz", "zz")],
)
def test_language_is_named_in_itself(language: str, name: str) -> None:
    assert language_name(language) == name
