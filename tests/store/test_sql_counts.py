"""How many SQL statements the window's commonest actions take, its own reading included.

Counts, not times: they are the same on every machine. BEGIN counts as a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import event

from editor.core.canonical import Json
from editor.core.commands import Command, SaveStory, Submit
from editor.gui.draft.unsaved import read_open_story
from editor.gui.session import Facts
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, TOM, approved, new


@dataclass
class Counted:
    statements: list[str] = field(default_factory=list)

    @property
    def transactions(self) -> int:
        return sum(statement.startswith("BEGIN") for statement in self.statements)


@contextmanager
def counting(desk: Desk) -> Iterator[Counted]:
    """Count what reaches the desk's database in the block."""
    counted = Counted()

    def count(*given: object) -> None:
        counted.statements.append(str(given[2]))

    engine = desk._database._engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", count)


def run_as_in_the_window(desk: Desk, command: Command, by: str) -> Counted:
    """Carry out a command, then read again what the window shows of it."""
    with desk.read() as snapshot:
        facts = Facts.read(snapshot)
    with counting(desk) as counted:
        desk.do(command, by)
        with desk.read() as snapshot:
            facts.after(snapshot)
    return counted


def test_save_takes_20_statements_in_2_transactions(desk: Desk) -> None:
    approved(desk, "Signed before")
    story = new(desk, "Ferry")
    edited = replace(reading(desk).stored(story).story, body="It sails at six.")
    counted = run_as_in_the_window(desk, SaveStory(edited, 1), LINA)
    assert reading(desk).stored(story).version == 2
    assert counted.transactions <= 2
    assert len(counted.statements) <= 20, counted.statements


def test_approval_takes_40_statements_in_3_transactions(desk: Desk) -> None:
    approved(desk, "Signed before")
    story = new(desk, "Ferry")
    desk.do(Submit(story, 1), LINA)
    counted = run_as_in_the_window(desk, approving(desk, story, 1, "Good."), TOM)
    assert reading(desk).stored(story).approval
    assert counted.transactions <= 3
    assert len(counted.statements) <= 40, counted.statements


@pytest.mark.parametrize("make", [new, approved])
def test_opening_a_story_takes_14_statements(desk: Desk, make: Callable[..., str]) -> None:
    approved(desk, "Signed before")
    story = make(desk, "Ferry")
    with counting(desk) as counted, desk.read() as snapshot:
        opened = read_open_story(snapshot, desk.journal, story)
    assert opened.open_story.stored is not None
    assert (opened.open_story.stored.approval is not None) == (make is approved)
    assert counted.transactions == 1
    assert len(counted.statements) <= 14, counted.statements


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
        with counting(desk) as counted:
            assert snapshot.with_review_states(rows) == rows
        assert counted.statements == []
        new(desk, "Draft")
    with desk.read() as snapshot:
        rows = snapshot.rows()
        with counting(desk) as counted:
            snapshot.with_review_states(rows)
        assert len(counted.statements) == 1
