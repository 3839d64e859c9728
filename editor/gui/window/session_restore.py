"""What to open first: text that was never saved before anything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from editor.gui.banner.draft import JOURNAL_KEY as BANNER
from editor.gui.draft.open_story import NEW
from editor.gui.draft.unsaved import unsaved_stories
from editor.i18n import _, plural

if TYPE_CHECKING:
    from editor.store.journal import Journal
    from editor.store.reading.snapshot import Snapshot


def typed_unsaved(snapshot: Snapshot, journal: Journal) -> tuple[str, ...]:
    """The keys of stories whose typed text is in the journal only, as after a crash.

    `banner` is among them when the trends banner has such text.
    """
    banner = journal.read(BANNER)
    waits = banner is not None and banner.get("banner") != snapshot.banner().to_json()
    stories = tuple(each.key for each in unsaved_stories(snapshot, journal))
    return (*stories, BANNER) if waits else stories


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
    return first, tuple(key for key in unsaved if key in (*found, BANNER) and key != first)


def what_waits(keys: Sequence[str]) -> str:
    """One quiet line about text that was typed and is no version."""
    if all(key == BANNER for key in keys):
        return _("The trends banner has text that was not saved.")
    if all(key.startswith(NEW) for key in keys):
        return plural("{n} story was never saved.", "{n} stories were never saved.", len(keys))
    return plural(
        "Another story has text that was not saved.",
        "{n} other places have text that was not saved.",
        len(keys),
    )
