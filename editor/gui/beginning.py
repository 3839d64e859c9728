"""What to open first: text that was never saved before anything else."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from editor.gui.story.sheet import NEW

if TYPE_CHECKING:
    from editor.store.desk import Desk

_PREFIX = "story:"


def typed_unsaved(desk: Desk) -> tuple[str, ...]:
    """The keys of stories whose typed text is in the journal only, as after a crash."""
    names = desk.journal.entries()
    return tuple(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX))


def to_open(
    remembered: str, unsaved: Collection[str], known: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """The story to begin with, and the others that have unsaved text.

    That is the one that was open, if it still is anywhere; but unsaved text that
    it doesn't have comes first.
    """
    found = [key for key in unsaved if key in known or key.startswith(NEW)]
    there = remembered in known or remembered in found
    first = remembered if there and (remembered in found or not found) else (found or [""])[0]
    return first, tuple(key for key in found if key != first)
