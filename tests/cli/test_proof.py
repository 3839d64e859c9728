"""`stonehand proof`: a PDF of stories, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.store.desk import Desk
from tests.cli.conftest import Run
from tests.galley.conftest import pages_of

# What a verb makes for want of a window would be there for all tests after it.
pytestmark = pytest.mark.usefixtures("qapp")


def test_proof_of_two_stories_is_one_file(run: Run, desk_path: Path, tmp_path: Path) -> None:
    with Desk.open(desk_path) as desk:
        desk.do(SaveStory(Story(slug="other", headline="Another story")), by="Ines Duarte")
    out = tmp_path / "proof.pdf"
    code, printed, err = run("proof", "ferry-returns", "other", "--desk", desk_path, "--out", out)
    assert (code, printed) == (0, f"Wrote {out}: 2 pages.\n"), err
    first, second = pages_of(out.read_bytes(), 2)
    assert "The night ferry returns" in first
    assert "Another story" in second
    before = out.read_bytes()
    assert run("proof", "ferry-returns", "other", "--desk", desk_path, "--out", out)[0] == 0
    assert out.read_bytes() == before


def test_editors_note_is_there_only_if_asked_for(run: Run, desk_path: Path, tmp_path: Path) -> None:
    with Desk.open(desk_path) as desk:
        story = Story(slug="other", headline="Another story", ed_note="Call the harbour.")
        desk.do(SaveStory(story), by="Ines Duarte")
    out = tmp_path / "proof.pdf"
    words = ("proof", "other", "--desk", desk_path, "--out", out)
    assert run(*words, "--no-notes")[0] == 0
    assert "Call the harbour" not in pages_of(out.read_bytes(), 1)[0]
    assert run(*words, "--ed-note", "--paper", "letter")[0] == 0
    assert "Call the harbour" in pages_of(out.read_bytes(), 1)[0]


def test_unknown_story_is_told_and_nothing_written(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "proof.pdf"
    code, _printed, err = run("proof", "nothing", "--desk", desk_path, "--out", out)
    assert code == 1
    assert "nothing" in err
    assert not out.exists()
