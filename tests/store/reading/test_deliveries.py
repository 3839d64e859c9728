"""What is asked of deliveries costs the same, however many there were and stories there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from editor.core.commands import ImportItems, RecordDelivery, SaveTargets
from editor.core.delivery import Target, Targets
from editor.core.story import Story
from editor.store.desk import Desk
from editor.store.reading.snapshot import Snapshot
from tests.reading import reading
from tests.store.commands.test_deliveries import delivery
from tests.store.conftest import LINA, TOM, new
from tests.store.test_sql_counts import counting

Ask = Callable[[Snapshot, str], object]
QUESTIONS: dict[str, Ask] = {
    "targets": lambda snapshot, _story: snapshot.targets(),
    "last deliveries": lambda snapshot, _story: snapshot.deliveries(limit=3),
    "last deliveries to a target": lambda snapshot, _story: snapshot.deliveries("Stick", limit=3),
    "stories of a target": lambda snapshot, _story: snapshot.delivered("Stick"),
    "whereabouts": lambda snapshot, story: snapshot.whereabouts(story),
}


def deliver(desk: Desk, story: str, times: int) -> None:
    for number in range(times):
        others = tuple((f"{number}-{other}", "a" * 64) for other in range(20))
        desk.do(RecordDelivery(delivery(stories=((story, "b" * 64), *others))), TOM)
        desk.do(RecordDelivery(delivery("Stick", stories=((story, "b" * 64),))), TOM)


@pytest.fixture
def story(desk: Desk) -> str:
    places = Targets((Target("Website", "/srv/site"), Target("Stick", "/media/paper.zip")))
    desk.do(SaveTargets(places, Targets().hash), TOM)
    return new(desk, "Ferry")


def costs(desk: Desk, story: str) -> dict[str, tuple[int, int]]:
    """How many statements and steps of the database each question takes."""
    found = {}
    for name, ask in QUESTIONS.items():
        with desk.read() as snapshot, counting(desk, snapshot) as counted:
            ask(snapshot, story)
        found[name] = len(counted.statements), counted.steps
    return found


def test_questions_cost_the_same_on_a_larger_desk(desk: Desk, story: str) -> None:
    deliver(desk, story, 4)
    small = costs(desk, story)
    deliver(desk, story, 40)
    stories = tuple(Story(slug=f"story-{n}", headline=f"Story {n}") for n in range(400))
    desk.do(ImportItems(stories), LINA)
    large = costs(desk, story)
    assert {name: statements for name, (statements, _steps) in large.items()} == dict.fromkeys(
        QUESTIONS, 1
    )
    for name, (_statements, steps) in small.items():
        assert large[name][1] < 1.3 * steps + 100, name


def test_recording_a_delivery_costs_what_it_changes(desk: Desk, story: str) -> None:
    def record() -> tuple[list[str], int]:
        with counting(desk) as counted:
            desk.do(RecordDelivery(delivery("Stick", stories=((story, "c" * 64),))), TOM)
        return counted.statements, counted.steps

    deliver(desk, story, 2)
    few, steps = record()
    deliver(desk, story, 40)
    many, more_steps = record()
    assert len(many) <= len(few) + 1  # which may read the entry that the log's next one skips to
    assert more_steps < 1.3 * steps + 100
    assert len(reading(desk).deliveries("Stick")) == 44
