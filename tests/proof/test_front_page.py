from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.listing import Listing
from editor.proof.front_page import FrontPage
from editor.proof.sections import shown_sections
from tests.formats.site.edition import HOUSE, edition

ONE = edition().listings[0]
SECTIONS = shown_sections(HOUSE, "en")


def stories(count: int) -> list[Listing]:
    slugs = [section.slug for section in SECTIONS]
    return [replace(ONE, id=f"{i}", section=slugs[i % 3], hash=f"{i}") for i in range(count)]


def ids(listings: tuple[Listing, ...]) -> list[str]:
    return [listing.id for listing in listings]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_few_stories_are_all_on_top(count: int) -> None:
    front = FrontPage.of(stories(count), SECTIONS)
    assert len(front.top) == count
    assert (front.latest, front.sections) == ((), ())


@pytest.mark.parametrize("count", [6, 13])
def test_some_more_are_among_the_latest_and_no_section_repeats_them(count: int) -> None:
    front = FrontPage.of(stories(count), SECTIONS)
    assert ids((*front.top, *front.latest)) == [str(i) for i in range(count)]
    assert front.sections == ()


def test_sections_are_in_the_papers_order_without_what_is_on_top() -> None:
    front = FrontPage.of(stories(40), SECTIONS)
    assert [section.slug for section, _ in front.sections] == ["world", "business", "sport"]
    assert [ids(found) for _, found in front.sections] == [
        ["6", "9", "12", "15"],
        ["7", "10", "13", "16"],
        ["5", "8", "11", "14"],
    ]
    assert ids(front.latest) == [str(i) for i in range(5, 13)]


def test_editors_order_comes_first_and_each_story_once() -> None:
    front = FrontPage.of(stories(40), SECTIONS, ("30", "gone", "2", "30"))
    assert ids(front.top) == ["30", "2", "0", "1", "3"]
    assert ids(front.latest)[0] == "4"
    shown = [*front.top, *(story for _, found in front.sections for story in found)]
    assert len({story.id for story in shown}) == len(shown)


def test_every_story_of_a_long_order_is_on_top() -> None:
    order = tuple(str(i) for i in range(20, 28))
    assert ids(FrontPage.of(stories(40), SECTIONS, order).top) == list(order)


def test_section_without_stories_is_left_out() -> None:
    found = [replace(story, section="world") for story in stories(20)]
    assert [section.slug for section, _ in FrontPage.of(found, SECTIONS).sections] == ["world"]


def test_inputs_differ_when_stories_change_places() -> None:
    listings = stories(40)
    first = FrontPage.of(listings, SECTIONS)
    assert first.inputs != FrontPage.of(listings, SECTIONS, ("1",)).inputs
    assert first.inputs == FrontPage.of(listings, SECTIONS, ("0",)).inputs
