"""Refusing single changes: all of them give the earlier text, none the later one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import Dateline
from editor.core.diff import DiffSpan, FieldDiff, Passage, compare_passages
from editor.core.revise import (
    MOVE,
    Spot,
    differences,
    runs,
    spots,
    summary,
    texts_without,
    without,
)
from editor.core.story import Correction, Picture, Story

word = st.sampled_from(["the", "ferry", "sails", "“back”", "غدا", "中", "on", "Monday."])
passage = st.lists(word, min_size=1, max_size=6).map(" ".join)
passages = st.lists(passage, max_size=6)
pictures = st.lists(
    st.builds(Picture, file=word, caption=passage, alt=st.just("")), max_size=2
).map(tuple)
stories = st.builds(
    Story,
    slug=st.sampled_from(["one", "two"]),
    kicker=st.one_of(st.just(""), passage),
    headline=passage,
    key_points=passages.map(tuple),
    dateline=st.builds(Dateline, city=word),
    body=passages.map("\n\n".join),
    pictures=pictures,
    embargo=st.sampled_from(["", "2026-01-02T06:00:00Z", "2026-02-03T06:00:00Z"]),
)


@given(stories, stories)
def test_refusing_everything_gives_the_earlier_story(before: Story, after: Story) -> None:
    every = spots(differences(before, after))
    assert without(before, after, every) == before


@given(stories, stories)
def test_refusing_nothing_gives_the_later_story(before: Story, after: Story) -> None:
    assert without(before, after, ()) == after


@given(passages, passages, st.data())
def test_refusing_some_changes_keeps_all_words_that_are_in_both(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    diff = FieldDiff("body", compare_passages(before, after))
    chosen = data.draw(st.sets(st.sampled_from(spots([diff]) or [Spot("body", 99)])))
    same = sorted(span.text for p in diff.passages for span in p.spans if span.kind == "same")
    text = "\n".join(texts_without(diff, chosen))
    assert all(part in text for part in same)


def test_one_change_of_two_is_refused() -> None:
    before = Story(headline="Kim visits the port on Monday")
    after = Story(headline="Kim leaves the port on Tuesday")
    [first, second] = spots(differences(before, after))
    assert without(before, after, [first]).headline == "Kim visits the port on Tuesday"
    assert without(before, after, [second]).headline == "Kim leaves the port on Monday"


def test_changes_with_only_a_space_between_are_one() -> None:
    before = Story(headline="The old grey ferry sails at dawn today")
    after = Story(headline="The new white ferry sails at dawn today")
    [diff] = differences(before, after)
    assert diff.passages[0].spans[1:3] == (
        DiffSpan("removed", "old grey"),
        DiffSpan("added", "new white"),
    )
    assert len(runs(diff.passages[0])) == 1


def test_a_text_that_shares_hardly_a_word_is_exchanged_whole() -> None:
    before = Story(headline="Harbour wall gives way, three boats sink overnight")
    after = Story(headline="Council votes to close the old fish market, traders protest")
    [diff] = differences(before, after)
    assert [span.kind for span in diff.passages[0].spans] == ["removed", "added"]


def test_an_instant_is_exchanged_whole() -> None:
    before = Story(embargo="2026-01-02T06:00:00Z")
    after = Story(embargo="2026-01-03T06:00:00Z")
    [diff] = differences(before, after)
    assert [span.text for span in diff.passages[0].spans] == [before.embargo, after.embargo]


def test_a_refused_move_goes_back_to_its_place() -> None:
    one, two, three = "The ferry sails.", "Fares stay.", "Tickets are on sale at the pier."
    before, after = (
        Story(body="\n\n".join((one, two, three))),
        Story(body="\n\n".join((three, one, two))),
    )
    [spot] = spots(differences(before, after))
    assert spot.run == MOVE
    assert without(before, after, [spot]) == before


def test_what_readers_were_told_cannot_be_refused() -> None:
    after = Story(corrections=(Correction("The year was wrong.", "2026-01-02T06:00:00Z"),))
    assert spots(differences(Story(), after)) == ()


def test_a_refused_picture_is_removed_and_a_removed_one_is_restored() -> None:
    story = Story(pictures=(Picture("a.jpg", caption="The quay"),))
    added = [spot for spot in spots(differences(Story(), story)) if spot.field.endswith("file")]
    assert without(Story(), story, added) == Story()
    removed = [spot for spot in spots(differences(story, Story())) if spot.field.endswith("file")]
    assert without(story, Story(), removed) == story


def test_a_removed_passage_has_one_run() -> None:
    gone = Passage("removed", (DiffSpan("removed", "Fares stay."),), 0, None)
    assert runs(gone) == ((0, 1),)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"headline": "New"}, "headline"),
        ({"key_points": ("a", "c")}, "1 key point"),
        ({"key_points": ("b", "a")}, "key points in another order"),
        ({"key_points": ()}, "2 key points"),
        ({"body": "one two three four"}, "+2 words"),
        ({"body": "one"}, "−1 word"),
        ({"body": "one three"}, "body reworded"),
        ({"kicker": "Port", "headline": "New", "body": "x one two"}, "kicker, headline, +1 word"),
        ({}, ""),
    ],
)
def test_summary(change: dict[str, Any], words: str) -> None:
    before = Story(headline="Old", key_points=("a", "b"), body="one two")
    assert summary(before, replace(before, **change)) == words
