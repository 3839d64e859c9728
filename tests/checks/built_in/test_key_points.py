"""How many key points a story has."""

from __future__ import annotations

import pytest

from tests.checks.checking import found, story


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ((), "The story has no key points"),
        (("One", ""), "The story has 1 key point"),
        (tuple("abcdef"), "The story has 6 key points"),
    ],
)
def test_key_points_are_two_to_five(points: tuple[str, ...], sentence: str) -> None:
    [finding] = found(story("Words.", key_points=points))
    assert (finding.sentence, finding.place.path) == (sentence, "key_points")


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_two_to_five_key_points_are_fine(count: int) -> None:
    assert found(story("Words.", key_points=("Point",) * count)) == []
