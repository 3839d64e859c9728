"""What a person can do to a desk, each as a frozen value for `Desk.do`.

A command names the version it was decided on, so that it is refused when the
text changed in between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from editor.core.brief import Banner, Brief
from editor.core.delivery import Delivery, Targets
from editor.core.front import Front
from editor.core.house import House
from editor.core.house_style import HouseStyle
from editor.core.people import Person
from editor.core.policy import Policy
from editor.core.story import Story
from editor.core.theme import ThemeFiles
from editor.core.workflow import Action


@dataclass(frozen=True, slots=True)
class SaveStory:
    """Save a story as a new version. `base` is the version it was edited from, 0 for a new one.

    `new_id` is the id that a new story gets, 32 hexadecimal digits; without one the desk
    gives it. A save that is sent again because its answer was lost makes no second story.

    With `only_on_latest` it is refused as stale where the base is no longer the latest
    version; otherwise the text is saved beside the newer one, and nothing is lost.
    """

    story: Story
    base: int = 0
    new_id: str = ""
    only_on_latest: bool = False


@dataclass(frozen=True, slots=True)
class ImportItems:
    """Save stories and briefs from outside; the new briefs follow those of the banner."""

    stories: tuple[Story, ...]
    briefs: tuple[Brief, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """Submit a version for approval.

    `hash` is that of the text that was shown. It must be given where a version of it
    was never signed: whoever submits such a text stands up for it.
    """

    story: str
    version: int
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a story back from review, to write on before an editor reads it."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Return:
    """Return a story to its writer, with a note that says why."""

    story: str
    version: int
    note: str


@dataclass(frozen=True, slots=True)
class Approve:
    """Approve a version for publication: exactly the text that was shown, by its hash."""

    story: str
    version: int
    hash: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spike:
    """Put a story aside."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Unspike:
    """Make a draft of a spiked story again."""

    story: str
    version: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Save an earlier version's text as the latest version."""

    story: str
    version: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Save what a person merged of all the leaves of a story as one version."""

    story: str
    leaves: tuple[int, ...]
    merged: Story


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish an approved version: readers have it from now on."""

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
    """Add a note about a story for colleagues.

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
    """Mark a note as resolved, or with `resolved` False as open again."""

    story: str
    note: int
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class SaveBanner:
    """Save the trends banner. `base` is the hash of the banner it was edited from."""

    banner: Banner
    base: str


@dataclass(frozen=True, slots=True)
class ApproveBanner:
    """Approve the banner that was shown, by its hash: from now on it goes out."""

    hash: str


@dataclass(frozen=True, slots=True)
class OrderFront:
    """Order the stories that come first on the home page; an empty front is newest first.

    `base` is the hash of the front that was changed.
    """

    front: Front
    base: str


@dataclass(frozen=True, slots=True)
class SaveTargets:
    """Save the places that the paper delivers to. `base` is the hash of those that were changed."""

    targets: Targets
    base: str


@dataclass(frozen=True, slots=True)
class RecordDelivery:
    """Record in the log what was delivered to a target of the paper."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class SaveHouse:
    """Save the paper's facts and style. `base` is the hash of the house it was edited from."""

    house: House
    base: str


@dataclass(frozen=True, slots=True)
class SaveHouseStyle:
    """Save what the checks look for. `base` is the hash of the house style it was edited from."""

    style: HouseStyle
    base: str


@dataclass(frozen=True, slots=True)
class SaveTheme:
    """Save a theme of the desk; where the paper has it, its pages have it as it is now.

    `base` is the digest of the theme it was edited from, empty for a new one.
    """

    theme: ThemeFiles
    base: str


@dataclass(frozen=True, slots=True)
class RemoveTheme:
    """Remove a theme of the desk that the paper does not have.

    `base` is the digest of the theme that is to be removed.
    """

    name: str
    base: str


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Add someone to the masthead, give them another role, or a key for one more computer.

    `key` is their public key as one line (see `stonehand key`); it may be empty for
    someone who is on the masthead.
    """

    person: Person
    key: str = ""


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """Remove someone from the masthead; what they approved stays approved."""

    name: str


@dataclass(frozen=True, slots=True)
class RemoveComputer:
    """Remove one of a person's keys, by its words: nothing that it signs from now on counts."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Set what the desk requires before a version is published."""

    policy: Policy


Command: TypeAlias = (
    SaveStory
    | ImportItems
    | Restore
    | Reconcile
    | Submit
    | Withdraw
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
    | ApproveBanner
    | OrderFront
    | RecordDelivery
    | SaveTargets
    | SaveHouse
    | SaveHouseStyle
    | SaveTheme
    | RemoveTheme
    | AddPerson
    | RemovePerson
    | RemoveComputer
    | SetPolicy
)

STEPS: Final[Mapping[Action, Callable[..., Command]]] = {
    Action.SUBMIT: Submit,
    Action.WITHDRAW: Withdraw,
    Action.RETURN: Return,
    Action.APPROVE: Approve,
    Action.PUBLISH: Publish,
    Action.CORRECT: Correct,
    Action.UPDATE: Update,
    Action.KILL: Kill,
    Action.SPIKE: Spike,
    Action.UNSPIKE: Unspike,
}
"""The command of each step of the workflow; its first two values are a story and its version."""
