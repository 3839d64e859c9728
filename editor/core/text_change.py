"""What one edit changed, small enough to hold ten thousand of them for undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from editor.core.fields import FIELDS
from editor.core.story import Story


@dataclass(frozen=True, slots=True)
class Splice:
    """In one text, `inserted` replaced `removed` at `start` (Python indexes)."""

    start: int
    removed: str
    inserted: str

    @classmethod
    def between(cls, before: str, after: str) -> Splice:
        """Find the shortest single splice that makes one text of another."""
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        return cls(start, before[start : len(before) - end], after[start : len(after) - end])

    @property
    def end(self) -> int:
        """Where the inserted text ends: the caret's place after the edit."""
        return self.start + len(self.inserted)

    def forward(self, text: str) -> str:
        """Do the edit."""
        return text[: self.start] + self.inserted + text[self.start + len(self.removed) :]

    def backward(self, text: str) -> str:
        """Undo the edit."""
        return text[: self.start] + self.removed + text[self.end :]

    def then(self, other: Splice) -> Splice:
        """Join this edit with a later one that touches it."""
        before = max(0, self.start - other.start)
        beyond = max(0, other.start + len(other.removed) - self.end)
        lead = other.removed[:before]
        tail = other.removed[len(other.removed) - beyond :]
        inside = max(0, other.start - self.start)
        rest = self.inserted[inside + len(other.removed) - before - beyond :]
        return Splice(
            min(self.start, other.start),
            lead + self.removed + tail,
            self.inserted[:inside] + other.inserted + rest,
        )


@dataclass(frozen=True, slots=True)
class Swap:
    """One small value replaced another."""

    before: Any
    after: Any

    def forward(self, _value: Any) -> Any:
        """The new value."""
        return self.after

    def backward(self, _value: Any) -> Any:
        """The old value."""
        return self.before

    def then(self, other: Swap) -> Swap:
        """Join this edit with a later one of the same value."""
        return Swap(self.before, other.after)


Part: TypeAlias = Splice | Swap


@dataclass(frozen=True, slots=True)
class Difference:
    """The fields of a story that one edit changed, and how.

    Long texts are held as splices, because a copy of the body for each word
    typed would fill the memory; everything else is small.
    """

    parts: dict[str, Part]

    @classmethod
    def between(cls, before: Story, after: Story) -> Difference:
        """Find what makes one story of another; the id is the desk's and never part of an edit."""
        parts: dict[str, Part] = {}
        for field in FIELDS:
            old, new = getattr(before, field.name), getattr(after, field.name)
            if field.compared and old is not new and old != new:
                parts[field.name] = (
                    Splice.between(old, new) if field.paragraphed else Swap(old, new)
                )
        return cls(parts)

    def forward(self, story: Story) -> Story:
        """Do the edit."""
        changed: dict[str, Any] = {
            name: part.forward(getattr(story, name)) for name, part in self.parts.items()
        }
        return replace(story, **changed)

    def backward(self, story: Story) -> Story:
        """Undo the edit."""
        changed: dict[str, Any] = {
            name: part.backward(getattr(story, name)) for name, part in self.parts.items()
        }
        return replace(story, **changed)

    def then(self, other: Difference) -> Difference:
        """Join this edit with a later one; where both changed a text, they must touch."""
        joined: dict[str, Part] = dict(self.parts)
        for name, part in other.parts.items():
            mine = joined.get(name)
            joined[name] = part if mine is None else mine.then(part)  # type: ignore[arg-type]
        return Difference(joined)


def _common(before: str, after: str) -> int:
    """How many characters two texts share from the start, by halving (each step in C)."""
    low, high = 0, min(len(before), len(after))
    if before[:high] == after[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
