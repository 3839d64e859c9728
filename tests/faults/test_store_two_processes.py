"""Two processes at one story, each writing on: every text is a version, and a person joins them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from editor.core.commands import Reconcile, Submit
from editor.core.merge import merge
from editor.errors import NotAllowed
from tests.faults.conftest import CHIEF, WRITER, a_desk, a_story
from tests.faults.store_writer import text
from tests.reading import reading

SCRIPT = Path(__file__).with_name("store_writer.py")
SAVES = 60


class Racer:
    """A process that saves one text after another once it is started."""

    def __init__(self, desk: Path, story: str, who: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), "race", str(desk), story, who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{SAVES}\n")
        self.process.stdin.flush()

    def versions(self) -> list[int]:
        output, _ = self.process.communicate()
        assert self.process.returncode == 0
        return [int(line) for line in output.split()]


def test_no_save_is_lost_and_the_leaves_can_be_joined(tmp_path: Path) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
        racers = {who: Racer(desk.path, story, who) for who in (CHIEF, WRITER)}
        for racer in racers.values():
            racer.start()
        saved = {who: racer.versions() for who, racer in racers.items()}

        numbers = sorted(number for versions in saved.values() for number in versions)
        assert numbers == list(range(2, 2 * SAVES + 2))
        rows = {row.version: row for row in reading(desk).versions(story)}
        for who, mine in saved.items():
            for place, number in enumerate(mine):
                assert rows[number].author == who
                assert rows[number].parents == ((mine[place - 1] if place else 1),)
                assert reading(desk).stored(story, number).story.body == text(who, place)
        ends = tuple(sorted(mine[-1] for mine in saved.values()))
        assert reading(desk).leaves(story) == ends
        assert reading(desk).row(story).leaves == 2
        assert reading(desk).verify_audit().reason == ""

        with pytest.raises(NotAllowed, match="reconcile"):
            desk.do(Submit(story, numbers[-1]), WRITER)
        ancestor = reading(desk).ancestor(story, *ends)
        assert ancestor is not None
        assert ancestor.version == 1
        ours, theirs = (reading(desk).stored(story, leaf).story for leaf in ends)
        both = merge(ancestor.story, ours, theirs)
        assert both.undecided, "both rewrote one paragraph: a person decides"
        joined = both.story(dict.fromkeys(both.undecided, (ours.body, theirs.body)))
        desk.do(Reconcile(story, ends, joined), WRITER)
        now = reading(desk).stored(story)
        assert now.story.body == f"{ours.body}\n\n{theirs.body}"
        assert reading(desk).leaves(story) == (now.version,) == (2 * SAVES + 2,)
        desk.do(Submit(story, now.version), WRITER)
