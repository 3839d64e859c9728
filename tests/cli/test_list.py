"""`stonehand list`: the same filters as the window has, and a word where one finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.core.commands import AddNote, Return, SaveStory
from editor.core.story import Story
from editor.store.desk import Desk
from tests.cli.test_several import EDITOR, FERRY, WRITER, Run, stories
from tests.reading import reading

__all__ = ["stories"]


@pytest.fixture
def listed(run: Run, stories: Path) -> Path:
    """The desk with a returned story, one that waits, and one in Arabic without a section."""
    run("submit", FERRY, "quay", "--desk", stories, "--as", WRITER)
    with Desk.open(stories) as desk:
        ferry, quay = (reading(desk).find(slug) for slug in (FERRY, "quay"))
        desk.do(Return(ferry, 1, "Which ferry?"), EDITOR)
        desk.do(AddNote(quay, "And when?"), EDITOR)
        desk.do(SaveStory(Story(slug="mina", headline="ميناء", language="ar")), EDITOR)
    return stories


def slugs(run: Run, desk: Path, *words: str) -> list[str]:
    code, out, err = run("list", "--desk", desk, *words)
    assert (code, err) == (0, "")
    return [line.split()[0] for line in out.splitlines()]


def test_filters_are_those_of_the_window(run: Run, listed: Path) -> None:
    assert slugs(run, listed, "--section", "", "--author", EDITOR) == ["mina"]
    assert slugs(run, listed, "--language", "ar") == ["mina"]
    assert slugs(run, listed, "--returned-to", WRITER) == [FERRY]
    assert slugs(run, listed, "--waiting-for", EDITOR) == ["quay"]
    assert slugs(run, listed, "--waiting-for", WRITER) == []
    assert slugs(run, listed, "--notes") == [FERRY, "quay"]
    assert slugs(run, listed, "--notes", "--stage", "review") == ["quay"]
    assert slugs(run, listed, "--publication", "killed") == []
    assert slugs(run, listed, "--author", WRITER, "--section", "world")[:1] == [FERRY]


@pytest.mark.parametrize(
    ("option", "value", "sentence", "hint"),
    [
        ("--section", "spotr", "The paper has no section “spotr”.", "sport"),
        ("--language", "fr", "No story is in the language “fr”.", "ar, en"),
        ("--author", "Nobody", "“Nobody” is not on this desk.", WRITER),
        ("--returned-to", "Nobody", "“Nobody” is not on this desk.", WRITER),
        ("--waiting-for", "", "“” is not on this desk.", WRITER),
        ("--stage", "odd", "“odd” is not a stage.", "in review"),
    ],
)
def test_what_the_desk_does_not_know_is_told(
    run: Run, listed: Path, option: str, value: str, sentence: str, hint: str
) -> None:
    stage = () if option == "--stage" else ("--stage", "spiked")
    code, out, err = run("list", "--desk", listed, option, value, *stage)
    assert (code, out) == (1, "")
    assert sentence in err
    assert hint in err


def test_known_section_without_stories_lists_nothing(run: Run, listed: Path) -> None:
    assert slugs(run, listed, "--section", "sport") == []
    assert slugs(run, listed, "--author", EDITOR, "--stage", "spiked") == []
