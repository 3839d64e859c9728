"""Lengths as readers and editors count them."""

from __future__ import annotations

import pytest

from editor.text.metrics import count_characters, count_words, reading_minutes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" — – … !", 0),
        ("Ships came in.", 3),
        ("the harbour’s state-of-the-art crane", 4),
        ("in 2019–20 it cost $1.3bn", 5),
        ("dawn—and then", 3),
        ("أعلنت هيئة الميناء", 3),
        ("港口开放", 4),
        ("港口 opens 再び", 5),
        ("항구가 다시 열렸다", 3),
        ("?" * 100_000, 0),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Harbour", 7),
        ("Zoë", 3),
        ("Zoe\u0308", 3),
        ("👩‍👩‍👧‍👦", 1),
        ("👍🏽", 1),
        ("❤️", 1),
        ("🇳🇴🇸🇪", 2),
        ("\u200fمد\u200e", 2),
        ("مَدّ", 2),
        ("\u1112\u1161\u11ab", 1),
        ("a\r\nb", 3),
    ],
)
def test_characters_are_counted_as_readers_see_them(text: str, count: int) -> None:
    assert count_characters(text) == count


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (200, 1), (480, 2), (2_380, 10)])
def test_reading_takes_at_least_a_minute(count: int, minutes: int) -> None:
    assert reading_minutes(count) == minutes
