"""Sections as lines of text: what is typed is read, and what is read is written the same."""

from __future__ import annotations

import pytest

from editor.core.house import Section
from editor.core.section_lines import parse_sections, section_lines
from editor.errors import BadValue

TEXT = """\
world: World
  ar: العالم
  fr: Monde
sport: Sport: live
  ar: رياضة: مباشر"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("  ar: العالم", "“ar: العالم” is no title of a section above it"),
        ("World\n  العالم", "“العالم” is no title of a section"),
        ("World\n  arabic: العالم", "“arabic” is not a language"),
        ("World\n  : العالم", "“” is not a language"),
        ("World\n  x-own: Ours", "“world” can't have a title in “x-own”"),
        ("World\n  ar:", "“world” needs a title in ar"),
        ("World\n  ar: \x07\x1b", "“world” needs a title in ar"),
        ("World\n  ar: ا\n  ar-EG: ب", "“world” can't have a title in “ar-EG”"),
        (f"World\n  ar: {'x' * 201}", "“world” in ar has 201 characters; 200 is the limit"),
        ("x" * 1_201, "has 1,201 characters; 200 is the limit"),
        ("World\nWorld", "Two sections have the address “world”"),
        ("two words: World", "can't be a slug"),
    ],
)
def test_bad_line_is_refused_with_a_hint(text: str, reason: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_sections(text)
    assert reason in caught.value.sentence
    assert caught.value.hint


def test_sections_read_back_as_they_were_written() -> None:
    sections = parse_sections(TEXT)
    assert sections == (
        Section("world", "World", (("ar", "العالم"), ("fr", "Monde"))),
        Section("sport", "Sport: live", (("ar", "رياضة: مباشر"),)),
    )
    assert "\n".join(section_lines(sections)) == TEXT


def test_white_space_and_empty_lines_are_passed_over() -> None:
    text = "World  news\n\n\tar_EG :\u00a0 العالم\x07  اليوم \n \n"
    assert parse_sections(text) == (Section("world-news", "World news", (("ar", "العالم اليوم"),)),)
    assert parse_sections(" \n") == ()


def test_section_without_letters_in_its_title_is_called_section() -> None:
    assert parse_sections("!!!\n") == (Section("section", "!!!"),)
    with pytest.raises(BadValue, match="Two sections have the address “section”"):
        parse_sections("!!!\n???")
