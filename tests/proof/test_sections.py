"""Sections as readers see them, in the language of the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.house import Section
from editor.core.story import Story
from editor.proof.sections import ShownSection, section_of, shown_sections
from tests.formats.site.edition import HOUSE

TWO = replace(
    HOUSE,
    sections=(
        Section("world", "World", (("ar", "العالم"), ("zh-TW", "國際"))),
        Section("sport", "Sport"),
    ),
)


@pytest.mark.parametrize("language", ["", "en", "en-GB", "fr", "zh", "x-harbour"])
def test_section_without_a_title_in_a_language_has_its_plain_one(language: str) -> None:
    story = Story(section="world", language=language)
    assert section_of(story, TWO) == ShownSection("world", "World", "en")


@pytest.mark.parametrize(
    ("language", "title", "of_title"),
    [
        ("ar", "العالم", "ar"),
        ("ar-EG", "العالم", "ar"),
        ("AR", "العالم", "ar"),
        ("zh-Hant-HK", "國際", "zh-Hant"),
    ],
)
def test_section_has_its_title_in_the_language_of_a_story(
    language: str, title: str, of_title: str
) -> None:
    story = Story(section="world", language=language)
    assert section_of(story, TWO) == ShownSection("world", title, of_title)


def test_story_in_no_section_has_none() -> None:
    assert section_of(Story(section="gone"), TWO) is None


def test_all_sections_are_shown_in_order() -> None:
    assert shown_sections(TWO, "ar") == (
        ShownSection("world", "العالم", "ar"),
        ShownSection("sport", "Sport", "en"),
    )
