"""Headline, key points and pictures: what must be there, and how long it may be."""

from __future__ import annotations

import pytest

from editor.core.house import House
from editor.core.story import Picture, Story
from tests.checks.checking import at, fixed, found, ids, story

SMALL = House("Harbour Post", limits=(("headline", 10), ("key_points", 8)))


def test_a_blank_form_needs_no_advice() -> None:
    assert found(Story()) == []


def test_a_headline_is_counted_as_readers_count() -> None:
    assert found(story(headline="a" * 90)) == []
    [finding] = found(story(headline="a" * 91))
    assert finding.sentence == "The headline has 91 characters"
    assert finding.hint == "House style allows 90: cut 1."
    family = "👨‍👩‍👧‍👦" * 10
    assert found(story(headline=family, key_points=("One", "Two")), house=SMALL) == []


def test_the_place_is_the_part_over_the_limit() -> None:
    subject = story(headline="Ten lettersé and more", key_points=("One", "A long point"))
    headline, point = found(subject, house=SMALL)
    assert at(subject, headline) == subject.headline[10:]
    assert at(subject, point) == "point"[1:]
    assert point.sentence == "Key point 2 has 12 characters"


def test_a_missing_headline_is_found_once_there_is_text() -> None:
    [finding] = found(story("Words.", headline=" "))
    assert (finding.check, finding.level) == ("minimum", "error")


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ((), "The story has no key points"),
        (("One", ""), "The story has 1 key point"),
        (tuple("abcdef"), "The story has 6 key points"),
    ],
)
def test_key_points_are_two_to_five(points: tuple[str, ...], sentence: str) -> None:
    [finding] = found(story("Words.", key_points=points))
    assert (finding.sentence, finding.place.path) == (sentence, "key_points")


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_two_to_five_key_points_are_fine(count: int) -> None:
    assert found(story("Words.", key_points=("Point",) * count)) == []


def test_a_picture_needs_a_description_and_a_credit() -> None:
    full = Picture(file="a.jpg", caption="A pier.", credit="AP", alt="A wooden pier at dusk")
    assert found(story(pictures=(full,))) == []
    [bare] = found(story(pictures=(Picture(file="a.jpg", caption="A pier.", credit="AP"),)))
    assert bare.sentence == "Picture has no description"
    decorative = Picture(file="a.jpg", decorative=True, credit="AP")
    assert found(story(pictures=(decorative,))) == []
    [uncredited] = found(story(pictures=(full, Picture(file="b.jpg", alt="A boat"))))
    assert uncredited.sentence == "Picture 2 has no credit"
    assert uncredited.place.path == "pictures/1/credit"


def test_a_credit_in_the_caption_is_moved() -> None:
    subject = story(pictures=(Picture(file="a.jpg", caption="A pier (L). (AP)", alt="A pier"),))
    [finding] = found(subject)
    [picture] = fixed(subject, finding.fixes[0]).pictures
    assert (picture.caption, picture.credit) == ("A pier (L).", "AP")


def test_a_picture_without_anything_is_not_checked() -> None:
    assert ids(story(pictures=(Picture(),))) == []


@pytest.mark.parametrize(
    ("subject", "path", "sentence"),
    [
        (story("", headline=""), "headline", "The story has no headline"),
        (story(""), "body", "The story has no body"),
        (story("***"), "body", "The story has no body"),
        (story(picture_story=True), "pictures", "The picture story has no picture"),
    ],
)
def test_what_an_export_needs_is_an_error_at_its_field(
    subject: Story, path: str, sentence: str
) -> None:
    finding = found(subject)[0]
    assert (finding.check, finding.level) == ("minimum", "error")
    assert (finding.place.path, finding.sentence) == (path, sentence)
    assert finding.hint


def test_a_new_story_with_only_its_byline_needs_no_advice() -> None:
    assert found(Story(bylines=("Ines Vale",))) == []


def test_a_picture_story_needs_no_body() -> None:
    picture = Picture(file="a.jpg", alt="A pier", credit="AP")
    assert found(story("", picture_story=True, pictures=(picture,))) == []
