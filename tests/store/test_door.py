"""Every action on every state by every role, through the write door: as the table says."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from editor.core.commands import (
    Approve,
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
from editor.core.story import Story
from editor.core.workflow import TABLE, Action, Publication, Stage, State
from editor.errors import NotAllowed
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.states import story_in
from tests.store.conftest import LINA, MARA, TOM

BY = {Role.CHIEF: MARA, Role.EDITOR: TOM, Role.JOURNALIST: LINA}

DOING: dict[Action, Callable[[str, int], Command]] = {
    Action.SAVE: lambda id, version: SaveStory(Story(id=id, headline="Other words"), version),
    Action.SUBMIT: Submit,
    Action.WITHDRAW: Withdraw,
    Action.RETURN: lambda id, version: Return(id, version, "Who says so?"),
    Action.APPROVE: lambda id, version: Approve(id, version, ""),
    Action.RESTORE: lambda id, version: Restore(id, version, 1),
    Action.RECONCILE: lambda id, _: Reconcile(id, (2, 3), Story(id=id, headline="Joined")),
    Action.PUBLISH: Publish,
    Action.CORRECT: lambda id, version: Correct(id, version, "The pier is in Lisbon."),
    Action.UPDATE: Update,
    Action.KILL: lambda id, version: Kill(id, version, "It was never true."),
    Action.SPIKE: Spike,
    Action.UNSPIKE: Unspike,
}


def kept(desk: Desk, story: str) -> tuple[object, ...]:
    """What nobody who is refused may change; the log only grows, so its newest entry is all."""
    with desk.read() as snapshot:
        stored = snapshot.stored(story)
        return stored.state, stored.latest, snapshot.versions(story), snapshot.log(limit=1)


@pytest.mark.parametrize("split", [False, True], ids=["one leaf", "two leaves"])
@pytest.mark.parametrize(("stage", "publication"), list(product(Stage, Publication)))
def test_desk_allows_exactly_what_the_workflow_table_allows(
    desk: Desk, stage: Stage, publication: Publication, split: bool
) -> None:
    state, story, latest = State(stage, publication), "", 0
    before: tuple[object, ...] = ()
    actions = [action for action in Action if (action is Action.RECONCILE) is split]
    # Whoever is refused comes first, and leaves the story as it is for the next one.
    tries = sorted(product(actions, Role), key=lambda pair: (pair[0], state, pair[1]) in TABLE)
    for action, role in tries:
        if not story:
            story = story_in(desk, state, LINA, TOM, split=split)
            latest, before = reading(desk).row(story).version, kept(desk, story)
        command = DOING[action](story, latest)
        if action is Action.APPROVE:
            command = approving(desk, story, latest)
        to = TABLE.get((action, state, role))
        if to is None:
            with pytest.raises(NotAllowed) as refusal:
                desk.do(command, BY[role])
            assert refusal.value.sentence.endswith(".")
            assert refusal.value.hint.endswith(".")
            assert kept(desk, story) == before, (action, role)
            continue
        assert desk.do(command, BY[role]).touches("story", story)
        assert reading(desk).stored(story).state == to, (action, role)
        assert reading(desk).log(story, 1)[0].person == BY[role]
        story = ""


def test_every_action_is_tried() -> None:
    assert set(DOING) == set(Action)
