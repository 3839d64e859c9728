"""Reviews: the wait counts from the submission, and a return goes to who wrote it."""

from __future__ import annotations

from dataclasses import replace

from editor.core.commands import Correct, Kill, Publish, Return, SaveStory, Spike, Submit, Unspike
from editor.core.workflow import Stage
from editor.store.desk import Desk
from editor.store.reading.rows import Filter, ReviewState
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, Clock, approved, new


def edit(desk: Desk, story: str, by: str, **change: str) -> None:
    stored = reading(desk).stored(story)
    desk.do(SaveStory(replace(stored.story, **change), stored.version), by)  # type: ignore[arg-type]


def drafts(desk: Desk, person: str) -> list[str]:
    """The slugs in a person's drafts."""
    wanted = Filter(stage=Stage.DRAFT, writer=person)
    found = [row.slug for row in reading(desk).rows(wanted)]
    assert reading(desk).count(wanted) == len(found)
    return found


def test_an_edit_does_not_begin_the_wait_again(desk: Desk, clock: Clock) -> None:
    story = new(desk)
    clock.go(hours=1)
    desk.do(Submit(story, 1), LINA)
    clock.go(hours=6)
    edit(desk, story, TOM, kicker="Sea")
    assert reading(desk).review_state(story).waiting_since == "2026-03-03T15:02:00Z"


def test_an_editor_s_edit_of_an_approved_story_begins_a_wait(desk: Desk, clock: Clock) -> None:
    story = approved(desk)
    clock.go(hours=2)
    edit(desk, story, TOM, kicker="Sea")
    clock.go(hours=2)
    edit(desk, story, TOM, kicker="Sky")
    assert reading(desk).review_state(story).waiting_since == "2026-03-03T16:02:00Z"


def test_a_correction_waits_from_when_it_was_opened(desk: Desk, clock: Clock) -> None:
    story = approved(desk)
    desk.do(Publish(story, 1), TOM)
    clock.go(days=1)
    desk.do(Correct(story, 1, "It sails on Tuesday."), TOM)
    clock.go(hours=1)
    edit(desk, story, TOM, body="It sails on Tuesday.")
    assert reading(desk).review_state(story).waiting_since == "2026-03-04T14:02:00Z"


def test_a_return_is_the_writer_s_until_it_is_submitted_again(desk: Desk, clock: Clock) -> None:
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    edit(desk, story, TOM, kicker="Sea")
    clock.go(minutes=5)
    desk.do(Return(story, 2, "Which day?"), TOM)
    state = reading(desk).review_state(story)
    assert (state.returned_by, state.returned_at, state.note) == (
        TOM,
        "2026-03-03T14:07:00Z",
        "Which day?",
    )
    edit(desk, story, LINA, body="It sails on Monday.")
    assert reading(desk).review_state(story).returned_by == TOM
    desk.do(Submit(story, 3), LINA)
    state = reading(desk).review_state(story)
    assert (state.waiting_since, state.returned_by) == ("2026-03-03T14:07:00Z", "")
    desk.do(approving(desk, story, 3), MARA)
    assert reading(desk).review_state(story) == ReviewState()


def test_a_returned_story_is_in_its_writer_s_drafts_even_if_the_editor_saved_last(
    desk: Desk,
) -> None:
    story = new(desk, slug="ferry")
    desk.do(Submit(story, 1), LINA)
    edit(desk, story, TOM, kicker="Sea")
    desk.do(Return(story, 2, "Which day?"), TOM)
    assert reading(desk).row(story).author == TOM
    assert drafts(desk, LINA) == ["ferry"]
    assert drafts(desk, TOM) == []
    assert drafts(desk, MARA) == []


def test_everybody_who_wrote_a_draft_has_it(desk: Desk) -> None:
    story = new(desk, slug="ferry")
    edit(desk, story, TOM, kicker="Sea")
    assert drafts(desk, LINA) == drafts(desk, TOM) == ["ferry"]


def test_who_returns_their_own_story_keeps_it(desk: Desk) -> None:
    [story] = desk.do(
        SaveStory(replace(reading(desk).stored(new(desk)).story, id="", slug="mine")), TOM
    ).ids("story")
    desk.do(Submit(story, 1), TOM)
    desk.do(Return(story, 1, "Not yet."), TOM)
    assert drafts(desk, TOM) == ["mine"]


def test_rows_get_their_turns_together(desk: Desk) -> None:
    one, two = new(desk, "One"), new(desk, "Two")
    desk.do(Submit(one, 1), LINA)
    desk.do(Spike(two, 1), LINA)
    desk.do(Unspike(two, 1), LINA)
    found = {
        row.id: row.review_state for row in reading(desk).with_review_states(reading(desk).rows())
    }
    assert found[one].waiting_since
    assert found[two] == ReviewState()


def test_a_killed_story_waits_for_nobody(desk: Desk) -> None:
    story = approved(desk)
    desk.do(Publish(story, 1), TOM)
    desk.do(Kill(story, 1, "It was never true."), TOM)
    assert reading(desk).review_state(story) == ReviewState()
