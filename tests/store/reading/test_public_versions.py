"""The versions that readers had of a story, and the stories that they lost when they expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from editor.core.commands import (
    Correct,
    Kill,
    Return,
    Submit,
)
from editor.core.edition import Edition, Expired
from editor.core.publication import PublicVersion
from editor.core.times import instant_text
from editor.core.workflow import Stage
from editor.errors import NotApproved
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    TOM,
    Clock,
    approved,
    change_database,
    new,
    publish,
    rewrite,
)


def export(desk: Desk, chosen: list[str] | None = None) -> Edition:
    return reading(desk).edition(chosen, desk._clock())


def at(clock: Clock, hours: float = 0) -> str:
    return instant_text(clock.now + timedelta(hours=hours))


def approve(desk: Desk, story: str, **changes: Any) -> None:
    """Save a new version of a story and have it approved."""
    rewrite(desk, story, **changes)
    hand_in(desk, story)


def hand_in(desk: Desk, story: str) -> None:
    row = reading(desk).row(story)
    if row.stage is not Stage.REVIEW:
        desk.do(Submit(story, row.version), LINA)
    desk.do(approving(desk, story), TOM)


@pytest.mark.parametrize(
    ("embargo", "expires", "hours"),
    [(0, -1, 1), (4, 2, 6), (4, 4, 6)],
    ids=["had expired when approved", "before its embargo ended", "when its embargo ended"],
)
def test_expired_story_that_nobody_had_is_not_named(
    desk: Desk, clock: Clock, embargo: int, expires: int, hours: int
) -> None:
    approved(desk, "Private", embargo=at(clock, embargo), expires=at(clock, expires))
    for _hours in range(hours):
        assert export(desk).listings == export(desk).expired == ()
        clock.go(hours=1)
    assert export(desk).expired == ()


def test_expired_story_that_was_returned_while_it_waited_is_not_named(
    desk: Desk, clock: Clock
) -> None:
    story = approved(desk, "Private", embargo=at(clock, 4))
    clock.go(hours=1)
    desk.do(Return(story, 1, "No."), TOM)
    clock.go(hours=6)
    approve(desk, story, expires=at(clock, -1))
    assert export(desk).expired == ()


def test_expired_story_that_was_approved_by_a_clock_set_back_is_not_named(
    desk: Desk, clock: Clock
) -> None:
    story = new(desk, "Private", expires=at(clock, -1))
    clock.go(hours=-5)
    hand_in(desk, story)
    clock.go(hours=9)
    assert export(desk).expired == ()


def test_draft_that_has_expired_is_not_named(desk: Desk, clock: Clock) -> None:
    desk.do(Submit(new(desk, "Private", expires=at(clock, 1)), 1), LINA)
    clock.go(hours=2)
    assert export(desk).expired == ()


def test_story_that_readers_had_is_named_after_it_expired(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Ferry", slug="ferry", language="ar", expires=at(clock, 2))
    other = approved(desk, "Other", slug="other")
    gone = Expired(story, "ferry", "ar", at(clock, 2))
    assert export(desk).expired == ()
    clock.go(hours=2)
    assert export(desk).expired == (gone,)
    assert export(desk, ["other"]).expired == ()
    assert [listing.id for listing in export(desk, ["other"]).listings] == [other]
    with pytest.raises(NotApproved, match="expired since"):
        export(desk, ["ferry"])


def test_live_version_expires_under_the_slug_that_readers_had(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Ferry", slug="ferry", expires=at(clock, 2))
    publish(desk, story)
    approve(desk, story, slug="later", publish_at=at(clock, 9))
    clock.go(hours=3)
    (gone,) = export(desk).expired
    assert (gone.slug, gone.at) == ("ferry", at(clock, -1))
    clock.go(hours=9)
    approve(desk, story, slug="never-out", expires=at(clock, -6))
    (gone,) = export(desk).expired
    assert (gone.slug, gone.at) == ("ferry", at(clock, -10))


def test_update_that_has_expired_removes_what_readers_had(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Ferry", slug="ferry")
    publish(desk, story)
    clock.go(hours=2)
    approve(desk, story, slug="secret", expires=at(clock, -1))
    assert export(desk).expired == (Expired(story, "ferry", "en", at(clock)),)


def test_killed_story_that_has_expired_was_withdrawn(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Ferry", expires=at(clock, 2))
    publish(desk, story)
    clock.go(hours=3)
    desk.do(Kill(story, 1, "Wrong."), TOM)
    edition = export(desk)
    assert (edition.expired, [gone.story_id for gone in edition.withdrawn]) == ((), [story])


def test_story_that_comes_back_has_not_expired(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Ferry", expires=at(clock, 2))
    publish(desk, story)
    clock.go(hours=3)
    approve(desk, story, expires="")
    edition = export(desk)
    assert edition.expired == ()
    assert [version.number for version in edition.listings[0].versions] == [1, 2]


def test_expired_text_that_was_changed_outside_is_refused(desk: Desk, clock: Clock) -> None:
    approved(desk, "Ferry", expires=at(clock, 2))
    approved(desk, "Other", slug="other")
    change_database(
        desk, "UPDATE versions SET content = packed(unpacked(content) || ' ') WHERE slug <> 'other'"
    )
    clock.go(hours=3)
    with pytest.raises(NotApproved, match="ferry"):
        export(desk)


def test_versions_name_what_readers_had_and_its_corrections(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Ferry")
    publish(desk, story)
    first = at(clock)
    clock.go(hours=1)
    desk.do(Correct(story, 1, "It sails at six."), LINA)
    assert export(desk).listings[0].versions == (PublicVersion(1, first),)
    hand_in(desk, story)
    publish(desk, story)
    second = at(clock)
    clock.go(hours=1)
    approve(desk, story, kicker="Never out", publish_at=at(clock, 2))
    clock.go(hours=1)
    approve(desk, story, kicker="New", publish_at="")
    (listing,) = export(desk).listings
    versions = (
        PublicVersion(1, first),
        PublicVersion(2, second, "It sails at six."),
        PublicVersion(4, at(clock)),
    )
    assert listing.versions == versions
    assert (listing.published, listing.updated, listing.version) == (first, at(clock), 4)
