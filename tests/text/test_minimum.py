"""What a story lacks to go out: a headline, and a body or pictures that tell it."""

from __future__ import annotations

from typing import Any

import pytest

from editor.core.story import Picture, Story
from editor.errors import NotAllowed
from editor.text.minimum import missing_parts, require_minimum
from editor.text.parse import parse

PICTURE = Picture(file="a.jpg")


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({}, ["headline", "body"]),
        ({"headline": "Ferry", "body": "It sails."}, []),
        ({"headline": " \n", "body": "It sails."}, ["headline"]),
        ({"headline": "\u200b\u2060—", "body": "It sails."}, ["headline"]),
        ({"headline": "Ferry", "body": "\n \n"}, ["body"]),
        ({"headline": "Ferry", "body": "***"}, ["body"]),
        ({"headline": "Ferry", "body": "…\n\n## Later"}, []),
        ({"headline": "Ferry", "body": "🚢"}, []),
        ({"headline": "عبّارة", "body": "عادت العبّارة."}, []),
        ({"headline": "Ferry", "pictures": (PICTURE,)}, ["body"]),
        ({"headline": "Ferry", "pictures": (PICTURE,), "picture_story": True}, []),
        ({"headline": "Ferry", "body": "It sails.", "picture_story": True}, ["pictures"]),
        ({"headline": "Ferry", "pictures": (Picture(),), "picture_story": True}, ["pictures"]),
    ],
)
def test_a_story_needs_a_headline_and_a_body_or_pictures(
    fields: dict[str, Any], paths: list[str]
) -> None:
    story = Story(**fields)
    assert [part.path for part in missing_parts(story)] == paths
    assert [part.path for part in missing_parts(story, parse(story.body))] == paths


def test_the_refusal_names_the_field_and_what_to_do() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require_minimum(Story(headline="Ferry"))
    error = refusal.value
    assert error.path == "body"
    assert error.sentence == "The story has no body."
    assert error.hint == "Write it, or mark it as a picture story."
    require_minimum(Story(headline="Ferry", body="It sails."))


def test_a_story_that_is_no_picture_story_keeps_its_bytes() -> None:
    assert Story(headline="Ferry").canonical() == b'{"headline":"Ferry"}'
    assert b'"picture_story":true' in Story(picture_story=True).canonical()
