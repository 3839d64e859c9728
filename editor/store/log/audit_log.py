"""The audit log in memory: a chain of entries, each with the hash of the one before.

The chain alone stops nobody who rewrites all of it. Every signed approval and
masthead names the hash of the entry before its own: what is before the last
signature can't be rewritten without the signer's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from editor.store.db.schema import audit
from editor.store.log.entries import (
    ENDING,
    KILLED,
    MAKING,
    MASTHEAD,
    PUBLISHED,
    LogEntry,
)

ENTRY_COLUMNS = tuple(audit.c[name] for name in LogEntry._fields)
"""The columns of a LogEntry, in its order."""

_MEMO = "stonehand audit log"


@dataclass(slots=True)
class AuditLog:
    """The entries of a log up to the last one, or to where the chain breaks.

    `broken_at` is the id of the first entry that is wrong, 0 when all are sound.
    """

    data_version: int = -1
    broken_at: int = 0
    reason: str = ""
    entries: list[LogEntry] = field(default_factory=list)
    of_story: dict[str, list[LogEntry]] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The id of the last sound entry; 0 before the first."""
        return len(self.entries)

    @property
    def tip(self) -> str:
        """The hash of the last sound entry; empty before the first."""
        return self.hash_of(self.last)

    def hash_of(self, entry_id: int) -> str:
        """The hash of an entry; empty when it is not there."""
        return self.entries[entry_id - 1].hash if 1 <= entry_id <= self.last else ""

    def of_desk(self) -> list[LogEntry]:
        """The entries that are about no story."""
        return self.of_story.get("", [])

    def mastheads(self) -> list[LogEntry]:
        """The entries in which a signed masthead was recorded."""
        return [entry for entry in self.of_desk() if entry.action == MASTHEAD and entry.version]

    def entry(self, story: str, entry_id: int) -> LogEntry | None:
        """An entry by its id, if it is about this story."""
        found = self.entries[entry_id - 1] if 1 <= entry_id <= self.last else None
        return found if found and story and found.story == story else None

    def writers(self, story: str, version: int, before: int) -> frozenset[str]:
        """Who wrote a version's text since the last one that readers got, as of one entry."""
        earlier = [entry for entry in self.of_story.get(story, ()) if entry.id < before]
        published = [entry.version for entry in earlier if entry.action == PUBLISHED]
        live = max((number for number in published if number < version), default=0)
        return frozenset(
            entry.person
            for entry in earlier
            if entry.action in MAKING and live < entry.version <= version
        )

    def live(self, story: str) -> int:
        """The version that readers got last, even if it was killed since; 0 for none."""
        entries = reversed(self.of_story.get(story, ()))
        return next((entry.version for entry in entries if entry.action == PUBLISHED), 0)

    def end_of_approval(self, story: str, version: int, given: int) -> LogEntry | None:
        """The entry that ended an approval which another entry gave; None while it holds.

        Returning a story ends no approval of what readers have.
        """
        live = 0
        for entry in self.of_story.get(story, ()):
            live = entry.version if entry.action == PUBLISHED else live
            if entry.id <= given:
                continue
            ended = entry.action in ENDING and entry.version == version != live
            if ended or entry.action == KILLED:
                return entry
        return None

    def extend(self, entries: Iterable[LogEntry]) -> None:
        """Add the entries that follow, up to one that does not."""
        for entry in entries:
            if reason := self._break(entry):
                self.broken_at, self.reason = entry.id, reason
                return
            self.entries.append(entry)
            self.of_story.setdefault(entry.story, []).append(entry)

    def _break(self, entry: LogEntry) -> str:
        if entry.id != self.last + 1:
            return f"The row before {entry.id} is missing."
        if entry.previous != self.tip:
            return f"Row {entry.id} does not follow the one before it."
        if entry.computed_hash() != entry.hash:
            return f"Row {entry.id} was changed."
        return ""


def read_audit_log(connection: Connection, *, again: bool = False) -> AuditLog:
    """Read and verify the desk's log.

    What this connection verified before is not read again, unless another
    connection has written since or `again` is set.
    """
    known: AuditLog | None = None if again else connection.info.get(_MEMO)
    data_version = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
    if known is None or known.broken_at or known.data_version != data_version:
        known = AuditLog(data_version)
    entries = _entries_from(connection, known.last)
    if known.last and (not entries or entries.pop(0).hash != known.tip):
        known = AuditLog(data_version)
        entries = _entries_from(connection, 0)
    known.extend(entries)
    if not known.broken_at:
        _check_end(connection, known)
    connection.info[_MEMO] = known
    return known


def last_entry(connection: Connection) -> tuple[int, str]:
    """The id and the hash of the last entry; 0 and nothing before the first."""
    query = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    found = connection.execute(query).first()
    return (0, "") if found is None else (int(found.id), str(found.hash))


def _entries_from(connection: Connection, first: int) -> list[LogEntry]:
    query = select(*ENTRY_COLUMNS).where(audit.c.id >= first).order_by(audit.c.id)
    return [LogEntry(*row) for row in connection.execute(query)]


def _check_end(connection: Connection, log: AuditLog) -> None:
    # SQLite counts the rows there ever were; those that were rolled back don't count.
    query = "SELECT seq FROM sqlite_sequence WHERE name = 'audit'"
    if int(connection.exec_driver_sql(query).scalar() or 0) != log.last:
        log.broken_at = log.last + 1
        log.reason = f"The rows after {log.last} are missing."
