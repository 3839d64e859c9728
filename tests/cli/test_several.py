"""Several stories at once: what is done and what is not is told for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.commands import SaveHouse, SaveStory
from editor.core.house import Section
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.store.desk import Desk
from tests.reading import reading

Run = Callable[..., tuple[int, str, str]]
FERRY, CHIEF, EDITOR, WRITER = "ferry-returns", "Nadia Rahman", "Tom Vale", "Ines Duarte"


@pytest.fixture
def stories(desk_path: Path) -> Path:
    """The desk with two more stories, one of which has no text, and two sections."""
    with Desk.open(desk_path) as desk:
        house = reading(desk).house()
        sections = (Section("world", "World"), Section("sport", "Sport"))
        desk.do(SaveHouse(replace(house, sections=sections), house.hash), CHIEF)
        for slug, body in (("quay", "The quay is shut."), ("empty", "")):
            text = Story(slug=slug, section="world", headline=f"About {slug}", body=body)
            desk.do(SaveStory(text), WRITER)
    return desk_path


def stages(path: Path, *slugs: str) -> list[Stage]:
    with Desk.open(path) as desk:
        return [reading(desk).row(reading(desk).find(slug)).stage for slug in slugs]


def test_each_is_told_and_one_that_is_refused_makes_the_exit_code(run: Run, stories: Path) -> None:
    words = ("--desk", stories, "--as", WRITER)
    code, out, err = run("submit", FERRY, "empty", "quay", FERRY, *words)
    assert code == 1
    lines = out.splitlines()
    assert len(lines) == 3, "a story that is named twice is done once"
    assert lines[0] == f"Submitted “{FERRY}” (version 1)."
    assert lines[1].startswith("Not done: “empty”: ")
    assert lines[2] == "Submitted “quay” (version 1)."
    assert "Not done: 1 of 3 stories." in err
    assert stages(stories, FERRY, "empty", "quay") == [Stage.REVIEW, Stage.DRAFT, Stage.REVIEW]


def test_all_that_are_done_make_no_error(run: Run, stories: Path) -> None:
    words = ("--desk", stories, "--as", WRITER)
    assert run("spike", FERRY, "quay", *words)[::2] == (0, "")
    assert stages(stories, FERRY, "quay") == [Stage.SPIKED] * 2
    code, out, err = run("unspike", FERRY, "quay", "--note", "It was true.", *words)
    assert (code, err) == (0, "")
    assert out.count("Unspiked") == 2
    assert run("notes", "quay", "--desk", stories)[1].count("It was true.") == 1


def test_publishing_names_what_is_not_approved(run: Run, stories: Path) -> None:
    words = ("--desk", stories, "--as", EDITOR)
    run("submit", FERRY, "--desk", stories, "--as", WRITER)
    run("approve", FERRY, *words)
    code, out, _ = run("publish", "quay", FERRY, *words)
    assert code == 1
    assert out.splitlines() == [
        "Not done: “quay”: A story that is a draft can't be published. "
        "That works on a story that is approved.",
        f"Published “{FERRY}” (version 1).",
    ]


@pytest.mark.parametrize("verb", [("submit",), ("section", "sport")])
def test_a_slug_that_no_story_has_is_told_before_anything_is_done(
    run: Run, stories: Path, verb: tuple[str, ...]
) -> None:
    code, out, err = run(*verb, FERRY, "qay", "quay", "--desk", stories, "--as", WRITER)
    assert (code, out) == (1, "")
    assert "There is no story “qay” on this desk." in err
    assert stages(stories, FERRY, "quay") == [Stage.DRAFT] * 2


def test_a_hash_is_of_one_story(run: Run, stories: Path) -> None:
    words = ("--hash", "0" * 12, "--desk", stories, "--as", WRITER)
    code, _, err = run("submit", FERRY, "quay", *words)
    assert code == 2
    assert "--hash is of one text" in err
    assert stages(stories, FERRY, "quay") == [Stage.DRAFT] * 2


@pytest.mark.parametrize("verb", ["approve", "return", "kill", "correct", "update"])
def test_what_needs_reading_or_a_note_takes_one_story(run: Run, stories: Path, verb: str) -> None:
    code, _, err = run(verb, FERRY, "quay", "--desk", stories, "--as", EDITOR)
    assert code == 2
    assert "unexpected extra argument" in err


def test_without_a_story_it_is_wrong_usage(run: Run, stories: Path) -> None:
    assert run("spike", "--desk", stories, "--as", WRITER)[0] == 2


def test_a_locked_key_ends_it_at_once(
    run: Run, stories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    code, out, err = run("spike", FERRY, "quay", "--desk", stories, "--as", WRITER)
    assert (code, out) == (1, "")
    assert "passphrase" in err
    assert stages(stories, FERRY, "quay") == [Stage.DRAFT] * 2
