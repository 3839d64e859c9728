"""Random commands at the write door: the tables are always what the events come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from editor.core.commands import (
    AddNote,
    Command,
    Correct,
    Kill,
    Publish,
    Reconcile,
    Restore,
    Return,
    SaveStory,
    Spike,
    Submit,
    Unspike,
    Update,
    Withdraw,
)
from editor.core.people import Role
from editor.core.standing import story_standing
from editor.core.workflow import Action, State, allowed
from editor.errors import EditorError
from editor.store.desk import Desk
from editor.store.reading.approvals import ApprovalVerifier
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, new

ROLES = {LINA: Role.JOURNALIST, TOM: Role.EDITOR, MARA: Role.CHIEF}
HABITS = {
    "save": 5,
    "late": 1.5,
    "submit": 8,
    "withdraw": 2,
    "return": 2,
    "approve": 9,
    "publish": 8,
    "correct": 2,
    "update": 2,
    "kill": 0.4,
    "spike": 0.6,
    "unspike": 3,
    "restore": 1,
    "reconcile": 4,
    "note": 1,
}


def commands(desk: Desk, story: str, chance: Random) -> dict[str, Callable[[], Command]]:
    """Every kind of command about a story, as somebody who has it open would give it."""
    stored = reading(desk).stored(story)
    latest, text, word = stored.latest, stored.story, f"word {chance.random()}"
    before = max(1, latest - 1)
    return {
        "save": lambda: SaveStory(replace(text, body=word), latest),
        "late": lambda: SaveStory(replace(text, body=word), before),
        "submit": lambda: Submit(story, latest),
        "withdraw": lambda: Withdraw(story, latest),
        "return": lambda: Return(story, latest, "No."),
        "approve": lambda: approving(desk, story, latest),
        "publish": lambda: Publish(story, latest),
        "correct": lambda: Correct(story, latest, "It was wrong."),
        "update": lambda: Update(story, latest, "More."),
        "kill": lambda: Kill(story, latest, "Never true."),
        "spike": lambda: Spike(story, latest),
        "unspike": lambda: Unspike(story, latest),
        "restore": lambda: Restore(story, latest, chance.randint(1, latest)),
        "reconcile": lambda: Reconcile(
            story, reading(desk).leaves(story), replace(text, body=word)
        ),
        "note": lambda: AddNote(story, "Hm."),
    }


def likely(state: State, chance: Random) -> tuple[str, str]:
    """A kind of command and who gives it; most often something the workflow allows."""
    for _try in range(chance.choice((1, 20, 20, 20))):
        kind, by = (
            chance.choices(list(HABITS), list(HABITS.values()))[0],
            chance.choice(list(ROLES)),
        )
        action = {"late": "save"}.get(kind, kind)
        if any(allowed(known, state, ROLES[by]) for known in Action if known.verb == action):
            break
    return kind, by


def check(desk: Desk, stories: list[str], chance: Random) -> None:
    """The rows agree with the events, in whatever order these arrive."""
    with desk.read() as snapshot:
        verifier = ApprovalVerifier(snapshot.connection, desk.path)
        for story in stories:
            found = verifier.standing_of(story)
            assert found.doubt == ""
            events = list(found.events.values())
            chance.shuffle(events)
            assert story_standing(events) == found.standing


@pytest.mark.parametrize("seed", [1, 2])
def test_tables_follow_the_events(desk: Desk, seed: int) -> None:
    run(desk, Random(seed), 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_tables_follow_the_events_of_five_thousand_commands(desk: Desk, seed: int) -> None:
    run(desk, Random(seed), 150)


def run(desk: Desk, chance: Random, steps: int) -> None:
    """Give commands to three stories, most of which are carried out, and check the desk."""
    stories = [new(desk, f"Story {number}") for number in range(3)]
    done = 0
    for _step in range(steps):
        story = chance.choice(stories)
        kind, by = likely(reading(desk).row(story).state, chance)
        try:
            command = commands(desk, story, chance)[kind]()
            done += bool(desk.do(command, by).touched)
        except EditorError:
            check(desk, [story], chance)
    assert done > steps // 5
    check(desk, stories, chance)
    assert reading(desk).verify_audit().reason == ""
