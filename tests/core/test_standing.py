"""What a story's events come to, in a straight line and beside each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from editor.core.people import Role
from editor.core.standing import Standing, join_states, story_standing
from editor.core.story_events import StoryEvent
from editor.core.workflow import Publication, Stage, State

ROLES = {"Lina": Role.JOURNALIST, "Omar": Role.JOURNALIST, "Tom": Role.EDITOR, "Mara": Role.CHIEF}


class Story:
    """Events of one story; each comes after the one before unless `after` says otherwise."""

    def __init__(self) -> None:
        self.events: list[StoryEvent] = []

    def add(self, action: str, person: str, **more: object) -> str:
        last = (self.events[-1].id,) if self.events else ()
        values = {"role": ROLES[person], "needs_four_eyes": True, "after": last, **more}
        event = StoryEvent(f"e{len(self.events)}", action, person, **values)  # type: ignore[arg-type]
        self.events.append(event)
        return event.id

    def change(self, id: str, **changes: object) -> None:
        self.events = [
            replace(event, **changes) if event.id == id else event  # type: ignore[arg-type]
            for event in self.events
        ]

    def standing(self) -> Standing:
        return story_standing(self.events)


@pytest.fixture
def story() -> Story:
    """Saved and submitted by the journalist, approved by the editor."""
    made = Story()
    made.add("saved", "Lina")
    made.add("submitted", "Lina", version="e0")
    made.add("approved", "Tom", version="e0")
    return made


def test_straight_line_leads_where_the_table_says(story: Story) -> None:
    standing = story.standing()
    assert standing.state == State(Stage.APPROVED)
    assert standing.approvals == {"e0": "e2"}
    assert (standing.leaves, standing.tips, standing.live) == (("e0",), ("e2",), "")
    assert standing.writers == {"e2": frozenset({"Lina"})}
    assert standing.approved[0] == "e2"
    story.add("published", "Tom", version="e0")
    assert story.standing().live == "e0"
    assert story.standing().unpublished == {"e0": ("e0",)}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"role": None}, "not on the masthead any more"),
        ({"role": Role.JOURNALIST}, "A journalist may not approve"),
        ({"person": "Lina", "role": Role.EDITOR}, "second pair of eyes"),
        ({"after": ("e0",)}, "can't be approved"),
        ({"after": ()}, "can't be approved"),
        ({"version": "e1"}, "not about the latest version"),
        ({"refusal": "The signature does not verify."}, "does not verify"),
    ],
)
def test_approval_without_right_or_reason_has_no_effect(
    story: Story, changes: dict[str, object], reason: str
) -> None:
    story.change("e2", **changes)
    standing = story.standing()
    assert standing.approvals == {}
    assert reason in standing.refused["e2"]
    assert standing.stage is not Stage.APPROVED


def test_withdrawal_beside_an_approval_ends_it() -> None:
    story = Story()
    story.add("saved", "Lina")
    story.add("submitted", "Lina", version="e0")
    story.add("approved", "Tom", version="e0")
    story.add("withdrawn", "Lina", version="e0", after=("e1",))
    for events in permutations(story.events):
        standing = story_standing(events)
        assert standing.state == State(Stage.DRAFT)
        assert standing.approvals == {}
        assert standing.ended == {"e2": "e3"}
    story.change("e3", after=("e2",))
    standing = story.standing()
    assert "can't be withdrawn" in standing.refused["e3"]
    assert standing.approvals == {"e0": "e2"}


def test_nobody_withdraws_a_story_they_have_no_part_in() -> None:
    story = Story()
    story.add("saved", "Lina")
    story.add("submitted", "Lina", version="e0")
    story.add("withdrawn", "Omar", version="e0", role=Role.JOURNALIST)
    standing = story.standing()
    assert standing.state == State(Stage.REVIEW)
    assert standing.refused == {"e2": "Omar neither wrote nor submitted it."}
    story.change("e1", person="Omar")
    assert story.standing().state == State(Stage.DRAFT)


def test_unsigned_text_is_not_approved_until_its_writer_signs_about_it(story: Story) -> None:
    story.change("e0", is_sealed=False)
    assert story.standing().approvals == {"e0": "e2"}, "submitting it signed it"
    story.change("e1", is_sealed=False)
    standing = story.standing()
    assert "Lina has not signed the text" in standing.refused["e2"]
    assert standing.signers == {"e0": frozenset()}


@pytest.mark.parametrize(("submitter", "approves"), [("Mara", True), ("Tom", False)])
def test_unsigned_text_counts_as_of_whoever_submits_it(submitter: str, approves: bool) -> None:
    story = Story()
    story.add("saved", "Lina", is_sealed=False)
    story.add("submitted", submitter, version="e0")
    story.add("approved", "Tom", version="e0")
    standing = story.standing()
    assert bool(standing.approvals) is approves
    assert standing.writers["e2"] == {submitter}


def test_whoever_said_no_and_was_not_known_counts(story: Story) -> None:
    story.add("returned", "Mara", version="e0", after=("e1",))
    standing = story.standing()
    assert standing.approvals == {}
    assert standing.ended == {"e2": "e3"}
    assert standing.state == State(Stage.DRAFT), "a text is only as far as its least far branch"


def test_what_readers_have_only_a_kill_takes(story: Story) -> None:
    story.add("published", "Tom", version="e0")
    story.add("returned", "Tom", version="e0")
    assert story.standing().approvals == {"e0": "e2"}
    story.add("killed", "Mara", version="e0", after=("e3",))
    standing = story.standing()
    assert standing.approvals == {}
    assert standing.state == State(Stage.SPIKED, Publication.KILLED)
    assert standing.killing == "e5"


def test_two_texts_beside_each_other_are_to_reconcile(story: Story) -> None:
    story.add("saved", "Lina", parents=("e0",), after=("e2",))
    story.add("saved", "Tom", parents=("e0",), after=("e2",))
    standing = story.standing()
    assert set(standing.leaves) == {"e3", "e4"}
    assert set(standing.tips) == {"e3", "e4"}
    story.add("submitted", "Lina", version="e3", after=("e3", "e4"))
    assert "several versions to reconcile" in story.standing().refused["e5"]
    story.add("reconciled", "Lina", parents=("e3", "e4"), after=("e5",))
    assert story.standing().leaves == ("e6",)


def test_event_whose_past_is_not_here_waits(story: Story) -> None:
    story.change("e1", after=("elsewhere",))
    standing = story.standing()
    assert standing.waiting == ("e1", "e2")
    assert standing.state == State()


def test_text_of_somebody_who_left_is_put_aside(story: Story) -> None:
    story.add("saved", "Lina", parents=("e0",), role=None)
    standing = story.standing()
    assert standing.aside == ("e3",)
    assert (standing.leaves, standing.approvals) == (("e0",), {"e0": "e2"})


def test_notes_are_open_until_resolved_and_a_remark_is_one(story: Story) -> None:
    story.add("noted", "Tom", version="e0", subject="hash")
    story.add("returned", "Tom", version="e0", subject="hash")
    story.add("noted", "Lina", version="e0", subject="hash", parents=("e3",))
    assert story.standing().notes == {"e3": "", "e4": ""}
    story.add("resolved", "Lina", version="e0", parents=("e3",))
    assert story.standing().notes == {"e3": "e6", "e4": ""}
    story.add("reopened", "Tom", version="e0", parents=("e3",), after=("e5",))
    assert story.standing().notes["e3"] == "", "beside each other, open wins"


def test_open_note_refuses_where_the_policy_asks_for_none() -> None:
    story = Story()
    story.add("saved", "Lina")
    story.add("submitted", "Lina", version="e0")
    story.add("noted", "Mara", version="e0", subject="hash")
    story.add("approved", "Tom", version="e0", needs_no_note=True)
    assert "open note" in story.standing().refused["e3"]
    story.change("e3", needs_no_note=False)
    assert story.standing().approvals


def test_order_of_arrival_does_not_matter(story: Story) -> None:
    story.add("saved", "Tom", parents=("e0",))
    story.add("returned", "Mara", version="e0", after=("e1",))
    expected = story.standing()
    for events in permutations(story.events):
        assert story_standing(events) == expected


@pytest.mark.parametrize(
    ("states", "joined"),
    [
        ([State(Stage.APPROVED), State(Stage.REVIEW)], State(Stage.REVIEW)),
        ([State(Stage.SPIKED), State(Stage.REVIEW)], State(Stage.REVIEW)),
        ([State(Stage.SPIKED), State(Stage.SPIKED)], State(Stage.SPIKED)),
        (
            [State(Stage.APPROVED, Publication.LIVE), State(Stage.DRAFT)],
            State(Stage.DRAFT, Publication.LIVE),
        ),
        (
            [State(Stage.SPIKED, Publication.KILLED), State(Stage.DRAFT, Publication.LIVE)],
            State(Stage.SPIKED, Publication.KILLED),
        ),
    ],
)
def test_states_beside_each_other_are_joined(states: list[State], joined: State) -> None:
    assert join_states(states) == join_states(states[::-1]) == joined
