"""Replacing what was found: the list of changes, and the story after them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.story import Picture, Story
from editor.core.text_change import Difference
from editor.errors import BadValue
from editor.text.find import FindQuery
from editor.text.replace import Replacing, TextChange, apply_changes


def replaced(text: str, words: str, by: str, **options: Any) -> str:
    story, replacing = Story(body=text), Replacing(FindQuery(words, **options), by)
    return apply_changes(story, replacing.changes(story)).body


@pytest.mark.parametrize(
    ("text", "words", "by", "expected"),
    [
        ("3 March", r"(\d+) (\w+)", r"\2 $1", "March 3"),
        ("3 March", r"(?P<day>\d+) (?P<month>\w+)", r"${month} \g<day>", "March 3"),
        ("3 March", r"\d+", "<$0>", "<3> March"),
        ("3 March", r"\d+", r"<\0>", "<3> March"),
        ("cost 5", r"(\d)", "$$$1", "cost $5"),
        ("cost 5", r"(\d)", r"\$1 \\", "cost $1 \\"),
        ("a, b", ", ", r"\n\n", "a\n\nb"),
        ("a, b", ", ", r"\t", "a\tb"),
        ("ab", "a|(b)", "[$1]", "[][b]"),
        ("aaa", "a", "$ a$", "$ a$$ a$$ a$"),
    ],
)
def test_groups_come_back_in_the_replacement(text: str, words: str, by: str, expected: str) -> None:
    assert replaced(text, words, by, regular_expression=True) == expected


def test_plain_words_are_replaced_as_they_are_typed() -> None:
    assert replaced("3 March", "march", r"\1 $1 \n") == r"3 \1 $1 \n"


def test_groups_of_folded_text_are_those_of_the_text() -> None:
    options = {"regular_expression": True, "ignore_diacritics": True}
    assert replaced("é🙂ß!", "(e)(.)(ss)", "$3$2$1", **options) == "ß🙂é!"


@pytest.mark.parametrize(
    ("by", "sentence", "hint"),
    [
        ("x$2", "names the group “2” at character 2.", "the groups 1 to 1"),
        (r"\g<day>", "names the group “day” at character 1.", "the groups 1 to 1"),
        ("${", "names the group “${” at character 1.", "write $$"),
    ],
)
def test_a_group_that_is_not_there_is_refused(by: str, sentence: str, hint: str) -> None:
    with pytest.raises(BadValue) as error:
        Replacing(FindQuery("(a)", regular_expression=True), by)
    assert sentence in error.value.sentence
    assert hint in error.value.hint


def test_changes_name_their_places_and_leave_out_what_stays() -> None:
    story = Story(headline="Kiev and Kyiv", body="kiev", pictures=(Picture(caption="In KIEV"),))
    changes = Replacing(FindQuery("k(?:ie|yi)v", regular_expression=True), "Kyiv").changes(story)
    assert changes == [
        TextChange("headline", 0, "Kiev", "Kyiv"),
        TextChange("body", 0, "kiev", "Kyiv"),
        TextChange("pictures/0/caption", 3, "KIEV", "Kyiv"),
    ]
    after = apply_changes(story, changes[1:])
    assert (after.headline, after.body) == ("Kiev and Kyiv", "Kyiv")
    assert after.pictures[0].caption == "In Kyiv"


def test_a_line_stays_one_line_and_an_emptied_name_is_removed() -> None:
    story = Story(headline="a-b", bylines=("Ann", "Bo Lee"), keywords=("Ann",), key_points=("Ann",))
    line = Replacing(FindQuery("-", regular_expression=True), r"\n")
    assert apply_changes(story, line.changes(story)).headline == "a b"
    gone = Replacing(FindQuery("Ann|Bo", regular_expression=True), "")
    after = apply_changes(story, gone.changes(story))
    assert (after.bylines, after.keywords, after.key_points) == (("Lee",), (), ("",))


def test_a_story_that_would_be_too_long_is_refused_before_it_is_made() -> None:
    story, replacing = Story(body="e " * 5000), Replacing(FindQuery("e"), "word " * 100)
    with pytest.raises(BadValue, match="characters; 1,000,000 is the limit"):
        apply_changes(story, replacing.changes(story))


_TEXTS = st.text(st.sampled_from("abé ñß🙂👍🏽أاَ\n’x"), max_size=40)


@given(_TEXTS, _TEXTS, _TEXTS, st.booleans())
def test_the_difference_brings_back_the_exact_text(
    headline: str, body: str, words: str, bare: bool
) -> None:
    story = Story(headline=headline, body=body, bylines=("ab é",))
    try:
        replacing = Replacing(FindQuery(words, ignore_diacritics=bare), "é\u0301x")
    except BadValue:
        return
    after = apply_changes(story, replacing.changes(story))
    difference = Difference.between(story, after)
    assert difference.forward(story) == after
    assert difference.backward(after) == story


@given(st.text(st.sampled_from("abc é🙂"), max_size=40))
def test_replacing_and_replacing_back_gives_the_text(body: str) -> None:
    there = replaced(body, "b", "§", match_case=True)
    assert "b" not in there
    assert replaced(there, "§", "b") == body
