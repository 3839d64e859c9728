"""What readers have: published, corrected, updated, killed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

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
    Submit,
    Update,
)
from editor.core.edition import Withdrawn
from editor.core.workflow import Publication, Stage, State
from editor.errors import BadValue, NotAllowed, NotApproved, Stale, UntrustedSignature
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, Clock, approved, change_database, edition_at, new

AT = datetime(2026, 3, 4, tzinfo=UTC)
LIVE = Publication.LIVE


def live(desk: Desk, headline: str = "Ferry resumes after storm", **rest: object) -> str:
    """A story that readers have; its id."""
    story = approved(desk, headline, **rest)
    desk.do(Publish(story, 1), TOM)
    return story


def go(desk: Desk, story: str, *steps: str) -> None:
    """Carry out steps on the latest version."""
    for step in steps:
        latest = reading(desk).row(story).version
        doing: dict[str, tuple[Command, str]] = {
            "submit": (Submit(story, latest), LINA),
            "approve": (approving(desk, story, latest), TOM),
            "publish": (Publish(story, latest), TOM),
        }
        desk.do(*doing[step])


def edit(desk: Desk, story: str, by: str = LINA, **change: object) -> None:
    stored = reading(desk).stored(story)
    text = replace(stored.story, **change)  # type: ignore[arg-type]
    desk.do(SaveStory(text, stored.version), by)


def going_out(desk: Desk, at: datetime = AT) -> list[tuple[str, int]]:
    return [(item.story.slug, item.version) for item in edition_at(desk, None, at).items]


@pytest.mark.parametrize("note", ["", "   ", "\n\t"])
def test_correcting_and_killing_need_a_note(desk: Desk, note: str) -> None:
    story = live(desk)
    for command in (Correct(story, 1, note), Kill(story, 1, note)):
        with pytest.raises(BadValue) as caught:
            desk.do(command, TOM)
        assert caught.value.sentence.endswith(".")
        assert caught.value.hint.endswith(".")
    assert reading(desk).row(story).state == State(Stage.APPROVED, LIVE)
    assert len(reading(desk).versions(story)) == 1


def test_decisions_on_an_older_version_are_stale(desk: Desk) -> None:
    story = live(desk)
    edit(desk, story, kicker="New")
    for command in (Correct(story, 1, "Wrong."), Kill(story, 1, "Wrong.")):
        with pytest.raises(Stale):
            desk.do(command, TOM)


def test_story_under_embargo_is_not_published(desk: Desk, clock: Clock) -> None:
    for number, times in enumerate(
        (
            {"embargo": "2026-03-05T00:00:00Z"},
            {"publish_at": "2026-03-05T00:00:00Z"},
            {"expires": "2026-03-03T00:00:00Z"},
        )
    ):
        story = approved(desk, f"Waiting {number}", **times)
        with pytest.raises(NotAllowed, match="can't be published now"):
            desk.do(Publish(story, 1), TOM)
    clock.go(days=3)
    desk.do(Publish(reading(desk).find("waiting-0"), 1), TOM)


def test_unverified_approval_publishes_nothing(desk: Desk) -> None:
    story = approved(desk)
    change_database(desk, "UPDATE approvals SET token = ''")
    with pytest.raises(UntrustedSignature):
        desk.do(Publish(story, 1), TOM)
    assert reading(desk).row(story).publication is Publication.NEVER


def test_publishing_sets_the_live_version(desk: Desk, clock: Clock) -> None:
    story = live(desk)
    assert (reading(desk).row(story).live_version, reading(desk).row(story).state) == (
        1,
        State(Stage.APPROVED, LIVE),
    )
    assert not desk.do(Publish(story, 1), TOM).touched, "they have it already"
    clock.go(hours=1)
    edit(desk, story, kicker="New")
    assert reading(desk).row(story).state == State(Stage.DRAFT, LIVE)
    go(desk, story, "submit", "approve")
    assert reading(desk).row(story).live_version == 1
    go(desk, story, "publish")
    assert reading(desk).row(story).live_version == 2


def test_readers_keep_the_live_version_while_a_newer_one_is_written(desk: Desk) -> None:
    story = live(desk)
    for step in ("submit", "approve"):
        edit(desk, story, kicker=f"before {step}")
        assert going_out(desk) == [("ferry-resumes-after-storm", 1)]
        assert edition_at(desk, ["ferry-resumes-after-storm"], AT).items[0].version == 1
        go(desk, story, step)
    assert going_out(desk) == [("ferry-resumes-after-storm", 3)], "what was approved goes out"
    go(desk, story, "publish")
    desk.do(Update(story, 3, "The minister speaks at six."), LINA)
    assert reading(desk).row(story).state == State(Stage.DRAFT, LIVE)
    assert [note.text for note in reading(desk).notes(story)] == ["The minister speaks at six."]
    assert going_out(desk) == [("ferry-resumes-after-storm", 3)]
    item = edition_at(desk, None, AT).items[0]
    assert item.approval is not None
    assert item.approval.person == TOM


def test_live_story_with_two_leaves_is_exported(desk: Desk) -> None:
    story = live(desk)
    edit(desk, story, kicker="A")
    first = reading(desk).stored(story, 1).story
    desk.do(SaveStory(replace(first, kicker="B"), 1), TOM)
    assert going_out(desk) == [("ferry-resumes-after-storm", 1)]
    with pytest.raises(NotAllowed, match="reconcile"):
        desk.do(Correct(story, 3, "Wrong."), TOM)


def test_approved_version_under_embargo_leaves_the_live_one(desk: Desk) -> None:
    story = live(desk)
    edit(desk, story, kicker="Later", publish_at="2026-03-05T00:00:00Z")
    go(desk, story, "submit", "approve")
    assert going_out(desk) == [("ferry-resumes-after-storm", 1)]
    assert going_out(desk, datetime(2026, 3, 6, tzinfo=UTC)) == [("ferry-resumes-after-storm", 2)]


def test_expired_story_is_not_exported(desk: Desk) -> None:
    story = live(desk)
    edit(desk, story, expires="2026-03-03T20:00:00Z")
    go(desk, story, "submit", "approve", "publish")
    assert going_out(desk, datetime(2026, 3, 3, 19, tzinfo=UTC)) != []
    assert going_out(desk) == []
    with pytest.raises(BadValue, match="still to come"):
        reading(desk).edition(None, AT)
    assert reading(desk).edition(None, AT, what_if=True).items == ()
    assert edition_at(desk, None, AT).withdrawn == ()
    with pytest.raises(NotApproved, match="expired since"):
        edition_at(desk, [story], AT)


def test_returned_live_story_stays_live(desk: Desk) -> None:
    story = live(desk)
    desk.do(Return(story, 1, "Ask again."), TOM)
    assert going_out(desk) == [("ferry-resumes-after-storm", 1)]
    go(desk, story, "submit", "approve")
    assert going_out(desk) == [("ferry-resumes-after-storm", 1)]
    edit(desk, story, kicker="New")
    go(desk, story, "submit", "approve")
    desk.do(Return(story, 2, "Not this one."), TOM)
    assert going_out(desk) == [("ferry-resumes-after-storm", 1)]
    assert reading(desk).verify_audit().reason == ""


def test_correction_makes_a_version_with_a_note_for_readers(desk: Desk, clock: Clock) -> None:
    story = live(desk)
    clock.go(hours=2)
    changes = desk.do(Correct(story, 1, " The pier is in Porto. "), TOM)
    now = reading(desk).stored(story)
    assert changes.version == now.version == 2
    assert (now.cause, now.state) == ("corrected", State(Stage.REVIEW, LIVE))
    correction = now.story.corrections[0]
    assert (correction.text, correction.at) == ("The pier is in Porto.", "2026-03-03T16:02:00Z")
    assert edition_at(desk, None, AT).items[0].story.corrections == ()
    desk.do(approving(desk, story, 2), MARA)
    desk.do(Publish(story, 2), MARA)
    assert edition_at(desk, None, AT).items[0].story.corrections == (correction,)
    desk.do(Correct(story, 2, "And the ferry is blue."), LINA)
    assert reading(desk).stored(story).state == State(Stage.DRAFT, LIVE)
    assert [entry.text for entry in reading(desk).stored(story).story.corrections] == [
        "The pier is in Porto.",
        "And the ferry is blue.",
    ]


def test_no_edit_removes_a_published_correction(desk: Desk) -> None:
    story = live(desk)
    desk.do(Correct(story, 1, "The pier is in Porto."), TOM)
    desk.do(approving(desk, story, 2), MARA)
    desk.do(Publish(story, 2), MARA)
    correction = reading(desk).stored(story).story.corrections
    edit(desk, story, corrections=(), kicker="A")
    assert reading(desk).stored(story).story.corrections == correction
    desk.do(Restore(story, 3, 1), LINA)
    assert reading(desk).stored(story).story.corrections == correction
    desk.do(SaveStory(replace(reading(desk).stored(story, 1).story, kicker="Late"), 1), LINA)
    assert reading(desk).stored(story).story.corrections == correction
    leaves = reading(desk).leaves(story)
    desk.do(
        Reconcile(story, leaves, replace(reading(desk).stored(story).story, corrections=())), LINA
    )
    assert reading(desk).stored(story).story.corrections == correction


def test_unpublished_correction_can_be_removed(desk: Desk) -> None:
    story = live(desk)
    desk.do(Correct(story, 1, "Not so."), TOM)
    desk.do(Restore(story, 2, 1), TOM)
    assert reading(desk).stored(story).story.corrections == ()


def test_killed_story_is_exported_as_withdrawn_only(desk: Desk, clock: Clock) -> None:
    story = live(desk, "Ferry", slug="ferry", language="ar")
    other = live(desk, "Other")
    edit(desk, story, slug="boat")
    clock.go(hours=3)
    changes = desk.do(Kill(story, 2, "It was never true."), TOM)
    assert changes.touches("notes", story)
    assert reading(desk).row(story).state == State(Stage.SPIKED, Publication.KILLED)
    edition = edition_at(desk, None, AT)
    assert [item.story.id for item in edition.items] == [other]
    gone = Withdrawn(story, "ferry", "ar", "2026-03-03T17:02:00Z")
    assert edition.withdrawn == edition_at(desk, ["other"], AT).withdrawn == (gone,)
    with pytest.raises(NotApproved, match="killed"):
        edition_at(desk, [story], AT)
    assert reading(desk).stored(story, 1).approval is None
    assert reading(desk).verify_audit().reason == ""
    desk.do(AddNote(story, "The lawyer agrees."), LINA)
    with pytest.raises(NotAllowed, match="killed"):
        edit(desk, story, headline="Ferry again")
    with pytest.raises(BadValue, match="belongs to another"):
        new(desk, "New", slug="ferry")


def test_killed_story_made_live_by_hand_is_not_exported(desk: Desk) -> None:
    story = live(desk)
    desk.do(Kill(story, 1, "No."), TOM)
    change_database(desk, "UPDATE stories SET stage = 'approved', publication = 'live'")
    with pytest.raises(NotApproved):
        edition_at(desk, None, AT)
