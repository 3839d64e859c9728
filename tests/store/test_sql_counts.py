"""How many SQL statements the window's commonest actions take, its own reading included.

Counts, not times: they are the same on every machine. BEGIN counts as a statement; its end
does not, nor what triggers and the search index do by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from editor.core.canonical import Json
from editor.core.commands import Command, ImportItems, SaveStory, Submit
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.gui.draft.unsaved import read_open_story
from editor.gui.facts import Facts
from editor.store.db.engine import plain
from editor.store.desk import Desk
from editor.store.reading.snapshot import Snapshot
from tests.people import approving, joining
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, approved, new


@dataclass
class Counted:
    statements: list[str] = field(default_factory=list)
    steps: int = 0
    """Of SQLite's virtual machine: each row that is looked at takes some."""

    @property
    def transactions(self) -> int:
        return sum(statement.startswith("BEGIN") for statement in self.statements)

    def add(self, statement: str) -> None:
        if statement.startswith(("COMMIT", "ROLLBACK")) or "'search_" in statement:
            return
        # What a trigger does is reported as the statement that set it off, again.
        if statement != (self.statements or [""])[-1]:
            self.statements.append(statement)

    def step(self) -> None:
        self.steps += 1


@contextmanager
def counting(desk: Desk, snapshot: Snapshot | None = None) -> Iterator[Counted]:
    """Count what reaches the desk's database in the block, or what a snapshot asks."""
    counted = Counted()
    connections: list[Any] = []

    def watch(raw: Any, *_: object) -> None:
        raw.set_trace_callback(counted.add)
        raw.set_progress_handler(counted.step, 1)
        connections.append(raw)

    if snapshot is not None:
        watch(plain(snapshot.connection))
    event.listen(desk._database._engine, "checkout", watch)
    try:
        yield counted
    finally:
        event.remove(desk._database._engine, "checkout", watch)
        for raw in connections:
            raw.set_trace_callback(None)
            raw.set_progress_handler(None, 0)


def run_as_in_the_window(desk: Desk, command: Command, by: str) -> Counted:
    """Carry out a command, then read again what the window shows of it."""
    with desk.read() as snapshot:
        facts = Facts.read(snapshot)
    with counting(desk) as counted:
        desk.do(command, by)
        with desk.read() as snapshot:
            facts.after(snapshot)
    return counted


def test_save_takes_17_statements_in_2_transactions(desk: Desk) -> None:
    approved(desk, "Signed before")
    story = new(desk, "Ferry")
    edited = replace(reading(desk).stored(story).story, body="It sails at six.")
    counted = run_as_in_the_window(desk, SaveStory(edited, 1), LINA)
    assert reading(desk).stored(story).version == 2
    assert counted.transactions <= 2
    assert len(counted.statements) <= 17, counted.statements


def what_it_costs(desk: Desk, story: str) -> dict[str, tuple[int, int]]:
    """How many statements and steps one import, one save and a look around take."""
    costs = {}
    with desk.read() as snapshot:
        facts = Facts.read(snapshot)
    edited = replace(reading(desk).stored(story).story, body="It sails at six.", slug="six")
    commands: dict[str, Command] = {
        "import of a slug that is free": ImportItems((Story(slug="wire", headline="Wire"),)),
        "import of a slug that is taken": ImportItems((Story(slug="ferry", headline="Six"),)),
        "save": SaveStory(edited, 1),
    }
    for name, command in commands.items():
        with counting(desk) as counted:
            desk.do(command, LINA)
        costs[name] = len(counted.statements), counted.steps
    with desk.read() as snapshot, counting(desk, snapshot) as counted:
        snapshot.changes_since(facts.last_entry)
    costs["look around"] = len(counted.statements), counted.steps
    with desk.read() as snapshot, counting(desk, snapshot) as counted:
        snapshot.names([story], ["six", "ferry", "wire", "none"])
    costs["names"] = len(counted.statements), counted.steps
    return costs


def test_a_write_and_a_look_cost_the_same_on_a_larger_desk(desk: Desk, tmp_path: Path) -> None:
    """As many statements, and as many rows looked at; the search index merges now and then."""
    costs = []
    for size in (20, 400):
        path = tmp_path / f"{size}.desk"
        Desk.create(path, reading(desk).house(), Person(MARA, Role.CHIEF)).close()
        with Desk.open(path) as larger:
            larger.do(joining(LINA, Role.JOURNALIST), MARA)
            stories = tuple(Story(slug=f"story-{n}", headline=f"Story {n}") for n in range(size))
            larger.do(ImportItems(stories), LINA)
            costs.append(what_it_costs(larger, new(larger, "Ferry", slug="ferry")))
    small, large = costs
    assert {name: cost[0] for name, cost in small.items()} == {
        name: cost[0] for name, cost in large.items()
    }
    for name, (_statements, steps) in small.items():
        assert large[name][1] < 1.3 * steps + 100, name


def test_approval_takes_40_statements_in_3_transactions(desk: Desk) -> None:
    approved(desk, "Signed before")
    story = new(desk, "Ferry")
    desk.do(Submit(story, 1), LINA)
    counted = run_as_in_the_window(desk, approving(desk, story, 1, "Good."), TOM)
    assert reading(desk).stored(story).approval
    assert counted.transactions <= 3
    assert len(counted.statements) <= 40, counted.statements


@pytest.mark.parametrize("make", [new, approved])
def test_opening_a_story_takes_15_statements(desk: Desk, make: Callable[..., str]) -> None:
    approved(desk, "Signed before")
    story = make(desk, "Ferry")
    with counting(desk) as counted, desk.read() as snapshot:
        opened = read_open_story(snapshot, desk.journal, story)
    assert opened.open_story.stored is not None
    assert (opened.open_story.stored.approval is not None) == (make is approved)
    assert counted.transactions == 1
    assert len(counted.statements) <= 15, counted.statements


def test_opening_a_story_with_unsaved_text_takes_14_statements(desk: Desk) -> None:
    story = new(desk, "Ferry")
    first = reading(desk).stored(story).story
    sent, typed = (replace(first, body=f"It sails at {hour}.") for hour in ("six", "seven"))
    desk.do(SaveStory(sent, 1), LINA)
    entry: dict[str, Json] = {"story": typed.to_json(), "base": 1, "sent": sent.hash}
    desk.journal.write(f"story:{story}", entry)
    with counting(desk) as counted, desk.read() as snapshot:
        opened = read_open_story(snapshot, desk.journal, story)
    assert opened.is_recovered
    assert opened.open_story.base == 2
    assert len(counted.statements) <= 14, counted.statements


def test_list_reads_the_reviews_of_open_stories_alone(desk: Desk) -> None:
    approved(desk, "Signed")
    with desk.read() as snapshot:
        rows = snapshot.rows()
        with counting(desk, snapshot) as counted:
            assert snapshot.with_review_states(rows) == rows
        assert counted.statements == []
        new(desk, "Draft")
    with desk.read() as snapshot:
        rows = snapshot.rows()
        with counting(desk, snapshot) as counted:
            snapshot.with_review_states(rows)
        assert len(counted.statements) == 1
