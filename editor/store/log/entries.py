"""The audit as a chain: each row carries the hash of the one before, so that none can go unnoticed.

The chain alone stops nobody who rewrites all of it. Every signed approval and
masthead names the hash of the row before its own: what lies before the last
signature can't be rewritten without the signer's key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, select

from editor.store.db.schema import audit

APPROVED, PUBLISHED, MASTHEAD = "approved", "published", "masthead"
TAKEN_BACK = frozenset({"returned", "spiked"})
"""What ends the approval of the version it is done to."""
KILLED = "killed"
MAKING = frozenset({"saved", "imported", "reconciled", "restored", "corrected"})
"""What makes a version: the causes a version may have."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_COLUMNS = (
    audit.c.id,
    audit.c.at,
    audit.c.person,
    audit.c.action,
    audit.c.story,
    audit.c.version,
    audit.c.note,
    audit.c.subject,
    audit.c.previous,
)
_MEMO = "stonehand ledger"


class Deed(NamedTuple):
    """One row of the audit, as its hash takes it."""

    id: int
    at: str
    person: str
    action: str
    story: str
    version: int
    note: str
    subject: str
    previous: str

    @property
    def hash(self) -> str:
        """The SHA-256 of the row's canonical JSON (see `core.canonical`), in hexadecimal."""
        # Written out in the order of the keys: an audit has a hundred thousand rows.
        row = {
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
        return sha256(_ENCODER.encode(row).encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class Ledger:
    """The audit in memory, verified up to its last row or to where it breaks.

    `last` and `tip` are the id and the hash of the last sound row.
    """

    last: int = 0
    tip: str = ""
    broken_at: int = 0
    reason: str = ""
    seen_by: int = -1
    of_story: dict[str, list[Deed]] = field(default_factory=dict)
    of_desk: list[Deed] = field(default_factory=list)

    def deed(self, story: str, row: int) -> Deed | None:
        """What was done to a story in one row."""
        return next((each for each in self.of_story.get(story, ()) if each.id == row), None)

    def mastheads(self) -> list[Deed]:
        """The rows in which a signed masthead was recorded, in order."""
        return [each for each in self.of_desk if each.action == MASTHEAD and each.version]

    def writers(self, story: str, version: int, before: int) -> frozenset[str]:
        """Who wrote a version's text since the last one that readers got, as of one row."""
        done = [each for each in self.of_story.get(story, ()) if each.id < before]
        live = max(
            (each.version for each in done if each.action == PUBLISHED and each.version < version),
            default=0,
        )
        return frozenset(
            each.person for each in done if each.action in MAKING and live < each.version <= version
        )

    def live(self, story: str) -> int:
        """The version that was given to readers last, whatever came after; 0 for none."""
        done = self.of_story.get(story, ())
        return next((each.version for each in reversed(done) if each.action == PUBLISHED), 0)

    def end_of_approval(self, story: str, version: int, row: int) -> Deed | None:
        """What took back an approval that was given in a row; None while it stands.

        Returning takes back none of what readers have.
        """
        live = 0
        for each in self.of_story.get(story, ()):
            live = each.version if each.action == PUBLISHED else live
            if each.id <= row:
                continue
            taken = each.action in TAKEN_BACK and each.version == version != live
            if taken or each.action == KILLED:
                return each
        return None

    def take(self, rows: Iterable[tuple[Deed, str]]) -> None:
        """Go on with the rows that follow, up to one that does not."""
        for deed, hash in rows:
            if wrong := self._wrong(deed, hash):
                self.broken_at, self.reason = deed.id, wrong
                return
            self.last, self.tip = deed.id, hash
            (self.of_story.setdefault(deed.story, []) if deed.story else self.of_desk).append(deed)

    def _wrong(self, deed: Deed, hash: str) -> str:
        if deed.id != self.last + 1:
            return f"The row before {deed.id} is missing."
        if deed.previous != self.tip:
            return f"Row {deed.id} does not follow the one before it."
        if deed.hash != hash:
            return f"Row {deed.id} was changed."
        return ""


def ledger(connection: Connection, *, afresh: bool = False) -> Ledger:
    """The desk's audit, verified.

    What this connection verified before is taken as read, unless another one wrote since.
    """
    known: Ledger | None = None if afresh else connection.info.get(_MEMO)
    last = known.last if known else 0
    tip = connection.scalar(select(audit.c.hash).where(audit.c.id == last))
    now = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
    if known is None or known.broken_at or known.seen_by != now or (tip or "") != known.tip:
        known = Ledger(seen_by=now)
    rows = connection.execute(
        select(*_COLUMNS, audit.c.hash).where(audit.c.id > known.last).order_by(audit.c.id)
    )
    known.take((Deed(*row[:-1]), row[-1]) for row in rows)
    if not known.broken_at:
        _see_the_end(connection, known)
    connection.info[_MEMO] = known
    return known


def last_row(connection: Connection) -> tuple[int, str]:
    """The id and the hash of the last row; 0 and nothing before the first."""
    query = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    found = connection.execute(query).first()
    return (0, "") if found is None else (int(found.id), str(found.hash))


def row_hash(connection: Connection, row: int) -> str:
    """The hash of one row; empty when it is not there."""
    return str(connection.scalar(select(audit.c.hash).where(audit.c.id == row)) or "")


def _see_the_end(connection: Connection, known: Ledger) -> None:
    # SQLite counts the rows there ever were; those that were undone don't count.
    ever = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
    if int(ever.scalar() or 0) != known.last:
        known.broken_at = known.last + 1
        known.reason = f"The rows after {known.last} are missing."
