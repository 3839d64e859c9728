"""What the desk knows of a story besides its text: whose turn it is, what readers were told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from editor.core.story import Correction
from editor.errors import DeskDamaged
from editor.store.reading.rows import StoredVersion, Turn
from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Around:
    """The versions without a successor, whose turn it is, and the corrections that are out."""

    leaves: tuple[int, ...] = ()
    turn: Turn = field(default_factory=Turn)
    told: tuple[Correction, ...] = ()

    @classmethod
    def read(cls, snapshot: Snapshot, stored: StoredVersion) -> Around:
        """Read it for the story of a version. For the store's thread."""
        row = snapshot.row(stored.story.id)
        told: tuple[Correction, ...] = ()
        if row.live_version == stored.version:
            told = stored.story.corrections
        elif row.live_version:
            # What can't be read was told to nobody here; the history says what is wrong.
            with suppress(DeskDamaged):
                told = snapshot.stored_of(row, row.live_version).story.corrections
        return cls(snapshot.leaves(row.id), snapshot.turn(row.id), told)
