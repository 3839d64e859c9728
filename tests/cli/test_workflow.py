"""The verbs for versions, publishing and notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.core.commands import SaveStory
from editor.store.desk import Desk
from tests.reading import reading

Run = Callable[..., tuple[int, str, str]]
SLUG, CHIEF, EDITOR, WRITER = "ferry-returns", "Nadia Rahman", "Tom Vale", "Ines Duarte"


@pytest.fixture
def do(run: Run, desk_path: Path) -> Callable[..., str]:
    """Run a verb that must succeed, and return its output."""

    def do(*words: object, by: str = EDITOR) -> str:
        code, out, err = run(*words, "--desk", desk_path, "--as", by)
        assert (code, err) == (0, "")
        return out

    return do


def save(desk_path: Path, base: int, **change: str) -> None:
    with Desk.open(desk_path) as desk:
        story = reading(desk).stored(reading(desk).find(SLUG), base).story
        desk.do(SaveStory(replace(story, **change), base), WRITER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["correct", SLUG], "A correction needs a note for readers."),
        (["correct", SLUG, "--note", " "], "A correction needs a note for readers."),
        (["kill", SLUG], "A story is killed with a note."),
        (["kill", SLUG, "--note", "Why"], "can't be killed"),
        (["update", SLUG], "can't be updated"),
        (["publish", SLUG], "can't be published"),
        (["unspike", SLUG], "can't be unspiked"),
        (["withdraw", SLUG], "can't be withdrawn"),
        (["restore", SLUG, "7"], "has no version 7"),
        (["note", SLUG, " "], "The note is empty."),
        (["note", SLUG, "Yes", "--answers", "9"], "has no note 9"),
        (["notes", SLUG, "--resolve", "9"], "has no note 9"),
        (["spike", "no-such"], "There is no story"),
    ],
)
def test_refused_actions_print_a_sentence(
    run: Run, desk_path: Path, words: list[str], message: str
) -> None:
    code, out, err = run(*words, "--desk", desk_path, "--as", EDITOR)
    assert (code, out) == (1, "")
    assert message in err
    assert "Traceback" not in err


def test_release_needs_a_person_who_may_publish(run: Run, desk_path: Path, do: Any) -> None:
    do("submit", SLUG, by=WRITER)
    do("approve", SLUG)
    out = desk_path.parent / "out"
    words = ("export", "site", "--desk", desk_path, "--out", out, "--release")
    assert run(*words)[0] == 2
    ahead = run(*words, "--as", EDITOR, "--generated-at", "2126-01-01T00:00:00Z")
    assert ahead[0] == 1
    assert "still to come" in ahead[2]
    what_if = run(*words, "--as", EDITOR, "--what-if")
    assert what_if[0] == 1
    assert "not published" in what_if[2]
    code, _, err = run(*words, "--as", WRITER)
    assert code == 1
    assert "may not publish" in err
    assert not out.exists()


def test_release_publishes_its_stories(run: Run, desk_path: Path, do: Any, run_json: Any) -> None:
    do("submit", SLUG, by=WRITER)
    do("approve", SLUG)
    out = desk_path.parent / "out"
    words = ("export", "site", "--out", out)
    assert run_json(*words, "--unsigned")["published"] == 0
    assert run_json("show", SLUG)["publication"] == "never"
    assert run_json(*words, "--release", "--as", EDITOR)["published"] == 1
    shown = run_json("show", SLUG)
    assert (shown["publication"], shown["live_version"]) == ("live", 1)
    assert run_json(*words, "--release", "--as", WRITER)["published"] == 0, "nothing new"
    code, output, _ = run("list", "--desk", desk_path)
    assert code == 0
    assert "approved, live version 1" in output


def test_publish_correct_update_kill(run: Run, desk_path: Path, do: Any, run_json: Any) -> None:
    do("submit", SLUG, by=WRITER)
    do("approve", SLUG)
    assert do("publish", SLUG) == f"Published “{SLUG}” (version 1).\n"
    assert do("publish", SLUG) == f"Readers have “{SLUG}” (version 1) already.\n"
    assert "for an update. Readers keep the live version" in do("update", SLUG, by=WRITER)
    assert f"Opened “{SLUG}” (version 2) for correction." in do(
        "correct", SLUG, "--note", "It is Sunday.", by=WRITER
    )
    assert "draft, live version 1" in run("list", "--desk", desk_path)[1]
    assert "Correction 1: It is Sunday. (" in run("show", SLUG, "--desk", desk_path)[1]
    latest, first = run_json("history", SLUG)
    assert (latest["cause"], latest["leaf"], latest["live"]) == ("corrected", True, False)
    assert (first["approved_by"], first["live"]) == (EDITOR, True)
    assert do("kill", SLUG, "--note", "It was never true.").startswith(
        f"Killed “{SLUG}” (version 2)."
    )
    assert "killed" in run("history", SLUG, "--desk", desk_path)[1]
    out = desk_path.parent / "out"
    assert run_json("export", "api", "--out", out, "--as", EDITOR)["withdrawn"] == [SLUG]
    document = json.loads((out / "v1" / "stories" / f"{SLUG}.json").read_text())
    assert document["data"]["status"] == "canceled"


def test_versions_to_reconcile_are_shown(run: Run, desk_path: Path, run_json: Any) -> None:
    save(desk_path, 1, kicker="Sea")
    save(desk_path, 1, kicker="Weather")
    for verb in (["list"], ["show", SLUG]):
        assert "two versions to reconcile" in run(*verb, "--desk", desk_path)[1]
    assert "Versions to reconcile: 2, 3." in run("show", SLUG, "--desk", desk_path)[1]
    assert run_json("show", SLUG)["leaves"] == [2, 3]
    assert run_json("list")[0]["leaves"] == 2
    history = run("history", SLUG, "--desk", desk_path)[1]
    assert "saved from 1" in history
    assert history.count("to reconcile") == 2
    code, _, err = run("submit", SLUG, "--desk", desk_path, "--as", WRITER)
    assert code == 1
    assert "two versions to reconcile: 2 and 3" in err


def test_restore_makes_a_new_version(desk_path: Path, do: Any, run_json: Any) -> None:
    save(desk_path, 1, kicker="Sea")
    message = f"Restored “{SLUG}” (version 3, with the text of version 1).\n"
    assert do("restore", SLUG, 1, by=WRITER) == message
    assert run_json("show", SLUG)["kicker"] == ""
    assert "has that text already" in do("restore", SLUG, 1, by=WRITER)
    assert run_json("history", SLUG)[0]["cause"] == "restored"


def test_spike_and_unspike(do: Any) -> None:
    assert do("spike", SLUG, "--note", "Old news.", by=WRITER) == f"Spiked “{SLUG}” (version 1).\n"
    assert do("unspike", SLUG, by=WRITER) == f"Unspiked “{SLUG}” (version 1).\n"


def test_submit_and_withdraw(do: Any, run_json: Any) -> None:
    do("submit", SLUG, by=WRITER)
    assert do("withdraw", SLUG, by=WRITER) == f"Withdrew “{SLUG}” (version 1) from review.\n"
    assert run_json("show", SLUG)["stage"] == "draft"


def test_notes_are_added_answered_and_resolved(
    run: Run, desk_path: Path, do: Any, run_json: Any
) -> None:
    assert do("note", SLUG, "Who says so?") == f"Added note 1 to “{SLUG}”.\n"
    do("note", SLUG, "The pilot.", "--answers", 1, by=WRITER)
    do("notes", SLUG, "--resolve", 1, by=WRITER)
    first, answer = run_json("notes", SLUG)
    assert (first["text"], first["resolved_by"], answer["answers"]) == ("Who says so?", WRITER, 1)
    output = run("notes", SLUG, "--desk", desk_path)[1]
    assert f"resolved by {WRITER}" in output
    assert "    2  Ines Duarte" in output
    do("notes", SLUG, "--reopen", 1, by=WRITER)
    assert run_json("notes", SLUG)[0]["resolved_by"] == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"headline": ""}, "The story has no headline."),
        ({"body": ""}, "The story has no body."),
    ],
)
def test_submitting_an_empty_story_prints_what_is_missing(
    run: Run, desk_path: Path, change: dict[str, str], message: str
) -> None:
    save(desk_path, 1, **change)
    code, out, err = run("submit", SLUG, "--desk", desk_path, "--as", WRITER)
    assert (code, out) == (1, "")
    assert message in err
