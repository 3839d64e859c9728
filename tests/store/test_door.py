"""Every action on every state by every role, through the write door: as the table says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
)
from editor.core.people import Role
from editor.core.story import Story
from editor.core.workflow import TABLE, Action, Publication, Stage, State
from editor.errors import NotAllowed
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, change_database, new

BY = {Role.CHIEF: MARA, Role.EDITOR: TOM, Role.JOURNALIST: LINA}

DOING: dict[Action, Callable[[str, int], Command]] = {
    Action.SAVE: lambda id, version: SaveStory(Story(id=id, headline="Other words"), version),
    Action.SUBMIT: Submit,
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


def story_in(desk: Desk, state: State, *, split: bool = False) -> tuple[str, int]:
    """A story by the journalist in a state, and its latest version; `split` gives it two leaves.

    The way there is a real one. Where there is none, the state is written by hand:
    some in the table can't be reached.
    """
    story = new(desk)
    if state.publication is not Publication.NEVER:
        desk.do(Submit(story, 1), LINA)
        desk.do(approving(desk, story, 1), TOM)
        desk.do(Publish(story, 1), TOM)
    if state.publication is Publication.KILLED:
        desk.do(Kill(story, 1, "It was never true."), TOM)
    else:
        desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="Weather"), 1), LINA)
        if split:
            desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="Sea"), 1), LINA)
        elif state.stage in {Stage.REVIEW, Stage.APPROVED}:
            desk.do(Submit(story, 2), LINA)
        if state.stage is Stage.APPROVED and not split:
            desk.do(approving(desk, story, 2), TOM)
        if state == State(Stage.SPIKED):
            desk.do(Spike(story, reading(desk).row(story).version), LINA)
    if reading(desk).row(story).state != state:
        change_database(desk, "UPDATE stories SET stage = ? WHERE id = ?", str(state.stage), story)
    assert reading(desk).stored(story).state == state
    return story, reading(desk).stored(story).latest


@pytest.mark.parametrize(
    ("action", "stage", "publication"), list(product(Action, Stage, Publication))
)
def test_desk_allows_exactly_what_the_workflow_table_allows(
    desk: Desk, action: Action, stage: Stage, publication: Publication
) -> None:
    for role in Role:
        state = State(stage, publication)
        story, latest = story_in(desk, state, split=action is Action.RECONCILE)
        command = DOING[action](story, latest)
        if action is Action.APPROVE:
            command = approving(desk, story, latest)
        before = (
            reading(desk).stored(story).state,
            reading(desk).versions(story),
            len(reading(desk).log()),
        )
        to = TABLE.get((action, state, role))
        if to is None:
            with pytest.raises(NotAllowed) as refusal:
                desk.do(command, BY[role])
            assert refusal.value.sentence.endswith(".")
            assert refusal.value.hint.endswith(".")
            assert (
                reading(desk).stored(story).state,
                reading(desk).versions(story),
                len(reading(desk).log()),
            ) == before
            continue
        assert desk.do(command, BY[role]).touches("story", story)
        assert reading(desk).stored(story).state == to
        assert reading(desk).log(story, 1)[0].person == BY[role]


def test_every_action_is_tried() -> None:
    assert set(DOING) == set(Action)
