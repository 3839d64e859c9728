"""Versions that were written beside each other: what merges by itself and what a person decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from editor.core.diff import FieldDiff, compare_passages
from editor.core.fields import field_at, paragraphs
from editor.core.merge import Chunk, Merge, merge
from editor.core.revise import readable
from editor.core.story import Story
from editor.gui.review.value_names import ValueNames, is_code
from editor.store.reading.rows import StoredVersion
from editor.store.reading.snapshot import Snapshot

Items: TypeAlias = tuple[Any, ...]
"""Part of a field's value: paragraphs, list items, or its one value."""


_WHITE = re.compile(r"[ \t\n]+")
"""White space that one line needs once; no-break spaces are meant."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both versions changed, and not alike. `place` is its field and chunk.

    `ours` and `theirs` show what each made of the text before.
    """

    place: tuple[str, int]
    chunk: Chunk
    ours: FieldDiff
    theirs: FieldDiff
    names: ValueNames

    @property
    def is_list(self) -> bool:
        """Whether the field can hold both answers, one after the other."""
        return field_at(self.place[0]).several

    @property
    def is_text(self) -> bool:
        """Whether a person can type another answer."""
        items = (*self.chunk.base, *self.chunk.ours, *self.chunk.theirs)
        return not is_code(self.place[0]) and all(isinstance(item, str) for item in items)

    def both(self) -> Items:
        """Return ours, then those of theirs that are not in it."""
        extra = tuple(item for item in self.chunk.theirs if item not in self.chunk.ours)
        return (*self.chunk.ours, *extra)

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the items of a typed answer: paragraphs, lines, or the one value."""
        if field_at(self.place[0]).paragraphed:
            return tuple(paragraphs(text))
        if self.is_list:
            return tuple(line.strip() for line in text.split("\n") if line.strip())
        return (_WHITE.sub(" ", text).strip(" "),)

    def text(self, items: Items) -> str:
        """Return items as text that `parse` reads."""
        separator = "\n\n" if field_at(self.place[0]).paragraphed else "\n"
        return separator.join(self.names.name(self.place[0], item) for item in items)


@dataclass(frozen=True, slots=True)
class Join:
    """One step of a reconciliation: the merge of two stories and what a person decides."""

    merge: Merge
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The versions without a successor, oldest first.

    `ancestors` has the story each later one shares with the first, empty where
    there is none, and `slugs` those of the stories that any of them names by id.
    """

    versions: tuple[StoredVersion, ...]
    ancestors: tuple[Story, ...]
    slugs: Mapping[str, str] = field(default_factory=dict)


def read_leaves(snapshot: Snapshot, story: str) -> Leaves:
    """Read the versions of a story that are to be reconciled. For the store's thread."""
    numbers = snapshot.leaves(story)
    shared = (snapshot.ancestor(story, numbers[0], number) for number in numbers[1:])
    ancestors = tuple(stored.story if stored else Story(id=story) for stored in shared)
    versions = tuple(snapshot.stored(story, number) for number in numbers)
    texts = (*ancestors, *(version.story for version in versions))
    slugs = snapshot.slugs({related for text in texts for related in text.related})
    return Leaves(versions, ancestors, slugs)


def join(base: Story, ours: Story, theirs: Story, slugs: Mapping[str, str]) -> Join:
    """Merge two stories; `slugs` names stories by id. Slow: not for the main thread."""
    merged, names = merge(base, ours, theirs), ValueNames(slugs, ours.language)
    chunks = {
        (field.field, index): chunk
        for field in merged.fields
        for index, chunk in enumerate(field.chunks)
    }
    conflicts = (_conflict(place, chunks[place], names) for place in merged.undecided)
    return Join(merged, tuple(conflicts))


def _conflict(place: tuple[str, int], chunk: Chunk, names: ValueNames) -> Conflict:
    ours, theirs = (_diff(place[0], chunk.base, side, names) for side in (chunk.ours, chunk.theirs))
    return Conflict(place, chunk, ours, theirs, names)


def _diff(field: str, base: Items, side: Items, names: ValueNames) -> FieldDiff:
    before, after = (
        [text for item in items if (text := names.name(field, item))] for items in (base, side)
    )
    passages = tuple(readable(field, passage) for passage in compare_passages(before, after))
    return FieldDiff(field, passages)
