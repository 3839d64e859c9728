"""Summaries are cut where a reader would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.text.metrics import count_characters
from editor.text.shorten import shorten

JAPANESE = "港は月曜日に新しい岸壁を開いたと市が発表した。" * 20
THAI = "ท่าเรือเปิดท่าเทียบเรือใหม่เมื่อวันจันทร์" * 10
URL = "https://paper.example/" + "a1-" * 200


@pytest.mark.parametrize("text", [JAPANESE, THAI, URL, "Read " + URL, "👩‍👩‍👧‍👦" * 300])
def test_text_without_spaces_is_cut_at_the_limit(text: str) -> None:
    short = shorten(text, 220)
    assert short.endswith("…")
    assert 210 <= count_characters(short) <= 221
    assert text.startswith(short[:-1])


def test_no_character_is_cut_in_two() -> None:
    family = "👩‍👩‍👧‍👦"
    assert shorten(family * 9, 4) == family * 4 + "…"
    assert shorten("e\u0301" * 9, 4) == "e\u0301" * 4 + "…"
    assert shorten("กำ" * 9, 4).rstrip("…") in {"กำ" * 4, "กำ" * 2}


def test_words_are_kept_whole() -> None:
    text = "The harbour opened its new basin, after nine years of dredging, on Monday."
    assert shorten(text, 34) == "The harbour opened its new basin…"
    assert shorten(text, 40) == "The harbour opened its new basin, after…"
    assert shorten(text, len(text)) == text
    assert shorten("", 10) == ""


@given(st.text(max_size=400), st.integers(1, 50))
def test_any_text_is_kept_or_cut(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
