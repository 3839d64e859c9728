from __future__ import annotations

from dataclasses import replace

import pytest

from editor.proof.sections import shown_sections
from editor.proof.trees import tree_prefix, trees_of
from tests.formats.site.edition import HOUSE, edition


@pytest.mark.parametrize("language", ["", "en", "en-GB", "EN-us", "../x", "x-harbour"])
def test_paper_language_and_what_is_none_are_at_the_top(language: str) -> None:
    assert tree_prefix(language, "en") == ""


@pytest.mark.parametrize(
    ("language", "prefix"),
    [
        ("ar", "ar/"),
        ("ar-EG", "ar/"),
        ("pt-BR", "pt/"),
        ("sr-Latn", "sr-latn/"),
        ("ku-Arab", "ku-arab/"),
        ("zh-Hant-TW", "zh-hant/"),
        ("con", "con-latn/"),
    ],
)
def test_other_language_has_a_folder_by_its_script(language: str, prefix: str) -> None:
    assert tree_prefix(language, "en") == prefix


def test_paper_language_is_compared_by_its_script() -> None:
    assert tree_prefix("zh-CN", "zh-Hans") == ""
    assert tree_prefix("zh-TW", "zh-CN") == "zh-hant/"
    assert tree_prefix("en", "ar") == "en/"


def test_tree_of_another_language_has_the_sections_that_have_stories() -> None:
    own, arabic = trees_of(edition().listings, HOUSE)
    assert (own.prefix, own.language) == ("", "en")
    assert own.sections == shown_sections(HOUSE, "en")
    assert (arabic.prefix, arabic.language, arabic.name) == ("ar/", "ar", "العربية")
    assert [section.slug for section in arabic.sections] == ["world"]


def test_paper_without_stories_has_one_tree() -> None:
    assert [tree.prefix for tree in trees_of((), HOUSE)] == [""]
    assert [
        tree.prefix for tree in trees_of(edition().listings, replace(HOUSE, language="ar"))
    ] == [
        "",
        "en/",
    ]
