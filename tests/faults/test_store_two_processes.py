"""Two processes at one story: each version has one author, and the other is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .conftest import CHIEF, WRITER, a_desk, a_story
from .store_writer import text

SCRIPT = Path(__file__).with_name("store_writer.py")
ROUNDS = 100


class Racer:
    """A process that tries to save when told to."""

    def __init__(self, desk: Path, story: str, who: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), "race", str(desk), story, who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.said() == "ready"

    def tell(self, base: int) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{base}\n")
        self.process.stdin.flush()

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def racers(desk: Path, story: str) -> Iterator[dict[str, Racer]]:
    running = {who: Racer(desk, story, who) for who in (CHIEF, WRITER)}
    yield running
    for racer in running.values():
        racer.process.communicate()
        assert racer.process.returncode == 0


def test_no_save_is_lost_and_losers_are_told(tmp_path: Path) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
        winners: dict[int, str] = {}
        with racers(desk.path, story) as running:
            for base in range(1, ROUNDS + 1):
                order = sorted(running, reverse=base % 2 == 0)
                for who in order:
                    running[who].tell(base)
                said = {who: running[who].said() for who in order}
                assert sorted(said.values()) == ["lost", "won"]
                winners[base + 1] = max(said, key=lambda who: said[who])
        assert set(winners.values()) == {CHIEF, WRITER}
        assert desk.stored(story).version == ROUNDS + 1
        for version, who in winners.items():
            stored = desk.stored(story, version)
            assert (stored.author, stored.story.body) == (who, text(who, version))
        assert len(desk.log(story)) == ROUNDS + 1
