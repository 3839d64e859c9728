"""What the desk knows of a story besides its text: whose turn it is, what readers were told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from editor.core.story import Correction, Story
from editor.errors import DeskDamaged
from editor.store.reading.rows import StoredVersion, Turn
from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Around:
    """The versions without a successor, whose turn it is, and what readers have, or had."""

    leaves: tuple[int, ...] = ()
    turn: Turn = field(default_factory=Turn)
    live: Story | None = None

    @classmethod
    def read(cls, snapshot: Snapshot, stored: StoredVersion) -> Around:
        """Read it for the story of a version. For the store's thread."""
        row = snapshot.row(stored.story.id)
        live = stored.story if row.live_version == stored.version else None
        if row.live_version and live is None:
            # A text that can't be read is shown to nobody; the history says what is wrong.
            with suppress(DeskDamaged):
                live = snapshot.stored_of(row, row.live_version).story
        return cls(snapshot.leaves(row.id), snapshot.turn(row.id), live)

    @property
    def told(self) -> tuple[Correction, ...]:
        """The corrections that readers have."""
        return self.live.corrections if self.live is not None else ()
