"""Stories are values: equal ones have equal bytes, and every field can be read and set."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import Dateline
from editor.core.story import (
    Picture,
    Story,
    check_slug,
    is_right_to_left,
    slug_from,
    text_fields,
    with_text,
)
from editor.errors import BadValue

words = st.text(max_size=30)
pictures = st.builds(
    Picture,
    file=words,
    caption=words,
    credit=words,
    alt=words,
    decorative=st.booleans(),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    width=st.integers(0, 9000),
)
stories = st.builds(
    Story,
    id=words,
    slug=words,
    headline=words,
    kicker=words,
    body=st.text(),
    key_points=st.lists(words, max_size=5).map(tuple),
    bylines=st.lists(words, max_size=3).map(tuple),
    dateline=st.builds(Dateline, city=words, country=words, agency=words),
    pictures=st.lists(pictures, max_size=2).map(tuple),
)


@pytest.mark.parametrize(
    "slug", ["", "page", "by-id", "Two Words", "a--b", "-a", "a/b", "..", "é", "x" * 81, "a\n"]
)
def test_slugs_that_cannot_be_addresses_are_refused(slug: str) -> None:
    with pytest.raises(BadValue) as refusal:
        check_slug(slug)
    assert refusal.value.hint


@given(st.text())
def test_a_slug_can_be_made_of_any_headline(headline: str) -> None:
    check_slug(slug_from(headline))


def test_an_embargo_that_is_no_instant_is_refused() -> None:
    with pytest.raises(BadValue, match="not a date and time"):
        Story(embargo="tomorrow")


def test_an_embargo_is_kept_in_utc() -> None:
    assert Story(embargo="2026-03-03T18:00:00+04:00").embargo == "2026-03-03T14:00:00Z"


@given(stories)
def test_a_story_reads_back_equal_with_the_same_hash(story: Story) -> None:
    read = Story.from_json(json.loads(story.canonical()))
    assert read == story
    assert read.hash == story.hash


def test_differently_composed_text_is_the_same_story() -> None:
    assert Story(headline="Cafe\u0301", body="a\r\nb") == Story(headline="Café", body="a\nb")


def test_the_id_is_part_of_what_is_hashed() -> None:
    assert Story(id="a", headline="Same").hash != Story(id="b", headline="Same").hash


def test_unknown_fields_of_a_later_version_are_passed_over() -> None:
    assert Story.from_json({"headline": "Kept", "hologram": "?"}) == Story(headline="Kept")


@given(stories, st.text(max_size=20))
def test_every_text_field_can_be_set_by_its_path(story: Story, text: str) -> None:
    for path, before in text_fields(story):
        changed = dict(text_fields(with_text(story, path, text + "x")))
        assert changed[path].endswith("x")
        assert with_text(with_text(story, path, text), path, before) == story


@pytest.mark.parametrize("path", ["", "hash", "key_points/9", "pictures/3/alt", "dateline/date"])
def test_a_path_that_names_no_text_is_an_error(path: str) -> None:
    with pytest.raises(KeyError):
        with_text(Story(), path, "x")


def test_focus_stays_inside_the_picture() -> None:
    assert Picture(focus=(-3, 1.5)).focus == (0.0, 1.0)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", True),
        ("ar-EG", True),
        ("fa", True),
        ("en-GB", False),
        ("ar-Latn", False),
        ("", False),
    ],
)
def test_direction_follows_the_language(language: str, expected: bool) -> None:
    assert is_right_to_left(language) is expected
    assert replace(Story(), language=language).right_to_left is expected
