"""The audit on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.commands import SaveStory
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.cli.conftest import Run
from tests.proof.odd_pictures import drawn
from tests.reading import reading


@pytest.fixture
def worked(run: Run, desk_path: Path) -> Path:
    desk = ("--desk", desk_path)
    run("submit", "ferry-returns", *desk, "--as", "Ines Duarte")
    assert run("approve", "ferry-returns", *desk, "--as", "Tom Vale", "--note", "Good.")[0] == 0
    return desk_path


def test_broken_audit_is_located_with_exit_code_1(run: Run, worked: Path) -> None:
    raw = sqlite.connect(worked / DATABASE)
    with raw:
        raw.execute(
            "UPDATE events SET body = replace(body, 'Tom', 'Tim') WHERE action = 'approved'"
        )
        ((row,),) = raw.execute("SELECT id FROM events WHERE action = 'approved'").fetchall()
    raw.close()
    code, out, err = run("audit", worked)
    assert code == 1
    assert f"breaks at row {row}" in err
    assert "verified" not in out
    code, out, _ = run("audit", worked, "--json")
    report = json.loads(out)
    assert (code, report["broken_at"]) == (1, row)
    assert report["reason"]


def test_audit_is_printed_and_verified(run: Run, worked: Path) -> None:
    code, out, err = run("audit", worked)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert ["opened" in lines[0], "founded" in lines[1], "house" in lines[2]] == [True] * 3
    assert any("Tom Vale" in line and "approved" in line and "Good." in line for line in lines)
    assert lines[-1] == f"{len(lines) - 1} rows verified."


def test_audit_of_one_story_as_json(run: Run, worked: Path) -> None:
    code, out, _ = run("audit", worked, "--story", "ferry-returns", "--json")
    report = json.loads(out)
    assert code == 0
    assert [row["action"] for row in report["log"]][:3] == ["saved", "submitted", "approved"]
    assert all(len(row["hash"]) == 64 and row["is_signed"] for row in report["log"])
    assert report["unsigned"] == {}
    assert (report["broken_at"], report["reason"]) == (None, None)
    assert run("audit", worked, "--story", "nowhere")[0] == 1


def test_picture_that_is_missing_is_named_with_its_story(run: Run, desk_path: Path) -> None:
    with Desk.open(desk_path) as desk:
        picture = desk.pictures.add(drawn())
        story = reading(desk).stored(reading(desk).find("ferry-returns"))
        pictured = replace(story.story, pictures=(picture,))
        desk.do(SaveStory(pictured, story.version), by="Ines Duarte")
    assert run("audit", desk_path)[0] == 0
    (desk_path / "pictures" / picture.file).unlink()
    sentence = "ferry-returns: The desk has no file of this picture."
    code, out, err = run("audit", desk_path)
    assert (code, err) == (1, sentence + "\n")
    assert "rows verified" in out
    [problem] = json.loads(run("audit", desk_path, "--json")[1])["pictures"]
    assert (problem["file"], problem["stories"]) == (picture.file, ["ferry-returns"])
    code, out, _ = run("check", "ferry-returns", "--desk", desk_path)
    assert "ferry-returns: Picture can’t be shown" in out
    with Desk.open(desk_path) as desk:
        desk.pictures.add(drawn())
    assert run("audit", desk_path)[0] == 0
