"""Merge two versions that grew from one: what overlaps waits for a person's decision.

Each field is merged by itself; lists item by item and the body paragraph by
paragraph (three-way, as in diff3). Two edits of one paragraph, or of
neighbours without an unchanged one between, always wait: words are never
combined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from editor.core.fields import FIELDS, field_at
from editor.core.pairing import pair_passages
from editor.core.paths import with_value
from editor.core.story import Story
from editor.errors import BadValue
from editor.i18n import _

Choices: TypeAlias = Mapping[tuple[str, int], Sequence[Any]]
"""The items a person chose for a chunk, by (field path, index of the chunk)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of items (paragraphs, key points, pictures) in three versions; empty where absent."""

    base: tuple[Any, ...]
    ours: tuple[Any, ...]
    theirs: tuple[Any, ...]

    @property
    def settled(self) -> tuple[Any, ...] | None:
        """What the run becomes, or None when both changed it differently."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        return self.theirs if self.ours == self.base else None


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field by its path (`headline`, `dateline/city`), and all its runs in order."""

    field: str
    chunks: tuple[Chunk, ...]

    @property
    def undecided(self) -> tuple[int, ...]:
        """The indexes of the chunks a person must decide."""
        return tuple(i for i, chunk in enumerate(self.chunks) if chunk.settled is None)


@dataclass(frozen=True, slots=True)
class Merge:
    """The merge of two versions of a story, field by field."""

    ours: Story
    fields: tuple[FieldMerge, ...]

    @property
    def undecided(self) -> tuple[tuple[str, int], ...]:
        """Every (field path, chunk) a person must decide, in the order of the form."""
        return tuple((merged.field, i) for merged in self.fields for i in merged.undecided)

    def story(self, choices: Choices | None = None) -> Story:
        """Make the merged story; `choices` gives the items for each undecided chunk.

        Raises BadValue while something is undecided.
        """
        choices = choices or {}
        if missing := [chunk for chunk in self.undecided if chunk not in choices]:
            raise BadValue(
                _("{n} places are not decided yet.").format(n=len(missing)),
                _("Choose a side, or write a text of your own."),
            )
        story = self.ours
        for merged in self.fields:
            items = self._items(merged, choices)
            story = with_value(story, merged.field, field_at(merged.field).whole(items))
        return story

    def _items(self, merged: FieldMerge, choices: Choices) -> tuple[Any, ...]:
        items: list[Any] = []
        for index, chunk in enumerate(merged.chunks):
            settled = chunk.settled
            items += choices[merged.field, index] if settled is None else settled
        return tuple(items)


def merge(base: Story, ours: Story, theirs: Story) -> Merge:
    """Merge two versions that share an ancestor; swapped, they give the same story."""
    three = [_parts(story) for story in (base, ours, theirs)]
    return Merge(
        ours,
        tuple(FieldMerge(path, chunks(*(parts[path] for parts in three))) for path in three[0]),
    )


def chunks(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[Chunk, ...]:
    """Cut three lists into runs, at each item that all three have in the same order.

    Where both sides put one item in different places, perhaps with new words, one run
    has both places, so that a person decides: whatever is chosen, an item is neither
    doubled nor lost.
    """
    in_ours, in_theirs = _unchanged(base, ours), _unchanged(base, theirs)
    found: list[Chunk] = []
    start = (0, 0, 0)
    for i, item in enumerate(base):
        if i not in in_ours or i not in in_theirs:
            continue
        stop = (i, in_ours[i], in_theirs[i])
        _add(found, base[start[0] : stop[0]], ours[start[1] : stop[1]], theirs[start[2] : stop[2]])
        _add(found, (item,), (item,), (item,))
        start = (stop[0] + 1, stop[1] + 1, stop[2] + 1)
    _add(found, base[start[0] :], ours[start[1] :], theirs[start[2] :])
    return _with_moves_together(found, ours, theirs, _edited(base, ours) | _edited(base, theirs))


def common_ancestor(parents: Mapping[int, tuple[int, ...]], one: int, other: int) -> int:
    """Return the newest version that both grew from, by parents; 0 when they share none."""
    return max(_ancestors(parents, one) & _ancestors(parents, other), default=0)


def leaves(parents: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Return the versions without a successor, oldest first; more than one must be reconciled."""
    succeeded = {parent for numbers in parents.values() for parent in numbers}
    return tuple(sorted(set(parents) - succeeded))


