"""A story's events and what they come to, compared with what the tables say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from editor.core.events import VERSION_ACTIONS
from editor.core.standing import Standing
from editor.core.story_events import StoryEvent
from editor.core.workflow import Action
from editor.errors import UntrustedSignature
from editor.i18n import _
from editor.store.reading.rows import StoryRow
from editor.trust.approval import ApprovalStatement


class MadeVersion(NamedTuple):
    """A version as its row says: the event that made it, its number and hash, by whom and when.

    `parents` are the numbers of the versions it grew from.
    """

    id: str
    number: int
    hash: str
    author: str
    at: str
    parents: tuple[int, ...]


class SignedApproval(NamedTuple):
    """An approval that verifies: the signed statement, and what it says."""

    token: str
    statement: ApprovalStatement


@dataclass(slots=True)
class VerifiedStory:
    """A story as its events tell it.

    `events` are its events by their ids and `places` their places in the order of
    arrival; `made` are its versions by the events that made them. `doubt` is the
    first thing that can't be trusted.
    """

    row: StoryRow
    made: dict[str, MadeVersion]
    standing: Standing = field(default_factory=Standing)
    events: dict[str, StoryEvent] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    approvals: dict[str, SignedApproval] = field(default_factory=dict)
    doubt: str = ""

    def require_sound(self) -> None:
        """Raise UntrustedSignature where something can't be trusted."""
        if self.doubt:
            raise UntrustedSignature(self.doubt, _("Look at `stonehand audit`."))

    def version_id(self, number: int) -> str:
        """The event that made a version, by its number; empty when there is none."""
        return next((id for id, made in self.made.items() if made.number == number), "")

    def number(self, version: str) -> int:
        """The number of a version by the event that made it; 0 when there is none."""
        return self.made[version].number if version in self.made else 0

    def latest(self) -> str:
        """The event that made the version with the highest number."""
        return max(self.made, key=self.number, default="")

    def published_before(self, version: str) -> list[str]:
        """The versions with lower numbers that were published."""
        return [
            event.version
            for id, event in self.events.items()
            if event.action == Action.PUBLISH.past
            and id not in self.standing.refused
            and self.number(event.version) < self.number(version)
        ]

    def why_not_approved(self, version: str) -> str:
        """Why no approval of a version holds."""
        for id, event in reversed(self.events.items()):
            if event.action == Action.APPROVE.past and event.version == version:
                if id in self.standing.ended:
                    end = self.events[self.standing.ended[id]]
                    return _("The story was {action} by {person}.").format(
                        action=_(end.action), person=end.person
                    )
                if id in self.standing.refused:
                    return self.standing.refused[id]
        return _("Nobody approved this version.")


def find_doubt(found: VerifiedStory) -> str:
    """The first thing in which the tables differ from what the events come to."""
    return next(chain(_doubts_about_versions(found), _doubts_about_state(found)), "")


def _doubts_about_versions(found: VerifiedStory) -> Iterator[str]:
    for made in found.made.values():
        event = found.events.get(made.id)
        if event is None or event.action not in VERSION_ACTIONS:
            yield _("Version {number} was made outside Stonehand.").format(number=made.number)
        elif event.subject != made.hash:
            yield _("The text of a version was changed outside Stonehand.")
        elif (event.person, event.at) != (made.author, made.at):
            yield _(
                "Version {number} was made by {person}: its entry was changed outside Stonehand."
            ).format(number=made.number, person=event.person)
        elif {*made.parents} != {found.number(id) for id in event.parents}:
            yield _(
                "Version {number} grew from others: its entry was changed outside Stonehand."
            ).format(number=made.number)
    if sorted(made.number for made in found.made.values()) != list(range(1, len(found.made) + 1)):
        yield _("The numbers of the versions were changed outside Stonehand.")
    for made in found.made.values():
        if any(number >= made.number for number in made.parents):
            yield _(
                "Version {number} was changed outside Stonehand: "
                "it is older than what it grew from."
            ).format(number=made.number)
    texts = {id for id, event in found.events.items() if event.action in VERSION_ACTIONS}
    if texts - found.made.keys():
        yield _("A version of this story is gone.")


def _doubts_about_state(found: VerifiedStory) -> Iterator[str]:
    row, standing = found.row, found.standing
    if standing.waiting:
        yield _("What was done to this story before is missing.")
    for id, reason in standing.refused.items():
        event = found.events[id]
        yield _("{person} {done} it without effect. {reason}").format(
            person=event.person, done=_(event.action), reason=reason
        )
    come_to = (standing.stage, standing.publication, standing.tips, len(standing.leaves))
    if (row.stage, row.publication, row.tips, row.leaves) != come_to:
        yield _("The story's entry was changed outside Stonehand.")
    if found.latest() not in standing.leaves:
        yield _("The latest version was changed outside Stonehand.")
    numbers = found.number(found.latest()), found.number(standing.live)
    if (row.version, row.live_version) != numbers:
        yield _("The story's entry was changed outside Stonehand.")
