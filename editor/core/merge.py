"""Two versions that grew from one: what can be joined is, what overlaps waits for a person.

Fields are merged apart; lists and the body item by item, paragraph by
paragraph (three-way, as in diff3). Two edits of one paragraph, or of
neighbours without an unchanged one between, always wait: words are never
woven together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from editor.core.dateline import Dateline
from editor.core.diff import paragraphs
from editor.core.story import Story
from editor.errors import BadValue

Choices: TypeAlias = Mapping[tuple[str, int], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of items in three versions. An absent run is empty."""

    base: tuple[Any, ...]
    ours: tuple[Any, ...]
    theirs: tuple[Any, ...]

    @property
    def settled(self) -> tuple[Any, ...] | None:
        """What the run becomes, or None when both changed it and not alike."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        return self.theirs if self.ours == self.base else None


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field's runs, in order; together they are the whole field."""

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
        """Every (field, chunk) a person must decide, in the order of the form."""
        return tuple((each.field, i) for each in self.fields for i in each.undecided)

    def story(self, choices: Choices | None = None) -> Story:
        """The joined story; `choices` gives the items for each undecided chunk.

        Raises BadValue while something is undecided.
        """
        choices = choices or {}
        if missing := [each for each in self.undecided if each not in choices]:
            raise BadValue(
                f"{len(missing)} places are not decided yet.", "Choose a side, or write it anew."
            )
        values = {each.field: self._items(each, choices) for each in self.fields}
        place = {name.split("/")[1]: _single(v) for name, v in values.items() if "/" in name}
        whole = {name: _whole(name, items) for name, items in values.items() if "/" not in name}
        return replace(self.ours, dateline=Dateline(**place), **whole)

    def _items(self, field: FieldMerge, choices: Choices) -> tuple[Any, ...]:
        items: list[Any] = []
        for index, chunk in enumerate(field.chunks):
            settled = chunk.settled
            items += choices[field.field, index] if settled is None else settled
        return tuple(items)


def merge(base: Story, ours: Story, theirs: Story) -> Merge:
    """Merge two versions that share an ancestor; swapped, they give the same story."""
    three = [dict(_parts(story)) for story in (base, ours, theirs)]
    return Merge(
        ours, tuple(FieldMerge(name, chunks(*(each[name] for each in three))) for name in three[0])
    )


def chunks(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[Chunk, ...]:
    """Cut three lists into runs: between two items that all three kept in order lies one chunk."""
    in_ours, in_theirs = _kept(base, ours), _kept(base, theirs)
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
    return tuple(found)


def common_ancestor(parents: Mapping[int, tuple[int, ...]], one: int, other: int) -> int:
    """The newest version that both grew from, by parents; 0 when they share none."""
    return max(_ancestors(parents, one) & _ancestors(parents, other), default=0)


def leaves(parents: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The versions nothing grew from yet, oldest first; more than one must be reconciled."""
    grown = {parent for each in parents.values() for parent in each}
    return tuple(sorted(set(parents) - grown))


def _parts(story: Story) -> list[tuple[str, tuple[Any, ...]]]:
    parts: list[tuple[str, tuple[Any, ...]]] = []
    for spec in fields(Story):
        value = getattr(story, spec.name)
        if spec.name == "body":
            parts.append(("body", tuple(paragraphs(value))))
        elif isinstance(value, Dateline):
            parts += [(f"dateline/{p.name}", (getattr(value, p.name),)) for p in fields(value)]
        elif isinstance(value, tuple):
            parts.append((spec.name, value))
        else:
            parts.append((spec.name, (value,)))
    return parts


def _whole(name: str, items: tuple[Any, ...]) -> Any:
    if name == "body":
        return "\n\n".join(items)
    many = isinstance(getattr(Story(), name), tuple)
    return items if many else _single(items)


def _single(items: tuple[Any, ...]) -> Any:
    return items[0] if items else ""


def _kept(base: Sequence[Any], other: Sequence[Any]) -> dict[int, int]:
    """Where each item of the base stands in the other list, if it was kept in order."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + i: block.b + i
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    }


def _add(
    found: list[Chunk], base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]
) -> None:
    """Add a run; runs that nobody changed become one with the run before."""
    chunk = Chunk(tuple(base), tuple(ours), tuple(theirs))
    if not (chunk.base or chunk.ours or chunk.theirs):
        return
    quiet = chunk.base == chunk.ours == chunk.theirs
    last = found[-1] if found else None
    if quiet and last is not None and last.base == last.ours == last.theirs:
        joined = last.base + chunk.base
        found[-1] = Chunk(joined, joined, joined)
    else:
        found.append(chunk)


def _ancestors(parents: Mapping[int, tuple[int, ...]], version: int) -> set[int]:
    seen: set[int] = set()
    waiting = [version]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += parents.get(each, ())
    return seen
