"""What the desk knows of a story besides its text: its review, what readers have."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from editor.core.story import Correction, Story
from editor.core.workflow import Publication, Stage
from editor.errors import DeskDamaged, NotFound
from editor.store.reading.rows import ReviewState, StoredVersion

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Around:
    """The versions without a successor, where its review is, and what readers have, or had.

    `live_version` is the number of that; `live` is its text, None where it can't be read.
    """

    leaves: tuple[int, ...] = ()
    review_state: ReviewState = field(default_factory=ReviewState)
    live: Story | None = None
    live_version: int = 0

    @classmethod
    def read(cls, snapshot: Snapshot, stored: StoredVersion) -> Around:
        """Read it for the story of a version, as far as its state makes it matter.

        For the store's thread.
        """
        story, state = stored.story.id, stored.state
        is_draft = state.stage is Stage.DRAFT
        review = snapshot.review_state(story) if is_draft else ReviewState()
        live: Story | None = None
        live_version = 0
        if state.publication is not Publication.NEVER:
            row = snapshot.row(story)
            live_version = row.live_version
            # A text that can't be read is shown to nobody; the history says what is wrong.
            with suppress(DeskDamaged, NotFound):
                live = snapshot.stored_of(row, row.live_version).story
        return cls(snapshot.leaves(story), review, live, live_version)

    @property
    def published_corrections(self) -> tuple[Correction, ...]:
        """The corrections that readers have."""
        return self.live.corrections if self.live is not None else ()
