"""One entry of the audit log, and the actions it may name."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import NamedTuple

FOUNDED, MASTHEAD = "founded", "masthead"
APPROVED, PUBLISHED, KILLED = "approved", "published", "killed"

ENDING = frozenset({"returned", "spiked"})
"""What ends the approval of the version it is done to."""

MAKING = frozenset({"saved", "imported", "reconciled", "restored", "corrected"})
"""What makes a version: the causes a version may have."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class LogEntry(NamedTuple):
    """One command that was carried out.

    `subject` is the hash of the content it is about; `previous` is the hash of
    the entry before, and `hash` that of this one. Times are RFC 3339.
    """

    id: int
    at: str
    person: str
    action: str
    story: str
    version: int
    note: str
    subject: str
    previous: str
    hash: str = ""

    def computed_hash(self) -> str:
        """The SHA-256 of the entry's canonical JSON (see `core.canonical`), in hexadecimal."""
        # Written out in the order of the keys: a log has a hundred thousand entries.
        value = {
            "action": self.action,
            "at": self.at,
            "id": self.id,
            "note": self.note,
            "person": self.person,
            "previous": self.previous,
            "story": self.story,
            "subject": self.subject,
            "version": self.version,
        }
        return sha256(_ENCODER.encode(value).encode("utf-8", "replace")).hexdigest()
