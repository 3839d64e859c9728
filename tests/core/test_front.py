"""The front: a list of ids that has a hash, and the order it gives a home page."""

from __future__ import annotations

import pytest

from editor.core.edition import Item
from editor.core.front import LONGEST_FRONT, Front, front_order
from editor.core.story import Story
from editor.errors import BadValue
from tests.editions import listed


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


def ordered(ids: str, front: tuple[str, ...]) -> str:
    """The ids of stories in the order of a home page."""
    at = "2026-03-03T06:00:00Z"
    newest = [listed(Item(Story(id=id, slug=id), 1, "", at, at)) for id in ids]
    return "".join(listing.id for listing in front_order(newest, front))


def test_front_comes_first_and_the_others_follow_as_they_are() -> None:
    assert ordered("dcba", ()) == "dcba"
    assert ordered("dcba", ("a", "c")) == "acdb"
    assert ordered("dcba", ("gone", "b", "b", "")) == "bdca"
    assert ordered("", ("a",)) == ""
