"""What nobody sees is not there for readers, and stays for those who write."""

from __future__ import annotations

import pytest

from editor.core.blanks import is_blank
from editor.core.dateline import Dateline
from editor.core.story import Picture, Story


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n", "\u200b", "\u200e\u2060", "\u3164", "\t"])
def test_blank_texts(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "\u200bא\u200b", ".", "…", "🚢"])
def test_texts_with_something_to_be_seen(text: str) -> None:
    assert not is_blank(text)


def test_story_without_blanks() -> None:
    story = Story(
        kicker=" ",
        headline="A ",
        key_points=("", "One", " \u200b"),
        bylines=(" ", "Ann Lee"),
        dateline=Dateline(city="Oslo", agency="\u200b"),
        pictures=(Picture(caption=" ", credit="\u00a0"),),
    )
    seen = story.without_blanks()
    assert (seen.kicker, seen.headline, seen.key_points) == ("", "A ", ("One",))
    assert (seen.bylines, seen.dateline.agency) == (("Ann Lee",), "")
    assert seen.pictures == (Picture(),)
    assert story.key_points == ("", "One", " \u200b")
    assert seen.without_blanks() is seen
