"""Days as people type them mean one day, or none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.typed_days import possible_days, read_day
from editor.errors import BadValue


@pytest.mark.parametrize(
    "text",
    """2026-03-03; 2026/03/03; 3.3.2026; 03.03.2026; 3/3/2026; 3-3-2026; 3 March 2026
    March 3, 2026; 3 mar 2026; 3rd of March 2026; MARCH 3 2026; ٣ مارس ٢٠٢٦; ٣/٣/٢٠٢٦; 3 mars 2026
     3. 3. 2026 ; 3 Mar. 2026""".replace("\n", ";").split(";"),
)
def test_one_day_is_written_in_many_ways(text: str) -> None:
    assert read_day(text, ["fr", "ar"]) == "2026-03-03"


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("31/12/2026", "en", "2026-12-31"),
        ("12/31/2026", "en", "2026-12-31"),
        ("4.3.2026", "en", "2026-03-04"),
        ("1. Dezember 2026", "de", "2026-12-01"),
        ("1 Dez. 2026", "de", "2026-12-01"),
        ("12 de agosto de 2026", "es", "2026-08-12"),
        ("29 February 2028", "en", "2028-02-29"),
        ("5 تشرين الثاني 2026", "ar-SY", "2026-11-05"),
        ("--03-03", "en", "--03-03"),
        ("  ", "en", ""),
    ],
)
def test_day_of_a_language(text: str, language: str, day: str) -> None:
    assert read_day(text, [language]) == day


@pytest.mark.parametrize(
    "text",
    [
        *("3", "March", "3 March", "3/3", "3/3/26", "30 February 2026", "29.2.2026", "13/13/2026"),
        *("3 Marzipan 2026 and more", "3 ma 2026", "20260303", "2026-W10-2", "--13-01", "--3-3"),
        *(
            "3/3-2026",
            "32 March 2026",
            "0 March 2026",
            "yesterday",
            "3 juin 2026",
            "²/3/2026",
            "le 3 mars 2026",
        ),
    ],
)
def test_what_is_no_day_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_day(text, ["en"])
    assert text in refused.value.sentence
    assert "2026-03-03" in refused.value.hint


@pytest.mark.parametrize("text", ["2026-03-30", "30.3.2026", "30 March 2026", "March 30, 2026"])
def test_day_that_is_half_typed_is_none(text: str) -> None:
    assert [possible_days(text[:end], ["en"]) for end in range(len(text))] == [[]] * len(text)
    assert read_day(text, ["en"]) == "2026-03-30"


@pytest.mark.parametrize("text", ["4/3/2026", "04-03-2026", "٤/٣/٢٠٢٦"])
def test_two_possible_days_are_refused_and_named(text: str) -> None:
    assert possible_days(text, []) == ["2026-03-04", "2026-04-03"]
    with pytest.raises(BadValue) as refused:
        read_day(text, [])
    assert "March 4" in refused.value.sentence
    assert "April 3" in refused.value.sentence


@given(day=st.dates(date(1000, 1, 1)), mark=st.sampled_from("/-"))
def test_numbers_never_mean_a_day_that_they_are_not(day: date, mark: str) -> None:
    for form in ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y"):
        text = day.strftime(form.format(mark)).replace(str(day.year), f"{day.year:04}")
        assert day.isoformat() in possible_days(text, [])
    assert possible_days(day.isoformat(), []) == [day.isoformat()]


@given(st.text(max_size=24))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    days = possible_days(text, ["en", "ar"])
    assert all(day.startswith("--") or date.fromisoformat(day) for day in days)
    if len(days) == 1:
        assert read_day(text, ["en", "ar"]) == days[0]
    elif text.strip():
        with pytest.raises(BadValue):
            read_day(text, ["en", "ar"])
