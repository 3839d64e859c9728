"""Two processes at one story: each version has one author, and the other is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .conftest import CHIEF, WRITER, a_desk, a_story
from .store_writer import ROUNDS, text

SCRIPT = Path(__file__).with_name("store_writer.py")


def start(desk: Path, story: str, who: str) -> subprocess.Popen[str]:
    writer = subprocess.Popen(
        [sys.executable, str(SCRIPT), "race", str(desk), story, who],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def test_no_save_is_lost_and_losers_are_told(tmp_path: Path) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
        writers = {who: start(desk.path, story, who) for who in (CHIEF, WRITER)}
        for writer in writers.values():
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        won: dict[int, str] = {}
        for who, writer in writers.items():
            said, errors = writer.communicate()
            assert not errors
            lines = [line.split() for line in said.splitlines()]
            assert [int(version) for _, version in lines] == list(range(2, ROUNDS + 2))
            for result, version in lines:
                if result == "won":
                    assert int(version) not in won
                    won[int(version)] = who
        assert set(won) == set(range(2, ROUNDS + 2))
        assert desk.stored(story).version == ROUNDS + 1
        for version, who in won.items():
            stored = desk.stored(story, version)
            assert (stored.author, stored.story.body) == (who, text(who, version))
        assert len(desk.log(story)) == ROUNDS + 1
