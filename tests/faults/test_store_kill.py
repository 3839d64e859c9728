"""kill -9 in the middle of a stream of writes: what was acknowledged is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.faults.conftest import WRITER, a_desk, a_story
from tests.faults.store_writer import text
from tests.reading import reading

SCRIPT = Path(__file__).with_name("store_writer.py")


def runs(short: int, long: int) -> list[Any]:
    """So many runs always, and the others in the suite's long mode."""
    rest = range(short, long)
    return [*range(short), *(pytest.param(seed, marks=pytest.mark.slow) for seed in rest)]


def killed(what: str, desk: Path, story: str, acknowledged: int) -> int:
    """Let a writer write, kill it soon after so many acknowledgements; the last one."""
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), what, str(desk), story, WRITER],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        for _ in range(acknowledged):
            assert writer.stdout.readline(), "the writer ended by itself"
        writer.kill()
        rest, errors = writer.communicate()
    # Read after the kill: what the writer printed until then counts as well.
    printed = [int(line) for line in rest.split(b"\n")[:-1]]
    assert not errors
    return printed[-1] if printed else acknowledged


def sound(path: Path) -> bool:
    raw = sqlite.connect(path / DATABASE)
    try:
        return bool(raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    finally:
        raw.close()


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 200))]
)
def test_acknowledged_saves_survive(tmp_path: Path, seed: int) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
    first = Random(seed).randint(1, 60)
    last = killed("save", desk.path, story, first)
    with Desk.open(desk.path) as again:
        latest = reading(again).stored(story)
        assert latest.version >= max(last, first + 1)
        for version in range(2, latest.version + 1):
            stored = reading(again).stored(story, version)
            assert stored.story.body == text(WRITER, version)
            assert stored.hash == stored.story.hash
        assert [row.version for row in reading(again).versions(story)] == list(
            range(latest.version, 0, -1)
        )
        assert reading(again).rows()[0].version == latest.version
        assert len(reading(again).log(story)) == latest.version
        assert reading(again).search(f'"version {latest.version}"')[0].id == story
    assert sound(desk.path)


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 100))]
)
def test_acknowledged_drafts_survive(tmp_path: Path, seed: int) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
    last = killed("draft", desk.path, story, Random(seed).randint(1, 150))
    with Desk.open(desk.path) as again:
        entries = again.journal.entries()
        entry = entries[f"story:{story}"]
        assert entry["number"] >= last
        assert entry["body"] == text(WRITER, entry["number"])
        assert len(entries) == 1
        again.hold()
    assert [path.name for path in (desk.path / "drafts").iterdir()] == [f"story%3A{story}.json"]
