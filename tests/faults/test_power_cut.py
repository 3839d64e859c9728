"""The power is cut at forty moments of a newsroom's day: no acknowledged save is gone.

In the suite's long mode at a thousand.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import AddNote, Command, Reconcile, SaveBanner, SaveStory, Submit
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.places import config_folder, data_folder
from editor.store.db import engine
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.reading.rows import StoredVersion
from tests.faults.conftest import CHIEF, WRITER, a_desk, a_story
from tests.faults.recorder import Acknowledged, Disk, Event, Synced, recording
from tests.people import approving
from tests.reading import reading

COMMANDS = 160
CUTS = 40
SLOW = pytest.mark.slow


@dataclass(frozen=True)
class Fact:
    """What the desk acknowledged: the newest row of its audit, and the text of a version."""

    row: int
    hash: str
    action: str
    story: str = ""
    version: int = 0
    content: str = ""


@dataclass(frozen=True)
class Day:
    """A desk as it was in the morning, and all that reached its disk until the evening."""

    desk: Path
    events: list[Event]

    def disk(self) -> Disk:
        files = {DATABASE: bytearray((self.desk / DATABASE).read_bytes())}
        return Disk(files)

    @property
    def syncs(self) -> int:
        return sum(isinstance(event, Synced) for event in self.events)


def decision(desk: Desk, stored: StoredVersion) -> tuple[Command, str] | None:
    """What can be decided about a story in its state, and who decides it."""
    story, leaves = stored.story.id, reading(desk).leaves(stored.story.id)
    if len(leaves) > 1:
        return Reconcile(story, leaves, replace(stored.story, body="Both.")), CHIEF
    if stored.state.stage is Stage.DRAFT:
        return Submit(story, stored.version), WRITER
    if stored.state.stage is Stage.REVIEW:
        return approving(desk, story, stored.version), CHIEF
    return None


def command(desk: Desk, stories: list[str], chance: Random) -> tuple[Command, str]:
    """Something a newsroom does, and who does it."""
    stored = reading(desk).stored(chance.choice(stories))
    kind = chance.random()
    if kind < 0.10:
        return AddNote(stored.story.id, f"Note {chance.random()}"), CHIEF
    if kind < 0.18:
        brief = Brief(f"b{chance.random()}", "Ferry back", "It sails at six.")
        return SaveBanner(Banner((brief,)), reading(desk).banner().hash), CHIEF
    if kind < 0.24:
        return SaveStory(Story(headline=f"Tide {chance.random()}", body="High at noon.")), WRITER
    if kind < 0.50 and (decided := decision(desk, stored)):
        return decided
    # Long enough for the log to be carried over into the database several times; in few words, as
    # each is looked up when the desk is verified.
    words = " ".join(f"{chance.getrandbits(720):0180x}" for _ in range(chance.randint(1, 250)))
    base = chance.randint(max(1, stored.latest - 1), stored.latest)
    who = WRITER if stored.state.stage is Stage.DRAFT else CHIEF
    return SaveStory(replace(stored.story, body=words), base), who


def work(desk: Desk, stories: list[str], events: list[Event], chance: Random) -> None:
    for _ in range(COMMANDS):
        changes = desk.do(*command(desk, stories, chance))
        stories += [id for id in changes.ids("story") if id not in stories]
        row = reading(desk).log(limit=1)[0]
        fact = Fact(row.id, row.hash, row.action)
        if changes.version:
            [story] = changes.ids("story")
            stored = reading(desk).stored(story, changes.version)
            fact = replace(fact, story=story, version=changes.version, content=stored.hash)
        events.append(Acknowledged(fact))


def a_day(folder: Path, seed: int = 1) -> Day:
    with a_desk(folder / "day.desk") as desk:
        stories = [a_story(desk, f"Story {number}") for number in range(3)]
    morning = folder / "morning.desk"
    shutil.copytree(desk.path, morning)
    with recording() as events, Desk.open(desk.path) as desk:
        work(desk, stories, events, Random(seed))
        # The evening ends before the desk is closed: that is no moment of its own.
        recorded = list(events)
    return Day(morning, recorded)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Day]:
    return {}


@pytest.fixture
def day(days: dict[str, Day], tmp_path_factory: pytest.TempPathFactory) -> Day:
    """One day for all cuts; its keys are not asked for again."""
    if "full" not in days:
        days["full"] = a_day(tmp_path_factory.mktemp("full"))
    return days["full"]


def lost_after(
    day: Day, at: list[int], seed: int, look: Callable[[Path, list[Fact]], int]
) -> Iterator[int]:
    """Cut the power after so many events, each time anew; how many facts each cut lost."""
    disk, chance, done = day.disk(), Random(seed), 0
    folder = day.desk.with_name(f"cut-{seed}.desk")
    for cut in sorted(at):
        for event in day.events[done:cut]:
            disk.take(event)
        done = cut
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(day.desk, folder)
        for name, content in disk.cut(chance).items():
            (folder / name).write_bytes(content)
        yield look(folder, disk.acknowledged)


def missing(path: Path, acknowledged: list[Fact]) -> int:
    """Open a desk after a cut; how many of the facts it does not hold.

    Whatever was lost, what is there must be whole.
    """
    for folder in (config_folder(), data_folder()):
        (folder / "desks.json").unlink(missing_ok=True)  # this computer saw the desk after the cut
    with Desk.open(path) as desk:
        rows = {row.id: row.hash for row in reading(desk).log(limit=10_000)}
        lost = sum(rows.get(fact.row) != fact.hash for fact in acknowledged)
        report = reading(desk).verify_audit()
        assert report.broken_at == 0, report.reason
        for fact in acknowledged[-3:] if not lost else ():
            if fact.version:
                assert reading(desk).stored(fact.story, fact.version).hash == fact.content
    raw = sqlite.connect(path / DATABASE)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()
    return lost


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=SLOW) for n in range(1, 25))])
def test_no_acknowledged_save_is_lost(day: Day, part: int) -> None:
    chance = Random(part)
    at = [chance.randrange(1, len(day.events)) for _ in range(CUTS)]
    assert not any(lost_after(day, at, part, missing))


def test_recorded_day_has_many_syncs(day: Day) -> None:
    files = {event.file for event in day.events if not isinstance(event, Acknowledged)}
    files -= {"temporary"}  # SQLite's own, for statements with triggers: nobody reads it again
    assert files == {DATABASE, f"{DATABASE}-wal"}, "the log was carried over into the database"
    acknowledged = [event.fact for event in day.events if isinstance(event, Acknowledged)]
    assert len(acknowledged) == COMMANDS
    assert sum(bool(fact.version) for fact in acknowledged) > COMMANDS // 2
    assert {"saved", "reconciled", "submitted", "approved"} <= {
        fact.action for fact in acknowledged
    }
    assert day.syncs > COMMANDS, "each of them was synced"


def test_with_fewer_syncs_saves_are_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # So that the test above is known to be able to fail.
    pragmas = tuple(pragma.replace("= FULL", "= NORMAL") for pragma in engine._PRAGMAS)
    assert pragmas != engine._PRAGMAS
    monkeypatch.setattr(engine, "_PRAGMAS", pragmas)
    careless = a_day(tmp_path)
    chance = Random(0)
    at = [chance.randrange(1, len(careless.events)) for _ in range(CUTS)]
    assert any(lost_after(careless, at, 0, missing))
