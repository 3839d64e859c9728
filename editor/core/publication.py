"""When readers had a story: its dates, from its approvals and the times its versions wait for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from editor.core.times import parse_instant


class Timed(Protocol):
    """A text that may wait for its time, as a story; instants are RFC 3339 or empty."""

    @property
    def embargo(self) -> str:
        """Until when it is under embargo."""

    @property
    def publish_at(self) -> str:
        """Not before when it may be published."""

    @property
    def expires(self) -> str:
        """From when on readers don't have it any more."""


class ReaderDates(NamedTuple):
    """When a story was published and updated, RFC 3339; the second is never before the first."""

    published: str
    updated: str


def due_from(text: Timed) -> str:
    """Return until when a text waits, the later of embargo and publishing time; or empty."""
    return max(text.embargo, text.publish_at)


def withheld(text: Timed, at: datetime, expiry_at: datetime | None = None) -> str:
    """Say why a text may not go out at an instant; empty when it may.

    `expiry_at` is the instant that its expiry is compared with, where that is later.
    """
    for until, reason in ((text.embargo, "under embargo"), (text.publish_at, "not due")):
        if until and parse_instant(until) > at:
            return f"{reason} until {until}"
    if text.expires and parse_instant(text.expires) <= (expiry_at or at):
        return f"expired since {text.expires}"
    return ""


def next_change(text: Timed, at: datetime, expiry_at: datetime) -> datetime | None:
    """Return the next instant at which `withheld` may say something else; None for never."""
    waits = [parse_instant(until) for until in (text.embargo, text.publish_at) if until]
    later = [until for until in waits if until > at]
    if text.expires and (expiry := parse_instant(text.expires)) > expiry_at:
        later.append(expiry)
    return min(later, default=None)


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
