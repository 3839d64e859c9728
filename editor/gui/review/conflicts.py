"""Two versions that were written beside each other: what joins by itself and what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from editor.core.diff import FieldDiff, compare_passages
from editor.core.fields import field_at, paragraphs
from editor.core.merge import Chunk, Merge, merge
from editor.core.revise import readable
from editor.core.story import Story
from editor.gui.review.value_names import ValueNames, is_code
from editor.store.reading.rows import StoredVersion
from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both versions changed, and not alike. `place` is its field and chunk.

    `ours` and `theirs` show what each made of the text both began with.
    """

    place: tuple[str, int]
    chunk: Chunk
    ours: FieldDiff
    theirs: FieldDiff
    names: ValueNames

    @property
    def several(self) -> bool:
        """Whether the field can hold both answers, one after the other."""
        return field_at(self.place[0]).several

    @property
    def written(self) -> bool:
        """Whether the answer can be given in one's own words."""
        items = (*self.chunk.base, *self.chunk.ours, *self.chunk.theirs)
        return not is_code(self.place[0]) and all(isinstance(item, str) for item in items)

    def both(self) -> tuple[Any, ...]:
        """Ours, then what of theirs is not in it."""
        extra = tuple(item for item in self.chunk.theirs if item not in self.chunk.ours)
        return (*self.chunk.ours, *extra)

    def own(self, text: str) -> tuple[str, ...]:
        """The items of an answer in one's own words: paragraphs, lines, or the one value."""
        if field_at(self.place[0]).paragraphed:
            return tuple(paragraphs(text))
        if self.several:
            return tuple(line.strip() for line in text.splitlines() if line.strip())
        return (" ".join(text.split()),)

    def text(self, items: Sequence[Any]) -> str:
        """Items as they are written when one begins with them."""
        between = "\n\n" if field_at(self.place[0]).paragraphed else "\n"
        return between.join(self.names.name(self.place[0], item) for item in items)


@dataclass(frozen=True, slots=True)
class Join:
    """The next step of a reconciliation: the merge of two stories and what a person decides."""

    merge: Merge
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The versions nothing grew from yet, oldest first, and what each shares with the first.

    An absent ancestor is an empty story.
    """

    numbers: tuple[int, ...]
    versions: tuple[StoredVersion, ...]
    ancestors: tuple[Story, ...]


def read_leaves(snapshot: Snapshot, story: str) -> Leaves:
    """Read what there is to reconcile. For the store's thread."""
    numbers = snapshot.leaves(story)
    versions = tuple(snapshot.stored(story, number) for number in numbers)
    shared = [snapshot.ancestor(story, numbers[0], number) for number in numbers[1:]]
    blank = Story(id=versions[0].story.id)
    return Leaves(numbers, versions, tuple(each.story if each else blank for each in shared))


def join(base: Story, ours: Story, theirs: Story, slugs: Mapping[str, str]) -> Join:
    """Merge two stories; `slugs` names stories by id. Slow: not for the main thread."""
    names = ValueNames(slugs, ours.language)
    merged = merge(base, ours, theirs)
    chunks = {(each.field, i): c for each in merged.fields for i, c in enumerate(each.chunks)}
    found = [_conflict(place, chunks[place], names) for place in merged.undecided]
    return Join(merged, tuple(found))


def _conflict(place: tuple[str, int], chunk: Chunk, names: ValueNames) -> Conflict:
    ours, theirs = (_diff(place[0], chunk.base, side, names) for side in (chunk.ours, chunk.theirs))
    return Conflict(place, chunk, ours, theirs, names)


def _diff(field: str, base: Sequence[Any], side: Sequence[Any], names: ValueNames) -> FieldDiff:
    before, after = (
        [name for item in items if (name := names.name(field, item))] for items in (base, side)
    )
    passages = tuple(readable(field, each) for each in compare_passages(before, after))
    return FieldDiff(field, passages)
