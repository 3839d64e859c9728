"""When readers had a story: its dates, from its approvals and the times its versions wait for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from editor.core.story import Story


class ApprovedVersion(NamedTuple):
    """When a version was approved, and until when it waits (RFC 3339; empty for not at all)."""

    at: str
    due: str

    @property
    def out(self) -> str:
        """When readers could have it first."""
        return max(self.at, self.due)


class ReaderDates(NamedTuple):
    """When a story was published and updated, RFC 3339; the second is never before the first."""

    published: str
    updated: str


def due_from(story: Story) -> str:
    """Return until when a story waits, the later of embargo and publishing time; or empty."""
    return max(story.embargo, story.publish_at)


def reader_dates(approved: Sequence[ApprovedVersion], shown: int) -> ReaderDates:
    """Return the dates of a story from all its approved versions, in order; `shown` is its place.

    It was published with the first version that readers could have: one that another
    replaced while it waited was never out. Clocks may have been set back in between.
    """
    first = shown
    for place, version in enumerate(approved[:shown]):
        if version.due <= version.at or version.due <= approved[place + 1].at:
            first = place
            break
    published = approved[first].out
    return ReaderDates(published, max(published, approved[shown].out))
