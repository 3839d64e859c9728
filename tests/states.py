"""Stories in every state of the workflow table, for the tests of its doors."""

from __future__ import annotations

from dataclasses import replace

from editor.core.commands import Kill, Publish, SaveStory, Spike, Submit
from editor.core.story import Story
from editor.core.workflow import Publication, Stage, State
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading


def story_in(desk: Desk, state: State, writer: str, editor: str, *, split: bool = False) -> str:
    """A story by a writer in a state; its id. `split` gives it two leaves.

    The way there is a real one. Where there is none, the state is written by hand:
    some in the table can't be reached.
    """
    story = desk.do(SaveStory(Story(headline="Ferry resumes", body="It sails.")), writer).ids(
        "story"
    )[0]
    first = reading(desk).stored(story).story
    if state.publication is not Publication.NEVER:
        desk.do(Submit(story, 1), writer)
        desk.do(approving(desk, story, 1), editor)
        desk.do(Publish(story, 1), editor)
    desk.do(SaveStory(replace(first, kicker="Weather"), 1), writer)
    if split:
        desk.do(SaveStory(replace(first, kicker="Sea"), 1), writer)
    elif state.stage in {Stage.REVIEW, Stage.APPROVED}:
        desk.do(Submit(story, 2), writer)
    if state.stage is Stage.APPROVED and not split:
        desk.do(approving(desk, story, 2), editor)
    latest = reading(desk).row(story).version
    if state == State(Stage.SPIKED):
        desk.do(Spike(story, latest), writer)
    elif state == State(Stage.SPIKED, Publication.KILLED):
        desk.do(Kill(story, latest, "It was never true."), editor)
    if reading(desk).row(story).state != state:
        _write_state(desk, story, state)
    return story


def _write_state(desk: Desk, story: str, state: State) -> None:
    raw = sqlite.connect(desk.path / DATABASE)
    with raw:
        raw.execute(
            "UPDATE stories SET stage = ?, publication = ? WHERE id = ?",
            (str(state.stage), str(state.publication), story),
        )
    raw.close()
