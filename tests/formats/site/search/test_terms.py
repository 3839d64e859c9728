"""What the site's search knows of a story's text."""

from __future__ import annotations

import json

from editor.core.dateline import Dateline
from editor.core.story import Correction, Picture, Story
from editor.formats.site.search.terms import read_entry, search_entry
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests" / "text" / "folding_cases.json").read_text(encoding="utf-8"))


def test_empty_story_has_no_words() -> None:
    assert read_entry(search_entry(Story(), "")) == ((), (), ())


def test_what_readers_do_not_see_is_left_out() -> None:
    story = Story(
        id="secretid", slug="secretslug", headline="Ferry", body="**Body**", ed_note="secretnote"
    )
    assert read_entry(search_entry(story, "Body")) == (("ferry",), (), ("body",))


def test_word_is_where_it_counts_most_and_only_there() -> None:
    story = Story(
        headline="Ferry ferry sails",
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
    assert title == ("ferry", "harbour", "sails")
    assert points == ("and", "cost", "more", "novak", "the", "wind", "zoe")
    assert text == tuple(
        sorted(["a", "bergen", "deck", "has", "it", "masts", "norway", "said", "tuesday", "was"])
    )


def test_letters_without_spaces_are_words_alone_and_in_twos() -> None:
    entry = read_entry(search_entry(Story(headline="渡轮恢复 ferry 한국"), ""))
    assert set(entry.title) == {
        "渡",
        "轮",
        "恢",
        "复",
        "渡轮",
        "轮恢",
        "恢复",
        "ferry",
        "한",
        "국",
        "한국",
    }


def test_words_are_those_of_the_desk() -> None:
    for text, words in CASES["words"]:
        found = read_entry(search_entry(Story(), text)).text
        assert set(words) <= {*found}
        assert {word for word in found if len(word) != 2 or word in words} == {*words}


def test_same_text_gives_the_same_bytes() -> None:
    story = Story(headline="Ferry", bylines=("Zoë",))
    assert search_entry(story, "a b") == search_entry(story, "a b")
