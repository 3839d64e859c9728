"""`stonehand front` prints and changes the order of the home page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

NADIA, TOM, INES = "Nadia Rahman", "Tom Vale", "Ines Duarte"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set",), "needs the stories"),
        (("--set", "ferry-returns"), "--as"),
        (("--clear",), "--as"),
        (("ferry-returns",), "either --set"),
        (("--set", "--clear", "ferry-returns"), "either --set"),
        (("--clear", "ferry-returns", "--as", TOM), "takes no stories"),
    ],
)
def test_wrong_usage_is_explained(
    run: Run, desk_path: Path, words: tuple[str, ...], message: str
) -> None:
    code, out, err = run("front", "--desk", desk_path, *words)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("slugs", "person", "message"),
    [
        (["nowhere"], TOM, "no story “nowhere”"),
        (["ferry-returns", "ferry-returns"], TOM, "twice"),
        (["ferry-returns"], INES, "Only editors and chiefs"),
        (["ferry-returns"], "Nobody", "Nobody"),
    ],
)
def test_bad_order_is_refused_and_nothing_changes(
    run: Run, run_json: Callable[..., Any], desk_path: Path, slugs: list[str], person: str,
    message: str,
) -> None:  # fmt: skip
    code, out, err = run("front", "--desk", desk_path, "--as", person, "--set", *slugs)
    assert (code, out) == (1, "")
    assert message in err
    assert run_json("front") == []


def test_front_is_ordered_printed_and_cleared(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    assert "newest story leads" in run("front", "--desk", desk_path)[1]
    code, out, err = run("front", "--set", "ferry-returns", "--as", TOM, "--desk", desk_path)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "1.  ferry-returns  The night ferry returns  not shown: draft, not approved",
        f"Ordered by {TOM}; all other stories follow, the newest first.",
    ]
    [story] = run_json("front")
    assert (story["slug"], story["not_shown_because"]) == ("ferry-returns", "draft, not approved")
    assert run("front", "--clear", "--as", NADIA, "--desk", desk_path)[0] == 0
    assert run_json("front") == []
