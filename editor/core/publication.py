"""When readers had a story: its dates, from its approvals and the times its versions wait for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from editor.core.story import Story


class ReaderDates(NamedTuple):
    """When a story was published and updated, RFC 3339; the second is never before the first."""

    published: str
    updated: str


def due_from(story: Story) -> str:
    """Return until when a story waits, the later of embargo and publishing time; or empty."""
    return max(story.embargo, story.publish_at)


def reader_dates(approved: Sequence[str], due: Callable[[int], str], shown: int) -> ReaderDates:
    """Return the dates of a story from the times of all its approvals, in order.

    `shown` is the place of the version that goes out, `due` tells until when the version
    of a place waits (RFC 3339; empty for not at all). The story was published with the
    first version that readers could have: one that another replaced while it waited
    was never out. Clocks may have been set back in between.
    """
    first = shown
    for place in range(shown):
        if due(place) <= approved[place] or due(place) <= approved[place + 1]:
            first = place
            break
    published = max(approved[first], due(first))
    return ReaderDates(published, max(published, approved[shown], due(shown)))
