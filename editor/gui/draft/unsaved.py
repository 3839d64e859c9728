"""Reads back what was typed but never became a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from editor.checks.base import TextPlace
from editor.core.story import Story
from editor.errors import DeskDamaged, EditorError, NotFound
from editor.gui.draft.open_story import NEW, OpenStory
from editor.i18n import _
from editor.store.journal import Journal
from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Text that was typed and is no version: of a story by its id, or of a new one (`new-…`)."""

    key: str
    story: Story

    @property
    def new(self) -> bool:
        """Whether the desk doesn't have the story at all."""
        return self.key.startswith(NEW)


@dataclass(frozen=True, slots=True)
class Opened:
    """A story as it was found, and what could not be read of its unsaved text."""

    sheet: OpenStory
    recovered: bool = False
    problem: EditorError | None = None


def read_sheet(
    snapshot: Snapshot, journal: Journal, key: str, lost: Mapping[str, Any] | None = None
) -> Opened:
    """Read a story with its unsaved text, from the journal or from `lost`.

    Raises NotFound when neither the desk nor the journal has it.
    """
    sheet = OpenStory(key=key)
    if not key.startswith(NEW):
        sheet.stored = stored = snapshot.stored(key)
        sheet.typed, sheet.base, sheet.kept_at = stored.story, stored.version, stored.at
        sheet.leaves = snapshot.leaves(key)
    entry = lost or journal.read(sheet.entry_key)
    if entry is None:
        if sheet.stored is None:
            raise NotFound(_("This unsaved story is gone."), _("It may have been saved since."))
        return Opened(sheet)
    try:
        typed, base, caret = _read_entry(entry)
    except DeskDamaged as error:
        # What is typed next takes the entry's place, so what it was goes elsewhere first.
        journal.write(f"unreadable:{sheet.entry_key}", dict(entry))
        return Opened(sheet, problem=error)
    if typed == sheet.saved:
        return Opened(sheet)
    base = _saved_since(snapshot, sheet, base, entry.get("sent"))
    sheet.typed, sheet.base, sheet.caret, sheet.touched = typed, base, caret, True
    return Opened(sheet, recovered=True)


def unsaved_stories(snapshot: Snapshot, journal: Journal) -> tuple[Unsaved, ...]:
    """Every story in the journal whose text is not what the desk has, as after a crash."""
    found = []
    for name, entry in journal.entries().items():
        key = name.removeprefix("story:")
        if key == name:
            continue
        try:
            typed = Unsaved(key, _read_entry(entry)[0])
            if typed.new or typed.story != snapshot.stored(key).story:
                found.append(typed)
        except (DeskDamaged, NotFound):
            continue  # it stays in the journal; opening it says so
    return tuple(found)


def _saved_since(snapshot: Snapshot, sheet: OpenStory, base: int, sent: object) -> int:
    """The version that grew from `base` by what was sent last, as when a save was cut off."""
    if sent and sheet.stored is not None and sheet.stored.version > base:
        rows = snapshot.versions(sheet.key)
        return max((row.version for row in rows if row.hash == sent), default=base)
    return base


def _read_entry(entry: Mapping[str, Any]) -> tuple[Story, int, TextPlace]:
    """Make values of a journal's entry. Raises DeskDamaged for anything that is none."""
    try:
        story = Story.from_json(entry["story"])
        caret = int(entry.get("caret", 0))
        return story, int(entry["base"]), TextPlace(str(entry.get("field", "")), caret, caret)
    except (EditorError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DeskDamaged(
            _("Unsaved text of this story can't be read."),
            _("It is kept in the desk's drafts folder; the saved version is shown."),
        ) from error
