"""The front: a list of ids that has a hash, and the order it gives a home page."""

from __future__ import annotations

import pytest

from editor.core.front import LONGEST_FRONT, Front, front_order
from editor.errors import BadValue


@pytest.mark.parametrize("value", [None, {}, "abc", [1], [["a"]], [None]])
def test_what_is_no_list_of_ids_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        Front.from_json(value)


def test_story_in_two_places_and_too_many_stories_are_refused() -> None:
    with pytest.raises(BadValue, match="twice"):
        Front(("a", "b", "a")).require_valid()
    most = tuple(map(str, range(LONGEST_FRONT)))
    Front(most).require_valid()
    with pytest.raises(BadValue, match="30 is the limit"):
        Front((*most, "one more")).require_valid()


def test_order_is_part_of_the_hash() -> None:
    assert Front(("a", "b")).hash != Front(("b", "a")).hash
    assert Front.from_json(Front(("a", "b")).to_json()) == Front(("a", "b"))
    assert Front(("a",)).canonical() == b'["a"]'


def test_front_comes_first_and_the_others_follow_as_they_are() -> None:
    newest = ["d", "c", "b", "a"]
    assert front_order(newest, (), str) == newest
    assert front_order(newest, ("a", "c"), str) == ["a", "c", "d", "b"]
    assert front_order(newest, ("gone", "b", "b", ""), str) == ["b", "d", "c", "a"]
    assert front_order([], ("a",), str) == []
