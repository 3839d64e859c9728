from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.story import check_slug
from editor.proof.authors import author_slug, stories_by_author
from tests.editions import listed
from tests.formats.site.edition import edition


@pytest.mark.parametrize("name", ["", " ", "!?", "—", "\u200b", "__"])
def test_name_without_letters_has_no_page(name: str) -> None:
    assert author_slug(name) == ""


@pytest.mark.parametrize("name", ["Index", "Page", "Con", "Nul", "COM1"])
def test_name_that_no_file_may_have_gets_another_slug(name: str) -> None:
    check_slug(author_slug(name))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mara Lindqvist", "mara-lindqvist"),
        ("MARA  LINDQVIST", "mara-lindqvist"),
        ("Conor O’Brien, Jr.", "conor-o-brien-jr"),
        ("Jean-Luc Martin", "jean-luc-martin"),
    ],
)
def test_plain_name_is_its_slug(name: str, slug: str) -> None:
    assert author_slug(name) == slug


def test_names_with_one_transliteration_have_a_page_each() -> None:
    names = (
        "José Díaz",
        "Jose Diaz",
        "Josè Diaz",
        "يوسف حداد",
        "يوسف حدّاد",
        "李",
        "里",
        "x" * 70,
        "x" * 71,
    )
    for one, other in combinations(names, 2):
        assert author_slug(one) != author_slug(other), (one, other)
    assert re.fullmatch(r"jose-diaz-[0-9a-f]{6}", author_slug("José Díaz"))


@given(st.text(max_size=200))
def test_slug_of_any_name_is_part_of_an_address(name: str) -> None:
    if slug := author_slug(name):
        check_slug(slug)


def test_story_is_once_in_the_list_of_an_author_named_twice() -> None:
    story = replace(listed(edition().items[0]), bylines=("Mara Quay", "***", "MARA QUAY"))
    assert stories_by_author([story]) == {"mara-quay": ("Mara Quay", [story])}
