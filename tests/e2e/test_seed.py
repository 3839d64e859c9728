"""The page this product was conceived from: what importing it gives, and what is found there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editor.cli import main


@pytest.fixture
def seed(shared: Path) -> Path:
    return shared / "seed"


@pytest.fixture
def run_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, Any]]:
    monkeypatch.setenv("STONEHAND_KEYS", str(tmp_path / "private"))
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "open sesame")
    desk = tmp_path / "Seed.desk"
    main(["new", str(desk), "--name", "The Ledger", "--person", "Nadia Rahman"])

    def run_json(*words: object) -> dict[str, Any]:
        capsys.readouterr()
        assert main([*map(str, words), "--desk", str(desk), "--json"]) == 0
        result: dict[str, Any] = json.loads(capsys.readouterr().out)
        return result

    return run_json


def test_seed_import_gives_the_expected_story_and_briefs(
    seed: Path, run_json: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads((seed / "expected.json").read_text(encoding="utf-8"))
    imported = run_json("import", seed / expected["source"])
    story, wanted = imported["stories"][0], expected["story"]
    assert len(imported["stories"]) == 1
    assert imported["ignored"] == expected["ignored"]
    assert imported["problems"] == []
    assert [
        {"title": brief["title"], "summary": brief["summary"]} for brief in imported["briefs"]
    ] == expected["briefs"]
    assert story["headline"] == wanted["headline"]
    assert story["key_points"] == wanted["key_points"]
    assert len(story["pictures"]) == 1
    assert {name: story["pictures"][0][name] for name in wanted["picture"]} == wanted["picture"]
    assert {name: story["dateline"][name] for name in wanted["dateline"]} == wanted["dateline"]
    body = story["body"].split("\n\n")
    assert len(body) == wanted["body_paragraphs"]
    assert (body[0], body[-1]) == (wanted["body_first"], wanted["body_last"])


def test_seed_has_the_findings_that_a_good_checker_makes(
    seed: Path, run_json: Callable[..., dict[str, Any]]
) -> None:
    run_json("import", next(seed.glob("*.txt")))
    findings = run_json("check")["findings"]
    assert [(found["check"], found["field"]) for found in findings] == [
        ("quotation-in-body", "key_points/1"),
        ("picture-file", "pictures/0/file"),
        ("picture-text", "pictures/0/alt"),
        ("mixed-quotes", "key_points/0"),
        ("money-style", "banner/3/title"),
    ]
