"""Progress: the parts of a job are shares of the whole, and are cancelled with it."""

from __future__ import annotations

import pytest

from editor.errors import Cancelled
from editor.progress import Progress


def test_parts_are_reported_as_shares_of_the_whole() -> None:
    reports: list[tuple[int, int, str]] = []
    whole = Progress(lambda done, total, step: reports.append((done, total, step)))
    whole.part(0, 0.2).report(1, 2, "Copying")
    inner = whole.part(0.2, 1).part(0.5, 1)
    inner.report(0, 7, "Packing")
    inner.report(7, 7, "Packing")
    inner.report(9, 0, "Packing")
    expected = [(100, "Copying"), (600, "Packing"), (1000, "Packing"), (1000, "Packing")]
    assert reports == [(done, 1000, step) for done, step in expected]


def test_part_is_cancelled_with_the_whole_and_the_whole_with_a_part() -> None:
    whole = Progress()
    part = whole.part(0, 1)
    part.report(0, 1)
    whole.cancel()
    assert part.cancelled
    with pytest.raises(Cancelled):
        part.report(1, 1)
    other = Progress()
    other.part(0, 1).cancel()
    assert other.cancelled


def test_part_that_begins_again_does_not_go_back() -> None:
    reports: list[int] = []
    part = Progress(lambda done, _total, _step: reports.append(done)).part(0.5, 1)
    for done in (0, 6, 0, 3, 8):
        part.part(0, 1).report(done, 10)
    assert reports == [500, 800, 800, 800, 900]