def _parts(story: Story) -> dict[str, tuple[Any, ...]]:
    """What is merged by itself, by path: each field, and each part of a dateline."""
    found: dict[str, tuple[Any, ...]] = {}
    for field in FIELDS:
        value = getattr(story, field.name)
        if field.parts and not field.many:
            for part in field.parts:
                found[f"{field.name}/{part.name}"] = part.pieces(getattr(value, part.name))
        elif field.compared:
            found[field.name] = field.pieces(value)
    return found


def _unchanged(base: Sequence[Any], other: Sequence[Any]) -> dict[int, int]:
    """Where each item of the base is in the other list, if it is there in the same order."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + i: block.b + i
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    }


def _add(
    found: list[Chunk], base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]
) -> None:
    """Add a run, joined to the run before if nobody changed either."""
    chunk = Chunk(tuple(base), tuple(ours), tuple(theirs))
    if not (chunk.base or chunk.ours or chunk.theirs):
        return
    unchanged = chunk.base == chunk.ours == chunk.theirs
    last = found[-1] if found else None
    if unchanged and last is not None and last.base == last.ours == last.theirs:
        joined = last.base + chunk.base
        found[-1] = Chunk(joined, joined, joined)
    else:
        found.append(chunk)


def _edited(base: Sequence[Any], other: Sequence[Any]) -> dict[Any, Any]:
    """Return which passage of the base each one grew from whose words were changed."""
    if not all(isinstance(item, str) for item in (*base, *other)):
        return {}
    known = {*base}
    return {
        other[new]: base[old]
        for old, new in pair_passages(base, other)
        if other[new] not in known and base[old].strip()
    }


def _with_moves_together(
    found: list[Chunk], ours: Sequence[Any], theirs: Sequence[Any], edited: Mapping[Any, Any]
) -> tuple[Chunk, ...]:
    """Join the runs over which an item might be more or less often than on both sides.

    An item in `edited` counts as the one it grew from.
    """
    counts = _count(ours, edited), _count(theirs, edited)
    most, least = counts[0] | counts[1], counts[0] & counts[1]
    while torn := _torn(found, most, least, edited):
        joined = found[torn[0] : torn[-1] + 1]
        found[torn[0] : torn[-1] + 1] = [
            Chunk(
                tuple(item for chunk in joined for item in chunk.base),
                tuple(item for chunk in joined for item in chunk.ours),
                tuple(item for chunk in joined for item in chunk.theirs),
            )
        ]
    return tuple(found)


def _torn(
    found: Sequence[Chunk], most: Counter[Any], least: Counter[Any], edited: Mapping[Any, Any]
) -> list[int]:
    """The runs that an item is moved between, if their choices may double or lose it."""
    changed: dict[Any, list[int]] = {}
    up_to: Counter[Any] = Counter()
    at_least: Counter[Any] = Counter()
    for index, chunk in enumerate(found):
        ours, theirs = _count(chunk.ours, edited), _count(chunk.theirs, edited)
        if not chunk.base == chunk.ours == chunk.theirs:
            for item in {*ours, *theirs}:
                changed.setdefault(item, []).append(index)
        if chunk.settled is not None:
            ours = theirs = _count(chunk.settled, edited)
        up_to += ours | theirs
        at_least += ours & theirs
    for item, runs in changed.items():
        is_torn = up_to[item] > most[item] or at_least[item] < least[item]
        if is_torn and len(runs) > 1:
            return runs
    return []


def _count(items: Sequence[Any], edited: Mapping[Any, Any]) -> Counter[Any]:
    return Counter(edited.get(item, item) for item in items)


def _ancestors(parents: Mapping[int, tuple[int, ...]], version: int) -> set[int]:
    seen: set[int] = set()
    waiting = [version]
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            waiting += parents.get(number, ())
    return seen
