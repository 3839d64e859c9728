"""Every text that readers read can be found and set by its path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.dateline import Dateline
from editor.core.paths import text_at, text_fields, value_at, with_value
from editor.core.story import Correction, Picture, Story
from tests.core.test_story import stories


@given(stories, st.text(max_size=20))
def test_every_text_field_can_be_set_by_its_path(story: Story, text: str) -> None:
    for path, before in text_fields(story):
        changed = with_value(story, path, text + "x")
        assert text_at(changed, path).endswith("x")
        assert with_value(changed, path, before) == story


def test_the_texts_that_readers_read() -> None:
    story = Story(
        key_points=("One", "Two"),
        bylines=("Mara",),
        pictures=(Picture(caption="Dawn"),),
        keywords=("ferries",),
        corrections=(Correction("No.", "2026-03-03T06:00:00Z"),),
    )
    assert [path for path, _text in text_fields(story)] == [
        "kicker",
        "headline",
        "standfirst",
        "key_points/0",
        "key_points/1",
        "dateline/city",
        "dateline/country",
        "dateline/state",
        "dateline/agency",
        "body",
        "pictures/0/caption",
        "pictures/0/credit",
        "pictures/0/alt",
        "pictures/0/rights",
        "bylines/0",
        "keywords/0",
    ]


@pytest.mark.parametrize(
    "path",
    ["", "hash", "unknown", "key_points/9", "pictures/3/alt", "pictures/alt", "dateline/venue"],
)
def test_a_path_that_names_nothing_is_an_error(path: str) -> None:
    with pytest.raises(KeyError):
        with_value(Story(), path, "x")


def test_the_value_at_a_path() -> None:
    story = Story(dateline=Dateline(city="Oslo"), pictures=(Picture(focus=(0.1, 0.9)),))
    assert value_at(story, "dateline/city") == "Oslo"
    assert value_at(story, "pictures/0/focus") == (0.1, 0.9)
    assert value_at(story, "pictures/1/focus") is None
    assert text_at(story, "key_points/4") == ""
