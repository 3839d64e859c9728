"""Stories are values: equal ones have equal bytes, and addresses and directions follow rules."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.canonical import Json, canonical_json, content_hash
from editor.core.dateline import Dateline
from editor.core.fields import FIELDS
from editor.core.story import (
    Picture,
    Story,
    check_slug,
    slug_from,
)
from editor.errors import BadValue, NotAllowed, OutputError
from editor.formats.paths import OutputPaths

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


@pytest.mark.parametrize(
    ("text", "slug"), [("", "theme"), ("!!!", "theme"), ("١٢٣", "123"), ("Con", "con-theme")]
)
def test_name_without_letters_gets_the_slug_of_its_kind(text: str, slug: str) -> None:
    assert slug_from(text, "theme") == slug


@pytest.mark.parametrize("headline", ["Con", "Aux", "Nul", "Prn", "Com1", "Lpt1", "COM¹", "lpt0"])
def test_headline_that_windows_has_for_a_device_can_be_exported(headline: str) -> None:
    device = headline.lower().replace("¹", "1")
    with pytest.raises(BadValue, match="a device, and no file can have it"):
        check_slug(device)
    assert slug_from(headline) == f"{device}-story"
    paths = OutputPaths()
    paths.add(f"stories/{slug_from(headline)}.html")
    with pytest.raises(OutputError):
        paths.add(f"stories/{device}.html")


def test_an_embargo_that_is_no_instant_is_refused() -> None:
    with pytest.raises(BadValue, match="not a date and time"):
        Story(embargo="tomorrow")


def test_an_embargo_is_stored_in_utc() -> None:
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


def test_a_field_at_its_default_is_left_out_of_the_bytes() -> None:
    assert Story().canonical() == b"{}"
    assert Story(language="en", dateline=Dateline(city="Oslo")).to_json() == {
        "dateline": {"city": "Oslo"}
    }
    assert Story(language="").to_json() == {"language": ""}


@given(stories)
def test_complete_json_reads_back_equal_and_names_every_field(story: Story) -> None:
    value = story.to_json(complete=True)
    assert value.keys() == {field.name for field in FIELDS}
    assert Story.from_json(json.loads(json.dumps(value))) == story


LATER: dict[str, Json] = {
    "headline": "Ferry returns",
    "hologram": {"depth": 3, "scale": 1.5, "names": ["a", None, True]},
    "dateline": {"city": "Oslo", "venue": "Quay"},
    "pictures": [{"file": "a", "loupe": [1, 2]}, {"caption": "Dawn"}],
    "corrections": [{"text": "No.", "at": "2026-03-03T06:00:00Z", "signed": "K."}],
}


def test_fields_of_a_later_version_are_written_byte_for_byte() -> None:
    text = canonical_json(LATER)
    story = Story.from_json(json.loads(text))
    assert story.canonical() == text
    assert story.hash == content_hash(LATER)
    assert Story.from_json(json.loads(story.canonical())) == story
    changed = replace(story, kicker="Port")
    assert changed.canonical() == canonical_json({**LATER, "kicker": "Port"})


@pytest.mark.parametrize(
    "value",
    [
        {"hologram": 1},
        {"dateline": {"venue": "Quay"}},
        {"pictures": [{}, {"loupe": 1}]},
        {"corrections": [{"text": "No.", "at": "2026-03-03T06:00:00Z", "signed": ""}]},
    ],
)
def test_a_story_with_an_unknown_field_at_any_depth_says_so(value: dict[str, object]) -> None:
    story = Story.from_json(value)
    assert story.has_unknown
    with pytest.raises(NotAllowed, match="does not know") as refusal:
        story.require_known()
    assert "Update" in refusal.value.hint
    assert story != Story(), "what is not known tells stories apart"


def test_a_story_with_known_fields_only_may_be_changed() -> None:
    story = Story.from_json({"headline": "Ferry returns", "pictures": [{}]})
    assert not story.has_unknown
    story.require_known()


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"headline": 5},
        {"headline": None},
        {"key_points": "one"},
        {"key_points": [1]},
        {"dateline": "Oslo"},
        {"pictures": {}},
        {"pictures": [{"decorative": 0}]},
        {"pictures": [{"width": True}]},
        {"pictures": [{"focus": [0.5]}]},
        {"corrections": [{}]},
    ],
)
def test_a_value_of_another_type_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        Story.from_json(value)


def test_focus_stays_inside_the_picture() -> None:
    assert Picture(focus=(-3, 1.5)).focus == (0.0, 1.0)


def test_turned_picture_has_its_focal_point_with_it_and_no_crops() -> None:
    picture = Picture("a", width=40, height=30, focus=(0.2, 0.1), lead_crop=(0, 0, 1, 0.75))
    once = picture.turned(1)
    assert (once.rotation, once.focus, once.size, once.lead_crop) == (90, (0.9, 0.2), (30, 40), ())
    assert picture.turned(4) == picture.turned(-4) == replace(picture, lead_crop=())
    assert picture.turned(-1) == picture.turned(3)


@pytest.mark.parametrize(
    "part",
    [
        (0, 0, 1e-9, 1),
        (0.99996, 0, 0.5, 1),
        (0.1, 0.1, 0, 0.5),
        (1, 0, 0.5, 0.5),
        (0.1, 0.2),
        (0, 0, -1, 1),
    ],
)
def test_crop_that_shows_nothing_is_refused(part: tuple[float, ...]) -> None:
    with pytest.raises(BadValue):
        Picture(lead_crop=part)


@pytest.mark.parametrize(
    "part", ["abcd", [1, 2], ["a", "b", "c", "d"], [0, 0, None, 1], [True] * 4]
)
def test_crop_in_json_that_is_none_is_refused(part: object) -> None:
    with pytest.raises(BadValue):
        Picture.from_json({"lead_crop": part})


def test_crop_of_no_number_is_refused() -> None:
    with pytest.raises(BadValue):
        Picture(lead_crop=(0, 0, float("nan"), float("inf")))


def test_crops_stay_within_the_picture_and_turns_are_quarters() -> None:
    assert Picture(lead_crop=(-1, 0.5, 3, 3)).lead_crop == (0.0, 0.5, 1.0, 0.5)
    assert Picture(rotation=450).rotation == 90
    with pytest.raises(BadValue):
        Picture(rotation=45)


def test_small_crop_reads_back_as_it_was_saved() -> None:
    for part in ((0.9, 0.9, 0.5, 0.5), (0.9998, 0, 0.00016, 1), (1 / 3, 2 / 3, 1, 1)):
        once = Picture(lead_crop=part)
        assert Picture.from_json(once.to_json()) == once
