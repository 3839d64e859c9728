"""Versions that were written beside each other: what merges by itself and what a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from editor.core.diff import FieldDiff, compare_passages
from editor.core.fields import field_at, paragraphs
from editor.core.merge import Chunk, Merge, merge
from editor.core.revise import readable
from editor.core.story import Correction, Picture, Story
from editor.store.reading.rows import StoredVersion
from editor.store.reading.snapshot import Snapshot

Items: TypeAlias = tuple[Any, ...]
"""Part of a field's value: paragraphs, list items, or its one value."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both versions changed, and not alike. `place` is its field and chunk.

    `ours` and `theirs` show what each made of the text before.
    """

    place: tuple[str, int]
    chunk: Chunk
    ours: FieldDiff
    theirs: FieldDiff

    @property
    def is_list(self) -> bool:
        """Whether the field can hold both answers, one after the other."""
        return field_at(self.place[0]).several

    @property
    def is_text(self) -> bool:
        """Whether a person can type another answer."""
        items = (*self.chunk.base, *self.chunk.ours, *self.chunk.theirs)
        return all(isinstance(item, str) for item in items)

    def both(self) -> Items:
        """Return ours, then those of theirs that are not in it."""
        extra = tuple(item for item in self.chunk.theirs if item not in self.chunk.ours)
        return (*self.chunk.ours, *extra)

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the items of a typed answer: paragraphs, lines, or the one value."""
        if field_at(self.place[0]).paragraphed:
            return tuple(paragraphs(text))
        if self.is_list:
            return tuple(line.strip() for line in text.splitlines() if line.strip())
        return (" ".join(text.split()),)

    def text(self, items: Items) -> str:
        """Return items as text that `parse` reads."""
        separator = "\n\n" if field_at(self.place[0]).paragraphed else "\n"
        return separator.join(_item_text(item) for item in items)


@dataclass(frozen=True, slots=True)
class Join:
    """One step of a reconciliation: the merge of two stories and what a person decides."""

    merge: Merge
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The versions without a successor, oldest first.

    `ancestors` has the story each later one shares with the first, empty where
    there is none.
    """

    versions: tuple[StoredVersion, ...]
    ancestors: tuple[Story, ...]


def read_leaves(snapshot: Snapshot, story: str) -> Leaves:
    """Read the versions of a story that are to be reconciled. For the store's thread."""
    numbers = snapshot.leaves(story)
    shared = (snapshot.ancestor(story, numbers[0], number) for number in numbers[1:])
    ancestors = tuple(stored.story if stored else Story(id=story) for stored in shared)
    return Leaves(tuple(snapshot.stored(story, number) for number in numbers), ancestors)


def join(base: Story, ours: Story, theirs: Story) -> Join:
    """Merge two stories. Slow for long texts: not for the main thread."""
    merged = merge(base, ours, theirs)
    chunks = {
        (field.field, index): chunk
        for field in merged.fields
        for index, chunk in enumerate(field.chunks)
    }
    return Join(merged, tuple(_conflict(place, chunks[place]) for place in merged.undecided))


def _conflict(place: tuple[str, int], chunk: Chunk) -> Conflict:
    ours, theirs = (_diff(place[0], chunk.base, side) for side in (chunk.ours, chunk.theirs))
    return Conflict(place, chunk, ours, theirs)


def _diff(field: str, base: Items, side: Items) -> FieldDiff:
    before, after = (_texts(base), _texts(side))
    passages = tuple(readable(field, passage) for passage in compare_passages(before, after))
    return FieldDiff(field, passages)


def _texts(items: Sequence[Any]) -> list[str]:
    return [text for item in items if (text := _item_text(item))]


def _item_text(item: object) -> str:
    if isinstance(item, Picture):
        return item.caption or item.alt or item.file
    return item.text if isinstance(item, Correction) else str(item)
