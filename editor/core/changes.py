"""What a command changed, so that each panel can tell whether to reload its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Self, TypeAlias

ChangeKind: TypeAlias = Literal["story", "notes", "banner", "house", "people"]


@dataclass(frozen=True, slots=True)
class Changes:
    """The (kind, id) pairs that a command changed, in order.

    The id is a story's for `story` and `notes`, and empty for the others.
    `version` is the number of the version that has the text which was saved,
    even if that version was there before; 0 where no text was saved. `entries` is
    how many entries the command wrote in the log.
    """

    touched: tuple[tuple[ChangeKind, str], ...] = ()
    version: int = 0
    entries: int = field(default=0, compare=False)

    @classmethod
    def of(cls, kind: ChangeKind, *ids: str) -> Self:
        """Make changes of one kind; without ids, of what has none."""
        return cls(tuple((kind, id) for id in ids or ("",)))

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.touched + other.touched,
            self.version or other.version,
            self.entries + other.entries,
        )

    def touches(self, kind: ChangeKind, id: str | None = None) -> bool:
        """Return whether anything of a kind was changed, or what has this id."""
        return any(kind == changed and id in (None, of) for changed, of in self.touched)

    def ids(self, kind: ChangeKind) -> tuple[str, ...]:
        """Return the ids of one kind, in order, each once."""
        return tuple(dict.fromkeys(id for changed, id in self.touched if changed == kind))
