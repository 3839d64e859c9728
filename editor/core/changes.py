"""What a command changed, so that each panel can tell whether to reload its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, TypeAlias, get_args

ChangeKind: TypeAlias = Literal[
    "story",
    "notes",
    "banner",
    "front",
    "house",
    "house style",
    "people",
    "targets",
    "deliveries",
]


@dataclass(frozen=True, slots=True)
class Changes:
    """The (kind, id) pairs that a command changed, in order.

    The id is a story's for `story` and `notes`, empty for any of them, and empty for
    the others. `version` is the number of the version that has the text which was
    saved, even if that version was there before; 0 where no text was saved.
    """

    touched: tuple[tuple[ChangeKind, str], ...] = ()
    version: int = 0

    @classmethod
    def of(cls, kind: ChangeKind, *ids: str) -> Self:
        """Make changes of one kind; without ids, of what has none, or of any."""
        return cls(tuple((kind, id) for id in ids or ("",)))

    @classmethod
    def everything(cls) -> Self:
        """Make changes that touch all there is."""
        return cls(tuple((kind, "") for kind in get_args(ChangeKind)))

    def __add__(self, other: Changes) -> Changes:
        touched = dict.fromkeys(self.touched + other.touched)
        return Changes((*touched,), self.version or other.version)

    def touches(self, kind: ChangeKind, id: str | None = None) -> bool:
        """Return whether anything of a kind was changed, or what has this id."""
        return any(
            kind == changed and (id is None or of in (id, "")) for changed, of in self.touched
        )

    def touches_any(self, *kinds: ChangeKind) -> bool:
        """Return whether anything of one of these kinds was changed."""
        return any(changed in kinds for changed, _id in self.touched)

    def ids(self, kind: ChangeKind) -> tuple[str, ...]:
        """Return the ids of one kind, in order, each once."""
        return tuple(dict.fromkeys(id for changed, id in self.touched if changed == kind))
