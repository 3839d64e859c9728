"""Entries of the logs: a row each, and what people are shown of one."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from editor.core.events import Event, entry_hash, event_id, signed_bytes
from editor.errors import BadInput
from editor.store.db.schema import events
from editor.trust.keys import PublicKey


class Entry(NamedTuple):
    """One row of `events`: see there. `id` is its place in the order of arrival."""

    id: int
    log: str
    seq: int
    previous: str
    skip: str
    hash: str
    event: str
    body: str
    story: str
    action: str
    signature: bytes

    def read(self) -> Event | None:
        """The event, if the row is what its hashes say; None if it was changed."""
        try:
            if event_id(self.body) != self.event or self.hash != self.computed_hash():
                return None
            event = Event.from_body(self.body)
        except (BadInput, AttributeError, TypeError):
            # A damaged row may hold a number or bytes in the place of a text.
            return None
        return event if (event.story, event.action) == (self.story, self.action) else None

    def computed_hash(self) -> str:
        """The hash that the row must have."""
        return entry_hash(self.log, self.seq, self.previous, self.event, self.skip)


ENTRY_COLUMNS = tuple(events.c[name] for name in Entry._fields)
"""The columns of an Entry, in its order."""
SELECT_ENTRIES = f"SELECT {', '.join(Entry._fields)} FROM events"  # noqa: S608  names of ours
"""The same as plain SQL, without its conditions."""


class LogEntry(NamedTuple):
    """An entry as people are shown it. Times are RFC 3339.

    `version` is the number of the version it is about, or 0. `note` is the remark
    that came with it, or a name, such as an imported file's. `event` names the event:
    a note is the remark of the one that wrote it, whatever its words are.
    """

    id: int
    at: str
    person: str
    action: str
    story: str
    version: int
    note: str
    hash: str
    is_signed: bool
    event: str


@lru_cache(maxsize=50_000)
def is_signature(x: str, hash: str, signature: bytes) -> bool:
    """Whether a key's owner signed an entry, by its hash. `x` is the public key."""
    try:
        return PublicKey(x).verify_bytes(signed_bytes(hash), signature)
    except BadInput:
        return False
