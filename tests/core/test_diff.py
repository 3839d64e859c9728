"""What changed: every word accounted for, and moves told from rewrites."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import Dateline
from editor.core.diff import compare, compare_passages, redline, word_count_change
from editor.core.fields import paragraphs
from editor.core.story import Picture, Story

words = st.lists(st.sampled_from(["the", "ferry", "sails", ",", "“", "غدا", "中", "\n"])).map(
    " ".join
)
passages = st.lists(words.filter(bool), max_size=8)


def kinds(before: list[str], after: list[str]) -> list[str]:
    return [passage.kind for passage in compare_passages(before, after)]


@given(words, words)
def test_a_redline_holds_both_texts_whole(before: str, after: str) -> None:
    spans = redline(before, after)
    assert "".join(span.text for span in spans if span.kind != "removed") == after
    assert "".join(span.text for span in spans if span.kind != "added") == before


@given(passages, passages)
def test_every_passage_of_both_versions_is_shown_once(before: list[str], after: list[str]) -> None:
    shown = compare_passages(before, after)
    olds = [passage.before for passage in shown if passage.before is not None]
    news = [passage.after for passage in shown if passage.after is not None]
    assert sorted(olds) == list(range(len(before)))
    assert news == list(range(len(after)))


@given(passages)
def test_the_same_passages_are_all_the_same(texts: list[str]) -> None:
    assert set(kinds(texts, texts)) <= {"same"}


def test_words_are_marked_not_whole_lines() -> None:
    spans = [(span.kind, span.text) for span in redline("TASS agency said", "TASS agencies said")]
    assert spans == [
        ("same", "TASS "),
        ("removed", "agency"),
        ("added", "agencies"),
        ("same", " said"),
    ]


def test_a_paragraph_in_another_place_is_moved() -> None:
    one, two, three = "The ferry sails.", "Fares stay.", "Tickets are on sale at the pier."
    assert kinds([one, two, three], [three, one, two]) == ["moved", "same", "same"]


def test_a_moved_paragraph_shows_its_words_that_changed() -> None:
    before = ["Nothing new here at all.", "The ferry sails on Monday at nine.", "Fares stay."]
    after = ["The ferry sails on Tuesday at nine.", "Nothing new here at all.", "Fares stay."]
    moved = compare_passages(before, after)[0]
    assert moved.kind == "moved"
    assert [span.text for span in moved.spans if span.kind == "added"] == ["Tuesday"]


def test_a_rewrite_is_a_removal_then_an_addition() -> None:
    before, after = ["Rain fell all day.", "Kept."], ["Markets closed early.", "Kept."]
    assert kinds(before, after) == ["removed", "added", "same"]


def test_only_fields_that_differ_are_listed() -> None:
    before = Story(
        id="s",
        headline="Ferry returns",
        key_points=("One", "Two"),
        dateline=Dateline(city="Lisbon"),
        body="First paragraph.\n\nSecond paragraph.",
        pictures=(Picture(caption="Dawn", alt="A ferry"),),
    )
    after = replace(
        before,
        headline="Night ferry returns",
        key_points=("One", "Two", "Three"),
        dateline=Dateline(city="Porto"),
        body="First paragraph.\n\nSecond paragraph, longer.",
        pictures=(Picture(caption="Dusk", alt="A ferry"),),
    )
    found = {diff.field: diff.changes for diff in compare(before, after)}
    assert found == {
        "headline": 1,
        "key_points": 1,
        "dateline/city": 1,
        "body": 1,
        "pictures/0/caption": 1,
    }
    assert compare(before, before) == ()


def test_paragraphs_and_words() -> None:
    assert paragraphs("\n\nOne\nline.\n\n \nTwo.\n") == ["One\nline.", "Two."]
    assert word_count_change("one two", "one two three") == 1
    assert word_count_change("one", "") == -1


def test_one_changed_word_in_a_long_text_is_one_change() -> None:
    words = [f"word{number}" for number in range(1000)]
    before = " ".join(words)
    words[500] = "changed"
    spans = redline(before, " ".join(words))
    assert [span.kind for span in spans] == ["same", "removed", "added", "same"]
    assert [span.text for span in spans[1:3]] == ["word500", "changed"]
