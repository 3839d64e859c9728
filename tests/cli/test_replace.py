"""`stonehand replace`: what it would change, what it changes, and what it names instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editor.core.commands import SaveStory, Spike
from editor.core.story import Story
from editor.store.desk import Desk
from tests.cli.conftest import Run
from tests.reading import reading

WRITER = "Ines Duarte"


@pytest.fixture
def stories(desk_path: Path) -> dict[str, str]:
    """Two more stories with a ferry in them, one of them spiked; their ids by their slugs."""
    with Desk.open(desk_path) as desk:
        found = {}
        for slug in ("piers", "old"):
            story = Story(slug=slug, section="sport", headline="A ferry", body="Two ferries.")
            [found[slug]] = desk.do(SaveStory(story), WRITER).ids("story")
        desk.do(Spike(found["old"], 1), WRITER)
    return found


def texts(desk_path: Path) -> dict[str, tuple[str, int]]:
    with Desk.open(desk_path) as desk:
        return {
            row.slug: (reading(desk).stored(row.id).story.headline, row.version)
            for row in reading(desk).rows()
        }


def test_nothing_is_written_without_write(
    run: Run, desk_path: Path, stories: dict[str, str]
) -> None:
    before = texts(desk_path)
    code, out, err = run("replace", "ferry", "boat", "--desk", desk_path)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "“ferry-returns” (version 1)",
        "  Headline: The night [-ferry-]{+boat+} returns",
        "  Body: The night [-ferry-]{+boat+} returns on Monday. Fares sta",
        "“piers” (version 1)",
        "  Headline: A [-ferry-]{+boat+}",
        "“old” (version 1)",
        "  Headline: A [-ferry-]{+boat+}",
        "  Can't be changed: A story that is spiked can't be saved. "
        "That works on a story that is a draft or in review or approved.",
        "3 changes in 2 stories. Nothing was written; --write does it.",
    ]
    assert texts(desk_path) == before


def test_write_saves_new_versions_and_names_what_it_could_not_change(
    run: Run, desk_path: Path, stories: dict[str, str]
) -> None:
    code, out, err = run("replace", "ferry", "boat", "--desk", desk_path, "--write", "--as", WRITER)
    assert code == 1
    assert err == "1 story could not be changed. The reason is given above.\n"
    assert out.count("Saved as version 2.") == 2
    assert "3 changes made in 2 stories." in out
    assert texts(desk_path) == {
        "ferry-returns": ("The night boat returns", 2),
        "piers": ("A boat", 2),
        "old": ("A ferry", 1),
    }
    assert run("restore", "piers", 1, "--desk", desk_path, "--as", WRITER)[0] == 0
    assert texts(desk_path)["piers"] == ("A ferry", 3)


def test_only_the_named_stories_or_one_section(
    run: Run, run_json: Callable[..., Any], stories: dict[str, str]
) -> None:
    named = run_json("replace", "ferry", "boat", "piers", "ferry-returns")
    assert [story["story"] for story in named["stories"]] == ["piers", "ferry-returns"]
    section = run_json("replace", "ferry", "boat", "--section", "world")
    assert [story["story"] for story in section["stories"]] == ["ferry-returns"]
    stage = run_json("replace", "ferry", "boat", "--stage", "spiked")
    assert [story["story"] for story in stage["refused"]] == ["old"]


def test_json_has_each_change_with_its_place(
    run_json: Callable[..., Any], stories: dict[str, str]
) -> None:
    found = run_json(
        "replace", r"(\d|two) ferr(y|ies)", "$1 boat$2", "piers", "--expression", "--match-case"
    )
    assert found == {"written": False, "stories": [], "refused": []}
    found = run_json("replace", r"(two) ferr(ies)", "$1 boats, $2", "piers", "--expression")
    assert found["stories"] == [
        {
            "story": "piers",
            "version": 1,
            "stage": "draft",
            "publication": "never",
            "changes": [
                {
                    "field": "body",
                    "start": 0,
                    "end": 11,
                    "old": "Two ferries",
                    "new": "Two boats, ies",
                    "before": "",
                    "after": ".",
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("(", "x", "--expression"), "The expression has a mistake at character 2: missing )."),
        (("a", "$1", "--expression"), "The replacement names the group “1” at character 1."),
        (("", "x"), "There is nothing to find."),
        (("a", "x", "nowhere"), "There is no story “nowhere” on this desk."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_read(
    run: Run, desk_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run("replace", *words, "--desk", desk_path, "--write")
    assert (code, out) == (1, "")
    assert err.startswith(sentence)


def test_nothing_found_is_told(run: Run, desk_path: Path) -> None:
    assert run("replace", "zeppelin", "boat", "--desk", desk_path) == (
        0,
        "Nothing was found.\n",
        "",
    )
    whole = run("replace", "ferr", "boat", "--desk", desk_path, "--whole-words")
    assert whole == (0, "Nothing was found.\n", "")


def test_every_page_of_a_desk_is_replaced_once(
    run: Run, desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved comes last in the order of pages, and holds the words that are looked for."""
    with Desk.open(desk_path) as desk:
        for number in range(7):
            desk.do(SaveStory(Story(slug=f"s{number}", headline="zebra")), WRITER)
    monkeypatch.setattr(
        "editor.store.reading.story_changes.StoryReplacing.read_page.__defaults__", (None, 2)
    )
    code, out, err = run("replace", "zebra", "a zebra", "--desk", desk_path, "--write")
    assert (code, err) == (0, "")
    assert "7 changes made in 7 stories." in out
    assert {found for slug, found in texts(desk_path).items() if slug.startswith("s")} == {
        ("a zebra", 2)
    }
