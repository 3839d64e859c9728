"""What a person can do to a desk, each as a frozen value. `Desk.do` is where they go.

A command names the version it was decided on, so that it is refused when the
text changed in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from editor.core.brief import Banner, Brief
from editor.core.house import House
from editor.core.people import Person
from editor.core.policy import Policy
from editor.core.story import Story


@dataclass(frozen=True, slots=True)
class SaveStory:
    """Keep a story as a new version. `base` is the version it was edited from, 0 for a new one."""

    story: Story
    base: int = 0


@dataclass(frozen=True, slots=True)
class ImportItems:
    """Keep stories and briefs that came from outside; new briefs follow the banner's."""

    stories: tuple[Story, ...]
    briefs: tuple[Brief, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand a version in for approval."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Return:
    """Send a story back to its writer, with a note that says why."""

    story: str
    version: int
    note: str


@dataclass(frozen=True, slots=True)
class Approve:
    """Say that this exact version may go out."""

    story: str
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spike:
    """Put a story aside."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Unspike:
    """Take a spiked story up again."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Make an earlier version's text the newest version."""

    story: str
    version: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Join the versions that nothing grew from yet into one, as a person decided."""

    story: str
    leaves: tuple[int, ...]
    joined: Story


@dataclass(frozen=True, slots=True)
class Publish:
    """Give an approved version to the readers: what a release does."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Correct:
    """Open a live story for a correction; `note` is what readers are told."""

    story: str
    version: int
    note: str


@dataclass(frozen=True, slots=True)
class Update:
    """Open a live story for new facts; readers keep the live version meanwhile."""

    story: str
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kill:
    """Withdraw a live story from readers; `note` says why, inside the newsroom."""

    story: str
    version: int
    note: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """Say something about a story inside the newsroom.

    `field` is a text path or empty for the whole story; `start` and `end` mark
    a passage of it. `answers` is the id of the note this one answers, or 0.
    """

    story: str
    text: str
    field: str = ""
    start: int = 0
    end: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class ResolveNote:
    """Say that a note is dealt with, or with `resolved` False that it is not."""

    story: str
    note: int
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class SaveBanner:
    """Keep the trends banner. `base` is the hash of the banner it was edited from."""

    banner: Banner
    base: str


@dataclass(frozen=True, slots=True)
class SaveHouse:
    """Keep the paper's facts and style. `base` is the hash of the house it was edited from."""

    house: House
    base: str


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Put someone on the masthead, or give them another role.

    `key` is their public key as one line (see `stonehand key`); empty makes one here.
    """

    person: Person
    key: str = ""


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """Take someone off the masthead; what they approved before stays approved."""

    name: str


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Set what the desk asks for before a text goes out."""

    policy: Policy


Command: TypeAlias = (
    SaveStory
    | ImportItems
    | Restore
    | Reconcile
    | Submit
    | Return
    | Approve
    | Publish
    | Correct
    | Update
    | Kill
    | Spike
    | Unspike
    | AddNote
    | ResolveNote
    | SaveBanner
    | SaveHouse
    | AddPerson
    | RemovePerson
    | SetPolicy
)
