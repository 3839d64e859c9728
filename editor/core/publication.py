"""When readers had a story: its versions, from its approvals and the times they wait for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from editor.core.story import Correction
from editor.core.times import parse_instant
from editor.dates import utc_text
from editor.i18n import N_, _


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


class TimedText(Timed, Protocol):
    """A text that was approved."""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What readers are told was wrong."""


class PublicVersion(NamedTuple):
    """A version that readers could have, by its number, `at` since when (RFC 3339).

    `correction` is what it was the first to say was wrong, a line for each; or empty.
    """

    number: int
    at: str
    correction: str = ""


class VersionApproval(NamedTuple):
    """An approval of a version, by its number: `at` when, and when it `ended` or empty."""

    number: int
    at: str
    ended: str
    text: TimedText

    @property
    def out_from(self) -> str:
        """From when on readers could have the version, RFC 3339."""
        return max(self.at, due_from(self.text))

    def was_out(self, replaced: str) -> bool:
        """Whether readers could have it before another one was approved, or while none was."""
        due, expires = due_from(self.text), self.text.expires
        if expires and expires <= self.out_from:
            return False
        if due <= self.at:
            return True
        return (not replaced or due <= replaced) and (not self.ended or due < self.ended)


def due_from(text: Timed) -> str:
    """Return until when a text waits, the later of embargo and publishing time; or empty."""
    return max(text.embargo, text.publish_at)


class Withheld(NamedTuple):
    """Why a text may not go out: it is under embargo, or waits for its time, or has expired.

    As a string it is the same in every language: an edition counts by it.
    """

    reason: str
    time: str

    def __str__(self) -> str:
        return f"{self.reason} {self.time}"

    @property
    def has_expired(self) -> bool:
        """Whether readers may have had it until then."""
        return self.reason == _EXPIRED

    def describe(self) -> str:
        """Return the reason as a remark, in the language of the interface."""
        return _(_REMARKS[self.reason]).format(time=utc_text(self.time))


_EXPIRED = "expired since"
_REMARKS = {
    "under embargo until": N_("under embargo until {time}"),
    "not due until": N_("not due until {time}"),
    _EXPIRED: N_("expired since {time}"),
}


def withheld(text: Timed, at: datetime, expiry_at: datetime | None = None) -> Withheld | None:
    """Say why a text may not go out at an instant; None when it may.

    `expiry_at` is the instant that its expiry is compared with, where that is later.
    """
    for until, reason in (
        (text.embargo, "under embargo until"),
        (text.publish_at, "not due until"),
    ):
        if until and parse_instant(until) > at:
            return Withheld(reason, until)
    if text.expires and parse_instant(text.expires) <= (expiry_at or at):
        return Withheld(_EXPIRED, text.expires)
    return None


def next_change(text: Timed, at: datetime, expiry_at: datetime) -> datetime | None:
    """Return the next instant at which `withheld` may say something else; None for never."""
    waits = [parse_instant(until) for until in (text.embargo, text.publish_at) if until]
    later = [until for until in waits if until > at]
    if text.expires and (expiry := parse_instant(text.expires)) > expiry_at:
        later.append(expiry)
    return min(later, default=None)


def public_versions(approvals: Sequence[VersionApproval]) -> tuple[PublicVersion, ...]:
    """Return the versions that readers could have, the oldest first, from the approvals in order.

    The last approval is of the version that goes out. A version that another replaced while it
    waited was never out, nor one whose approval ended before that, or that had expired by then.
    Clocks may have been set back in between.
    """
    found: list[PublicVersion] = []
    seen: set[Correction] = set()
    for place in (*_public(approvals[:-1], approvals[-1].at), len(approvals) - 1):
        approval = approvals[place]
        earlier = found[-1].at if found else ""
        new = [note for note in approval.text.corrections if note not in seen]
        seen.update(new)
        text = "\n".join(note.text for note in new)
        found.append(PublicVersion(approval.number, max(earlier, approval.out_from), text))
    return tuple(found)


def expiry_of(approvals: Sequence[VersionApproval]) -> tuple[int, str] | None:
    """Return when readers lost a story whose last approved version has expired (RFC 3339).

    With it is the place of the version that they had then; None where they never had one.
    """
    public = _public(approvals)
    if not public:
        return None
    had = approvals[public[-1]]
    after = approvals[-1].out_from if had is not approvals[-1] else ""
    return public[-1], min(filter(None, (had.text.expires, had.ended, after)))


def _public(approvals: Sequence[VersionApproval], replaced: str = "") -> list[int]:
    """The places of those whose version was out before the next one was approved.

    `replaced` is when that was of the last one; empty while it is not.
    """
    until = [*(approval.at for approval in approvals[1:]), replaced]
    return [place for place, approval in enumerate(approvals) if approval.was_out(until[place])]
