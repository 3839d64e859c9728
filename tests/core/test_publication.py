"""The versions that readers had, from approvals, embargoes and expiries."""

from __future__ import annotations

import pytest

from editor.core.publication import (
    PublicVersion,
    VersionApproval,
    due_from,
    expiry_of,
    public_versions,
)
from editor.core.story import Correction, Story

SECOND, THIRD, SIXTH, EIGHTH, TENTH, TWELFTH = (
    f"2026-03-{day:02}T12:00:00Z" for day in (2, 3, 6, 8, 10, 12)
)


def approval(
    number: int, at: str, due: str = "", expires: str = "", ended: str = "", notes: str = ""
) -> VersionApproval:
    """A version that was approved, waits and expires at these times; each note is a letter."""
    corrections = tuple(Correction(note, SECOND) for note in notes)
    text = Story(embargo=due, expires=expires, corrections=corrections)
    return VersionApproval(number, at, ended, text)


def in_order(*approvals: tuple[str, ...]) -> list[VersionApproval]:
    return [approval(number, *values) for number, values in enumerate(approvals, start=1)]


def had(approvals: list[VersionApproval]) -> list[tuple[int, str]]:
    return [(version.number, version.at) for version in public_versions(approvals)]


@pytest.mark.parametrize(
    ("approved", "versions"),
    [
        ([(SECOND,)], [(1, SECOND)]),
        ([(SECOND, SIXTH)], [(1, SIXTH)]),
        ([(EIGHTH, SIXTH)], [(1, EIGHTH)]),
        ([(SECOND, SIXTH), (EIGHTH,)], [(1, SIXTH), (2, EIGHTH)]),
        ([(SECOND, SIXTH), (EIGHTH, TENTH)], [(1, SIXTH), (2, TENTH)]),
        ([(SECOND, SIXTH), (THIRD,)], [(2, THIRD)]),
        ([(SECOND, SIXTH), (THIRD, TENTH)], [(2, TENTH)]),
        ([(SECOND, SIXTH), (THIRD, TENTH), (TWELFTH,)], [(2, TENTH), (3, TWELFTH)]),
        ([(EIGHTH,), (THIRD,)], [(1, EIGHTH), (2, EIGHTH)]),
        ([(SECOND, "", SECOND), (THIRD,)], [(2, THIRD)]),
        ([(SECOND, SIXTH, SIXTH), (EIGHTH,)], [(2, EIGHTH)]),
        ([(SECOND, "", THIRD), (SIXTH,)], [(1, SECOND), (2, SIXTH)]),
        ([(SECOND, SIXTH, "", THIRD), (EIGHTH,)], [(2, EIGHTH)]),
        ([(SECOND, SIXTH, "", SIXTH), (EIGHTH,)], [(2, EIGHTH)]),
        ([(SECOND, "", "", THIRD), (EIGHTH,)], [(1, SECOND), (2, EIGHTH)]),
        ([(SECOND, THIRD), (EIGHTH,), (EIGHTH, TWELFTH)], [(1, THIRD), (2, EIGHTH), (3, TWELFTH)]),
    ],
    ids=[
        "approved and out",
        "waits for its embargo",
        "approved after its embargo",
        "updated once it was out, the embargo lifted",
        "update under an embargo of its own",
        "embargo lifted before it ended",
        "embargo put off before it ended",
        "put off, out, then updated",
        "the clock was set back between the two approvals",
        "had expired when it was approved",
        "expired when its embargo ended",
        "expired before it was updated",
        "returned while it waited",
        "returned when its embargo ended",
        "returned after it was out",
        "three versions",
    ],
)
def test_versions_that_readers_had(
    approved: list[tuple[str, ...]], versions: list[tuple[int, str]]
) -> None:
    assert had(in_order(*approved)) == versions


def test_version_that_goes_out_is_there_whatever_its_times_say() -> None:
    assert had([approval(4, THIRD, expires=SECOND)]) == [(4, THIRD)]


def test_correction_comes_with_the_first_public_version_that_has_it() -> None:
    found = public_versions(
        [
            approval(1, SECOND),
            approval(3, THIRD, TENTH, notes="a"),  # another replaced it while it waited
            approval(4, SIXTH, notes="ab"),
            approval(6, EIGHTH, notes="ab"),
            approval(7, TENTH, notes="cab"),
        ]
    )
    assert found == (
        PublicVersion(1, SECOND),
        PublicVersion(4, SIXTH, "a\nb"),
        PublicVersion(6, EIGHTH),
        PublicVersion(7, TENTH, "c"),
    )


@pytest.mark.parametrize(
    ("approved", "gone"),
    [
        ([(THIRD, "", SECOND)], None),
        ([(SECOND, SIXTH, THIRD)], None),
        ([(SECOND, SIXTH, SIXTH)], None),
        ([(SECOND, TENTH, "", THIRD), (SIXTH, "", THIRD)], None),
        ([(SECOND, TENTH), (SIXTH, "", THIRD)], None),
        ([(SECOND, "", THIRD)], (0, THIRD)),
        ([(SECOND, THIRD, SIXTH)], (0, SIXTH)),
        ([(SECOND,), (THIRD, "", SIXTH)], (1, SIXTH)),
        ([(SECOND,), (SIXTH, "", THIRD)], (0, SIXTH)),
        ([(SECOND, "", THIRD), (EIGHTH, "", SIXTH)], (0, THIRD)),
        ([(SECOND, "", "", THIRD), (EIGHTH, "", SIXTH)], (0, THIRD)),
    ],
    ids=[
        "had expired when it was approved",
        "expired before its embargo ended",
        "expired when its embargo ended",
        "returned while it waited, then expired",
        "replaced while it waited, then expired",
        "out until it expired",
        "out from its embargo until it expired",
        "updated, then expired",
        "an update that had expired removed it",
        "expired, and so had the update",
        "returned after it was out, and the update had expired",
    ],
)
def test_story_that_readers_lost(
    approved: list[tuple[str, ...]], gone: tuple[int, str] | None
) -> None:
    assert expiry_of(in_order(*approved)) == gone


def test_story_waits_for_the_later_of_embargo_and_publishing_time() -> None:
    assert due_from(Story(embargo=SECOND, publish_at=SIXTH)) == SIXTH
    assert due_from(Story(embargo=TENTH)) == TENTH
    assert due_from(Story()) == ""
