"""The small frozen rows that queries return; no object of the database leaves with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from editor.core.workflow import Publication, Stage, State

if TYPE_CHECKING:  # the rows of lists need neither
    from editor.core.listing import Approval
    from editor.core.story import Story


@dataclass(frozen=True, slots=True)
class Filter:
    """Which stories: those that fit everything that is not None.

    Those with a `writer` are drafts that this person wrote a version of; whoever returned
    one to its other writers last is none of them. `returned_to` leaves those of them that were
    returned, and not submitted since. `author` wrote any version, whatever the stage. Those
    for a `reviewer` wait for review, and this person wrote no version of them. `has_notes`
    leaves those with an open note. `ids` are the only stories there are.
    """

    stage: Stage | None = None
    publication: Publication | None = None
    section: str | None = None
    writer: str | None = None
    ids: tuple[str, ...] | None = None
    language: str | None = None
    returned_to: str | None = None
    author: str | None = None
    reviewer: str | None = None
    has_notes: bool = False


@dataclass(frozen=True, slots=True)
class StoryNames:
    """What the stories are called that a text names, of those that were asked for.

    `slugs` has the slug of each by its id, `owners` the id of the story that has a
    slug, or had it. `unknown` are the slugs that lead to none.
    """

    slugs: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the review of a story is, as its events say. Times are RFC 3339.

    `waiting_since` is when it was submitted, or went to review in another way, and
    `waiting_from` the id of that event, by which waiting stories are ordered: clocks go
    back. Of a story that is not in review they mean nothing. `returned_by` is who
    returned it to its writers last, with the `note`, until it is submitted again.
    """

    waiting_since: str = ""
    waiting_from: int = 0
    returned_by: str = ""
    returned_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as lists show it. `updated` is RFC 3339; `author` wrote the latest `version`.

    `leaves` is how many versions have no successor: more than one must be
    reconciled. `live_version` is what readers have, or had before it was killed.
    `touched` is the event that last changed it, by which lists are ordered.
    `tips` are the events of the story that none comes after, `review_state` is what they come
    to where somebody is waiting, and `open_notes` how many notes nobody resolved, if they were
    asked for.
    """

    id: str
    slug: str
    headline: str
    section: str
    language: str
    stage: Stage
    publication: Publication
    version: int
    words: int
    updated: str
    author: str
    leaves: int = 1
    live_version: int = 0
    tips: tuple[str, ...] = ()
    touched: int = 0
    review_state: ReviewState = ReviewState()
    open_notes: int = 0

    @property
    def state(self) -> State:
        """Stage and publication together, as the workflow takes them."""
        return State(self.stage, self.publication)

    @property
    def is_exportable(self) -> bool:
        """Whether a version of it may go out; its approval is verified when it does."""
        return is_exportable(self.stage, self.publication)

    @property
    def name(self) -> str:
        """What messages call the story: its headline, else its slug."""
        return self.headline or self.slug


def is_exportable(stage: Stage, publication: Publication) -> bool:
    """Whether a story is approved or live, and not killed."""
    if publication is Publication.KILLED:
        return False
    return stage is Stage.APPROVED or publication is Publication.LIVE


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version of a story as the desk has it, and the `state` the story is in now.

    `id` is the event that made it, `latest` the number of the story's latest version.
    `approval` is the one for this version's hash, if there is one that verifies;
    `refusal` says what about the story can't be trusted. `cause` is what made the
    version: saved, imported, reconciled, restored or corrected.
    """

    story: Story
    version: int
    id: str
    latest: int
    hash: str
    state: State
    author: str
    at: str
    cause: str
    approval: Approval | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One line of a story's history. `words` counts the body."""

    version: int
    hash: str
    parents: tuple[int, ...]
    author: str
    at: str
    cause: str
    headline: str
    words: int
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note inside the newsroom. `field` is a text path or empty for the whole story.

    `quote` is the passage of the field it is about, `start` and `end` where that is
    in the latest version now; both are 0 when it is `gone`. `answers` is the id of
    the note it answers, or 0. `resolved_at` is RFC 3339, empty while open. `event`
    wrote it and names its `hash`.
    """

    id: int
    story: str
    author: str
    at: str
    text: str
    field: str
    version: int
    start: int = 0
    end: int = 0
    quote: str = ""
    context: str = ""
    answers: int = 0
    resolved_by: str = ""
    resolved_at: str = ""
    event: str = ""
    hash: str = ""

    @property
    def resolved(self) -> bool:
        """Whether somebody said that it is dealt with."""
        return bool(self.resolved_at)

    @property
    def gone(self) -> bool:
        """Whether the passage it is about was removed from the text."""
        return bool(self.quote) and self.start == self.end


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The result of verifying a desk. `broken_at` is a row's id, 0 when all is sound.

    `unsigned` are people of whom something waits for a signature, with how much.
    `notices` are sentences about what is not wrong, but should be known.
    """

    rows: int
    broken_at: int = 0
    reason: str = ""
    unsigned: tuple[tuple[str, int], ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WriterCounts:
    """How many stories a person wrote a version of.

    `drafts` are those that the person is writing, `returned` those of them that were returned,
    `in_review` those that wait for an editor.
    """

    stories: int = 0
    drafts: int = 0
    returned: int = 0
    in_review: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stories there are, by stage, publication, section slug, language and writer.

    `exportable` are those that are approved or live, as far as the lists say.
    """

    stages: dict[Stage, int] = field(default_factory=dict)
    publications: dict[Publication, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    exportable: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    writers: dict[str, WriterCounts] = field(default_factory=dict)
