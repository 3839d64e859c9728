"""What the site's search knows of a story's text."""

from __future__ import annotations

import json

from editor.core.dateline import Dateline
from editor.core.story import Correction, Picture, Story
from editor.formats.search.terms import read_entry, search_entry
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests" / "text" / "folding_cases.json").read_text(encoding="utf-8"))


def test_empty_story_has_no_words() -> None:
    assert read_entry(search_entry(Story(), "")) == ((), (), ())


def test_what_readers_do_not_see_is_left_out() -> None:
    story = Story(
        id="secretid", slug="secretslug", headline="Ferry", body="**Body**", ed_note="secretnote"
    )
    assert read_entry(search_entry(story, "Body")) == ((("ferry", 0),), (), ("body",))


def test_words_are_told_apart_by_where_they_are() -> None:
    story = Story(
        headline="Ferry, ferry sails",
        kicker="Harbour",
        standfirst="The ferry and the Harbour",
        key_points=("Sails cost more",),
        bylines=("Zoë Novak",),
        keywords=("Wind",),
        dateline=Dateline(city="Bergen", country="Norway"),
        pictures=(Picture(caption="A deck"),),
        corrections=(Correction("It was Tuesday.", "2026-03-04T05:00:00Z"),),
    )
    title, points, text = read_entry(search_entry(story, "The ferry has masts, said Novak."))
    assert title == (("ferry", 0), ("sails", 2), ("harbour", 4)), "the kicker follows nothing"
    assert points == ("and", "cost", "more", "novak", "the", "wind", "zoe")
    assert text == tuple(
        sorted(
            [
                *("a", "bergen", "deck", "ferry", "has", "it", "masts", "norway", "novak", "said"),
                *("the", "tuesday", "was"),
            ]
        )
    )


def test_letters_without_spaces_are_words_alone_and_in_twos() -> None:
    entry = read_entry(search_entry(Story(headline="渡轮恢复 ferry 한국"), ""))
    assert dict(entry.title) == {
        **{"渡": 0, "轮": 1, "恢": 2, "复": 3, "渡轮": 0, "轮恢": 1, "恢复": 2},
        **{"ferry": 4, "한": 5, "국": 6, "한국": 5},
    }


def test_words_are_those_of_the_desk() -> None:
    for text, words in CASES["words"]:
        found = read_entry(search_entry(Story(), text)).text
        assert set(words) <= {*found}
        assert {word for word in found if len(word) != 2 or word in words} == {*words}


def test_same_text_gives_the_same_bytes() -> None:
    story = Story(headline="Ferry", bylines=("Zoë",))
    assert search_entry(story, "a b") == search_entry(story, "a b")
