"""What must be there before a story goes out."""

from __future__ import annotations

import pytest

from editor.core.story import Picture, Story
from tests.checks.checking import found, story


def test_a_blank_form_needs_no_advice() -> None:
    assert found(Story()) == []


def test_a_missing_headline_is_found_once_there_is_text() -> None:
    [finding] = found(story("Words.", headline=" "))
    assert (finding.check, finding.level) == ("minimum", "stops")


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
    assert (finding.check, finding.level) == ("minimum", "stops")
    assert (finding.place.path, finding.sentence) == (path, sentence)
    assert finding.hint


def test_a_new_story_with_only_its_byline_needs_no_advice() -> None:
    assert found(Story(bylines=("Ines Vale",))) == []


def test_a_picture_story_needs_no_body() -> None:
    picture = Picture(file="a.jpg", caption="May", alt="A pier", credit="AP", rights="©")
    assert found(story("", picture_story=True, pictures=(picture,))) == []
