"""The front: the stories that an editor puts first on the home page, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from editor.core.canonical import Json, canonical_json, content_hash, normal
from editor.core.listing import Listing
from editor.errors import BadValue
from editor.i18n import _

LONGEST_FRONT = 30
"""The most stories that can be ordered by hand: the home page shows hardly more."""


@dataclass(frozen=True, slots=True)
class Front:
    """The ids of the stories that come first on the home page; the first one leads."""

    stories: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a change names the hash it started from."""
        return content_hash(self.to_json())

    def canonical(self) -> bytes:
        """Return the ids as canonical JSON (RFC 8785)."""
        return canonical_json(self.to_json())

    def to_json(self) -> list[Json]:
        """Return the ids as plain values, in order."""
        return list(self.stories)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what `to_json` wrote. Raises TypeError for anything else."""
        if not isinstance(value, list) or not all(isinstance(id, str) for id in value):
            raise TypeError("not a list of ids")
        return cls(tuple(map(normal, value)))

    def among(self, listings: Iterable[Listing]) -> tuple[str, ...]:
        """Return the ids of the front that some stories have, in its order."""
        exported = {listing.id for listing in listings}
        return tuple(id for id in self.stories if id in exported)

    def require_valid(self) -> None:
        """Raise BadValue for a story that is in the list twice, and for too many."""
        if len(set(self.stories)) < len(self.stories):
            raise BadValue(
                _("A story is on the front page twice."), _("Remove it from one of the places.")
            )
        if len(self.stories) > LONGEST_FRONT:
            raise BadValue(
                _("{n} stories are ordered for the front page; {limit} is the limit.").format(
                    n=len(self.stories), limit=LONGEST_FRONT
                ),
                _("Remove the last ones: stories that are not ordered follow, newest first."),
            )


def front_order(listings: Iterable[Listing], front: Iterable[str]) -> list[Listing]:
    """Return all stories, those of the front first and in its order, the others as they are.

    An id of the front that none of the stories has is skipped.
    """
    others = {listing.id: listing for listing in listings}
    first = [others.pop(id) for id in front if id in others]
    return [*first, *others.values()]
