"""What a command touched, so that each reader can ask whether it must read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, TypeAlias

ChangeKind: TypeAlias = Literal["story", "notes", "banner", "house", "people"]


@dataclass(frozen=True, slots=True)
class Changes:
    """The (kind, id) pairs a command touched, in the order it touched them.

    The id is a story's for `story` and `notes`, and empty for the others.
    `version` is the number of the version that holds the text which was saved,
    also where it was there already; 0 where no text was saved.
    """

    touched: tuple[tuple[ChangeKind, str], ...] = ()
    version: int = 0

    @classmethod
    def of(cls, kind: ChangeKind, *ids: str) -> Self:
        """Changes of one kind."""
        return cls(tuple((kind, id) for id in ids or ("",)))

    def __add__(self, other: Changes) -> Changes:
        return Changes(self.touched + other.touched, self.version or other.version)

    def touches(self, kind: ChangeKind, id: str | None = None) -> bool:
        """Whether anything of a kind was touched, or one of them."""
        return any(
            touched == kind and id in (None, touched_id) for touched, touched_id in self.touched
        )

    def ids(self, kind: ChangeKind) -> tuple[str, ...]:
        """Return the ids of one kind, in order, without repeats."""
        return tuple(dict.fromkeys(id for touched, id in self.touched if touched == kind))
