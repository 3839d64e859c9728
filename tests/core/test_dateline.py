"""Datelines of several houses, and templates that are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import (
    AP_TEMPLATE,
    PLAIN_TEMPLATE,
    REUTERS_TEMPLATE,
    SEED_TEMPLATE,
    Dateline,
    checked_template,
    day_text,
    render_dateline,
)
from editor.errors import BadValue

MOSCOW = Dateline(city="Moscow", country="Russia")


@pytest.mark.parametrize(
    "template",
    ["{town}", "[{city}", "{city}]", "[[{city}]]", "]{city}[", "{city", "city}", "{}", "{city }"],
)
def test_a_broken_template_is_refused_with_a_hint(template: str) -> None:
    with pytest.raises(BadValue) as refusal:
        checked_template(template)
    assert refusal.value.hint


@pytest.mark.parametrize("day", ["3 March", "2026-02-30", "--13-01", "--02-30", "2026"])
def test_an_invalid_day_is_refused(day: str) -> None:
    with pytest.raises(BadValue, match="not a day"):
        Dateline(city="Paris", date=day)


@pytest.mark.parametrize(
    ("dateline", "template", "expected"),
    [
        (MOSCOW, SEED_TEMPLATE, "Moscow, Russia–"),
        (Dateline(city="Moscow"), SEED_TEMPLATE, "Moscow–"),
        (Dateline(country="Russia"), SEED_TEMPLATE, "Russia–"),
        (Dateline(), SEED_TEMPLATE, ""),
        (MOSCOW, PLAIN_TEMPLATE, "Moscow, Russia–"),
        (Dateline(city="Portland", state="Ore."), PLAIN_TEMPLATE, "Portland, Ore.–"),
        (MOSCOW, AP_TEMPLATE, "MOSCOW, Russia — "),
        (Dateline(city="Moscow", agency="AP"), AP_TEMPLATE, "MOSCOW (AP) — "),
        (
            Dateline(city="Washington", date="2026-03-03", agency="Reuters"),
            REUTERS_TEMPLATE,
            "WASHINGTON, March 3 (Reuters) - ",
        ),
        (
            Dateline(city="Portland", state="Ore.", date="--02-26"),
            REUTERS_TEMPLATE,
            "PORTLAND, Ore., Feb 26 - ",
        ),
    ],
)
def test_datelines_of_known_house_styles(dateline: Dateline, template: str, expected: str) -> None:
    assert render_dateline(dateline, template) == expected


def test_a_missing_agency_leaves_no_empty_brackets() -> None:
    assert render_dateline(MOSCOW, "{CITY}[ ({agency})] — ") == "MOSCOW — "


@pytest.mark.parametrize(
    ("template", "dateline", "expected"),
    [
        (AP_TEMPLATE, Dateline(agency="Reuters"), "(Reuters) — "),
        (REUTERS_TEMPLATE, Dateline(agency="Reuters"), "(Reuters) - "),
        ("{city}（{agency}）", Dateline(agency="共同"), "（共同）"),
        ("{CITY} ({state}) ", Dateline(city="Paris"), "PARIS "),
        ("{city}, {country}–", Dateline(country="France"), "France–"),
    ],
)
def test_round_brackets_come_in_pairs(template: str, dateline: Dateline, expected: str) -> None:
    assert render_dateline(dateline, template) == expected


@pytest.mark.parametrize(
    ("language", "day"), [("ja", "9月5日"), ("zh-Hant", "9月5日"), ("ko", "9월 5일")]
)
def test_days_of_languages_that_write_them_in_numbers(language: str, day: str) -> None:
    assert day_text("2026-09-05", language) == day


def test_days_are_written_in_the_story_s_language() -> None:
    assert day_text("2026-09-13") == "Sep 13"
    assert day_text("2026-09-13", "ar") == "13 سبتمبر"
    assert day_text("2026-09-13", "xx") == "Sep 13"


@given(st.builds(Dateline, city=st.text(), country=st.text(), agency=st.text()))
def test_any_place_renders_with_any_template(dateline: Dateline) -> None:
    for template in (PLAIN_TEMPLATE, SEED_TEMPLATE, AP_TEMPLATE, REUTERS_TEMPLATE):
        rendered = render_dateline(dateline, template)
        assert bool(rendered) is not dateline.is_empty or dateline.city + dateline.country == ""
    assert Dateline.from_json(dateline.to_json()) == dateline


@pytest.mark.parametrize("template", [SEED_TEMPLATE, "{city}[, {country}]–"])
def test_template_with_a_country_only_falls_back_to_the_state(template: str) -> None:
    anchorage = Dateline(city="Anchorage", state="Alaska")
    assert render_dateline(anchorage, template) == "Anchorage, Alaska–"
    both = Dateline(city="Anchorage", state="Alaska", country="United States")
    assert render_dateline(both, template) == "Anchorage, United States–"


def test_state_is_never_there_twice() -> None:
    anchorage = Dateline(city="Anchorage", state="Alaska")
    assert render_dateline(anchorage, "{city}[, {state}][, {country}]–") == "Anchorage, Alaska–"


@pytest.mark.parametrize(
    ("city", "language", "capitals"),
    [
        ("İzmir", "en", "İZMİR"),
        ("İzmir", "tr", "İZMİR"),
        ("Diyarbakır", "en", "DİYARBAKIR"),
        ("Eskişehir", "tr-TR", "ESKİŞEHİR"),
        ("Timișoara", "ro", "TIMIȘOARA"),
        ("Paris", "en", "PARIS"),
        ("Αθήνα", "el", "ΑΘΗΝΑ"),
        ("Gießen", "de", "GIESSEN"),
        ("القاهرة", "ar", "القاهرة"),
    ],
)
def test_city_in_capitals(city: str, language: str, capitals: str) -> None:
    dateline = Dateline(city=city, agency="AP")
    assert render_dateline(dateline, AP_TEMPLATE, language) == f"{capitals} (AP) — "


@pytest.mark.parametrize("language", ["ar", "fa", "ur-PK", "ku-Arab"])
def test_dateline_in_arabic_script_has_its_comma(language: str) -> None:
    rabat = Dateline(city="الرباط", country="المغرب")
    assert render_dateline(rabat, PLAIN_TEMPLATE, language) == "الرباط، المغرب–"
    assert render_dateline(MOSCOW, "{city}، {country}–", "en") == "Moscow, Russia–"
    named = Dateline(city="Washington, D.C.", country="US")
    assert render_dateline(named, PLAIN_TEMPLATE, language).startswith("Washington, D.C.، ")
