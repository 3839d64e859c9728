"""Exports that are killed at random moments, and two to one folder at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.newsroom import Room

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")

KILLS = 12
"""Fifty in the suite's long mode."""
WAITS = "Another export to “site” is under way."


def run(mode: str, room: Room, folder: Path, times: int) -> list[str]:
    """What `killed_exports` prints."""
    folder.mkdir()
    words = [sys.executable, "-m", "tests.faults.killed_exports", mode, room.path, folder, times]
    done = subprocess.run(
        list(map(str, words)), cwd=ROOT, check=True, capture_output=True, text=True, timeout=300
    )
    return done.stdout.splitlines()


def test_killed_export_leaves_a_whole_edition_and_the_next_one_is_whole(
    room: Room, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kills = 50 if request.config.getoption("--slow") else KILLS
    found = run("kill", room, tmp_path / "out", kills)
    assert len(found) == kills
    assert set(found) == {"all", "ferry"}


def test_of_two_exports_to_one_folder_one_waits(room: Room, tmp_path: Path) -> None:
    *sentences, last = run("race", room, tmp_path / "out", 4)
    assert last in {"all 0 0 site", "ferry 0 0 site"}
    assert set(sentences) <= {WAITS}
