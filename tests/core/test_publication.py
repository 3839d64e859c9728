"""The dates that readers see, from approvals and embargoes."""

from __future__ import annotations

import pytest

from editor.core.publication import ReaderDates, due_from, reader_dates
from editor.core.story import Story

SECOND, THIRD, SIXTH, EIGHTH, TENTH, TWELFTH = (
    f"2026-03-{day:02}T12:00:00Z" for day in (2, 3, 6, 8, 10, 12)
)


def dates(approved: list[tuple[str, str]], shown: int) -> ReaderDates:
    """The dates of a story whose versions were approved, and wait, until these times."""
    return reader_dates([at for at, _due in approved], lambda place: approved[place][1], shown)


@pytest.mark.parametrize(
    ("approved", "published", "updated"),
    [
        ([(SECOND, "")], SECOND, SECOND),
        ([(SECOND, SIXTH)], SIXTH, SIXTH),
        ([(EIGHTH, SIXTH)], EIGHTH, EIGHTH),
        ([(SECOND, SIXTH), (EIGHTH, "")], SIXTH, EIGHTH),
        ([(SECOND, SIXTH), (EIGHTH, TENTH)], SIXTH, TENTH),
        ([(SECOND, SIXTH), (THIRD, "")], THIRD, THIRD),
        ([(SECOND, SIXTH), (THIRD, TENTH)], TENTH, TENTH),
        ([(SECOND, SIXTH), (THIRD, TENTH), (TWELFTH, "")], TENTH, TWELFTH),
        ([(EIGHTH, ""), (THIRD, "")], EIGHTH, EIGHTH),
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
    ],
)
def test_published_and_updated(
    approved: list[tuple[str, str]], published: str, updated: str
) -> None:
    assert dates(approved, len(approved) - 1) == (published, updated)


def test_live_version_keeps_its_dates_while_an_update_waits() -> None:
    assert dates([(SECOND, ""), (THIRD, TENTH)], 0) == (SECOND, SECOND)


def test_only_the_versions_that_matter_are_asked_for() -> None:
    asked: list[int] = []

    def due(place: int) -> str:
        asked.append(place)
        return ""

    reader_dates([SECOND, THIRD, SIXTH, TENTH], due, 3)
    assert set(asked) == {0, 3}


def test_story_waits_for_the_later_of_embargo_and_publishing_time() -> None:
    assert due_from(Story(embargo=SECOND, publish_at=SIXTH)) == SIXTH
    assert due_from(Story(embargo=TENTH)) == TENTH
    assert due_from(Story()) == ""
