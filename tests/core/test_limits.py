"""A story that is too long is refused with its size and the limit."""

from __future__ import annotations

import pytest

from editor.core.limits import STORY_CHARACTERS, WORD_CHARACTERS, require_room, require_size
from editor.core.story import Story
from editor.errors import BadValue


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (
            Story(headline="Quay", body="word " * 2_000_000),
            "“Quay” has 10,000,006 characters; 1,000,000 is the limit.",
        ),
        (
            Story(slug="quay", body="`" * 2_000_000),
            "2,000,000 characters without a space are too many; 20,000 is the limit.",
        ),
        (
            Story(body="x" * 300_000),
            "300,000 characters without a space are too many; 20,000 is the limit.",
        ),
        (
            Story(key_points=("a b " * 200_000,) * 3),
            "“” has 2,400,003 characters; 1,000,000 is the limit.",
        ),
    ],
)
def test_what_is_too_long_is_refused(story: Story, sentence: str) -> None:
    with pytest.raises(BadValue) as caught:
        require_size(story)
    assert sentence.split("; ")[1] in caught.value.sentence
    assert caught.value.sentence.split(" ")[1] == sentence.split(" ")[1]
    assert caught.value.hint


def test_long_copy_and_scripts_without_spaces_are_taken() -> None:
    require_size(Story(headline="A novel", body="word " * (STORY_CHARACTERS // 5 - 10)))
    require_size(Story(body="港" * 100_000))
    require_size(Story(body="ท" * 100_000))
    require_size(Story(body="x" * WORD_CHARACTERS))


def test_a_paste_counts_with_what_is_there() -> None:
    require_room("word " * 100, STORY_CHARACTERS - 500)
    with pytest.raises(BadValue, match="1,000,001 characters"):
        require_room("word " * 100 + "x", STORY_CHARACTERS - 500)
