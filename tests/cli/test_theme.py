"""The themes of a site on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

CHIEF = ("--as", "Nadia Rahman")


def test_themes_are_listed_copied_checked_and_used(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    desk = ("--desk", desk_path)
    assert run_json("theme") == [
        {"name": "broadsheet", "in_use": True},
        {"name": "tabloid", "in_use": False},
    ]
    code, out, err = run("theme", "--copy", "tabloid", "Evening Post", *CHIEF, *desk)
    assert (code, err) == (0, "")
    assert "evening-post" in out
    code, out, _err = run("theme", "--check", "evening-post", *desk)
    assert (code, out.strip()) == (0, "No problems found.")
    code, _out, _err = run("theme", "--use", "evening-post", *CHIEF, *desk)
    assert code == 0
    assert run_json("theme")[2] == {"name": "evening-post", "in_use": True}


@pytest.mark.parametrize("text", ["\n{% if %}", "{% set main %}\n{{ top.x.y }}{% endset %}"])
def test_broken_theme_is_refused_with_file_and_line(run: Run, desk_path: Path, text: str) -> None:
    desk = ("--desk", desk_path)
    run("theme", "--copy", "tabloid", "Evening", *CHIEF, *desk)
    (desk_path / "themes/evening/templates").mkdir(exist_ok=True)
    (desk_path / "themes/evening/templates/home.html").write_text(text)
    for arguments in (("--check", "evening"), ("--use", "evening", *CHIEF)):
        code, _out, err = run("theme", *arguments, *desk)
        assert code != 0
        assert "templates/home.html, line 2: " in err


def test_theme_is_removed_unless_the_paper_has_it(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    desk = ("--desk", desk_path)
    run("theme", "--copy", "tabloid", "Evening", *CHIEF, *desk)
    assert run("theme", "--remove", "evening", *desk)[0] != 0, "nobody is named"
    run("theme", "--use", "evening", *CHIEF, *desk)
    code, _out, err = run("theme", "--remove", "evening", *CHIEF, *desk)
    assert (code, "is the paper's" in err) == (1, True)
    run("theme", "--use", "tabloid", *CHIEF, *desk)
    assert run("theme", "--remove", "evening", *CHIEF, *desk)[0] == 0
    assert [row["name"] for row in run_json("theme")] == ["broadsheet", "tabloid"]


def test_theme_without_letters_in_its_name_is_called_theme(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    assert run("theme", "--copy", "tabloid", "!!!", *CHIEF, "--desk", desk_path)[0] == 0
    assert run_json("theme")[2]["name"] == "theme"
    assert 'title = "!!!"' in (desk_path / "themes/theme/theme.toml").read_text()


def test_refused_copy_and_removal_say_what_is_wrong(run: Run, desk_path: Path) -> None:
    desk = ("--desk", desk_path)
    run("theme", "--copy", "tabloid", "Evening", *CHIEF, *desk)
    for arguments, sentence in (
        (("--copy", "tabloid", "Evening"), "There is a theme “evening” already."),
        (("--copy", "broadsheet", "Tabloid"), "“tabloid” comes with Stonehand"),
        (("--remove", "tabloid"), "“tabloid” comes with Stonehand"),
    ):
        code, _out, err = run("theme", *arguments, *CHIEF, *desk)
        assert (code, sentence in err) == (1, True), err


def test_only_a_chief_chooses_a_theme(run: Run, desk_path: Path) -> None:
    code, _out, err = run("theme", "--use", "tabloid", "--desk", desk_path)
    assert code != 0
    assert "--as" in err
    assert run("theme", "--use", "gone", *CHIEF, "--desk", desk_path)[0] != 0
