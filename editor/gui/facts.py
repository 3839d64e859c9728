"""The desk's small values, in memory so that no panel has to ask for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from editor.core.brief import Banner
from editor.core.changes import Changes
from editor.core.house import House
from editor.core.people import Person, Role
from editor.store.reading.rows import Counts
from editor.store.reading.signed_states import HouseStyleState

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True)
class Facts:
    """The desk's small values, in memory so that no panel has to ask for them."""

    house: House
    banner: Banner
    people: tuple[Person, ...]
    counts: Counts
    last_entry: int
    """The number of the last entry in the desk's log, whoever wrote it."""
    style_state: HouseStyleState = field(default_factory=HouseStyleState)
    """What the checks go by, and who signed it."""

    @classmethod
    def read(cls, snapshot: Snapshot) -> Facts:
        """Read all of them."""
        return cls(
            snapshot.house(),
            snapshot.banner(),
            tuple(snapshot.people()),
            snapshot.counts(),
            snapshot.last_entry(),
            snapshot.house_style_state(),
        )

    def after(self, snapshot: Snapshot) -> tuple[Facts, Changes]:
        """Read again what was touched since, by whoever it was, and return that as well."""
        last_entry, changes = snapshot.changes_since(self.last_entry)
        facts = replace(self, last_entry=last_entry)
        if changes.touches("house"):
            facts = replace(facts, house=snapshot.house())
        if changes.touches("people"):
            facts = replace(facts, people=tuple(snapshot.people()))
        if changes.touches("house style") or changes.touches("people"):
            facts = replace(facts, style_state=snapshot.house_style_state())
        if changes.touches("banner"):
            facts = replace(facts, banner=snapshot.banner())
        if changes.touches("story"):
            facts = replace(facts, counts=snapshot.counts())
        return facts, changes


def person_at_work(people: tuple[Person, ...], name: str) -> Person:
    """Return the person of that name, else the desk's first chief, else the first person."""
    named = [person for person in people if person.name == name]
    chiefs = [person for person in people if person.role is Role.CHIEF]
    return (named or chiefs or list(people))[0]
