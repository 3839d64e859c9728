"""Reading the logs: every entry verified, or only what covers some of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection

from editor.core.events import ACTIONS, OPENED, Event, entry_hash, skip_of, steps
from editor.core.times import is_instant_text
from editor.core.workflow import Action
from editor.errors import BadInput
from editor.i18n import _
from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.log.entries import SELECT_ENTRIES, Entry, is_signature
from editor.store.log.fingerprint import Fingerprint, VerifiedEntries
from editor.store.log.tips import read_tips
from editor.store.log.traces import Traces
from editor.trust.log_tip import LogTip
from editor.trust.masthead import MastheadChain

_DECIDING = frozenset({Action.APPROVE.past, Action.PUBLISH.past})
_UNLIKE_OTHERS = frozenset({OPENED, Action.KILL.past})
LAST_ID = (1 << 63) - 1
"""No entry has a higher one."""
_AT_ONCE = 1024
"""How many entries are read at once: a cancelled job stops after so many."""

_ENTRIES = f"{SELECT_ENTRIES} WHERE id > ? AND id <= ? ORDER BY id"
_NOT_FOUND = (
    "SELECT id FROM events e NOT INDEXED WHERE e.id > ? AND (NOT EXISTS (SELECT 1 FROM events i "
    "INDEXED BY events_of_story WHERE i.story = e.story AND i.id = e.id) "
    "OR (e.story = '' AND NOT EXISTS (SELECT 1 FROM events i "
    "INDEXED BY events_of_desk WHERE i.story = '' AND i.action = e.action AND i.id = e.id))) "
    "LIMIT 1"
)
_LAST_SIGNED = (
    f"{SELECT_ENTRIES} "
    "WHERE log = ? AND seq <= ? AND length(signature) > 0 ORDER BY seq DESC LIMIT 1"
)
_HASH = "SELECT hash FROM events WHERE log = ? AND seq = ?"
_HASHES = (
    "SELECT e.log, e.hash FROM json_each(?) p CROSS JOIN events e "
    "ON e.log = p.key AND e.seq = p.value"
)
_THESE_HASHES = (
    "SELECT seq, hash FROM events WHERE log = ? AND seq IN (SELECT value FROM json_each(?)) "
    "ORDER BY seq"
)
_LINKS = "SELECT previous, event, skip FROM events WHERE log = ? AND seq = ?"


class LogOwner(NamedTuple):
    """Whose log it is, and the public key that signs it."""

    person: str
    key: str


@dataclass(slots=True)
class Logs:
    """The logs of a desk up to the last entry, or to where one breaks.

    `tips` is the last entry of each log, `signed` the last one that a signature covers,
    `skips` the earlier ones that a later one may name. `newest` is the latest time in any
    of them (RFC 3339). `decided` are the stories that were ever approved or published,
    `killed` those that were killed, `traces` has the fingerprint of each story's entries.
    `broken_at` is the id of the first row that is wrong, 0 when all are sound.
    """

    fingerprint: Fingerprint
    last: int = 0
    owners: dict[str, LogOwner] = field(default_factory=dict)
    tips: dict[str, LogTip] = field(default_factory=dict)
    signed: dict[str, int] = field(default_factory=dict)
    skips: dict[str, list[LogTip]] = field(default_factory=dict)
    newest: str = ""
    decided: dict[str, None] = field(default_factory=dict)
    killed: dict[str, None] = field(default_factory=dict)
    traces: Traces = field(default_factory=Traces)
    broken_at: int = 0
    reason: str = ""

    def add(self, entry: Entry, desk: str) -> None:
        """Add the entry that follows; one that does not breaks the logs."""
        event = entry.read()
        reason = self._break(entry, event, desk)
        if reason or event is None:
            self.broken_at, self.reason = entry.id, reason
            return
        if event.action == OPENED:
            self.owners[entry.log] = LogOwner(event.person, event.detail)
        elif event.action in _DECIDING:
            self.decided[event.story] = None
        elif event.action == Action.KILL.past:
            self.killed[event.story] = None
        self.tips[entry.log] = LogTip(entry.seq, entry.hash)
        if entry.seq % 4 == 0:
            self.skips[entry.log].append(self.tips[entry.log])
        self.newest = max(self.newest, event.at)
        self.traces.add(entry.story, entry.id, entry.hash)
        self.last = entry.id

    def add_verified(self, rows: list[Any]) -> None:
        """Add entries that follow, if the fingerprint will show that they were verified before.

        `skips` are not among what they add.
        """
        for entry in map(Entry._make, (row for row in rows if row[-2] in _UNLIKE_OTHERS)):
            if entry.action == OPENED:
                event = Event.from_body(entry.body)
                self.owners[entry.log] = LogOwner(event.person, event.detail)
            else:
                self.killed[entry.story] = None
        self.decided |= dict.fromkeys(row[-3] for row in rows if row[-2] in _DECIDING)
        for row in rows:
            self.traces.add(row[-3], row[0], row[5])
        tips = {row[1]: row for row in rows}
        self.tips |= {log: LogTip(row[2], row[5]) for log, row in tips.items()}
        self.last = rows[-1][0]

    def verified(self) -> VerifiedEntries:
        """What to remember of the entries, where they are sound."""
        return self.fingerprint.of(self.last, self.newest)

    def _break(self, entry: Entry, event: Event | None, desk: str) -> str:
        if entry.id != self.last + 1:
            return _("The row before {id} is missing.").format(id=entry.id)
        if event is None:
            return _("Row {id} was changed.").format(id=entry.id)
        return next(self._breaks(entry, event, desk), "")

    def _breaks(self, entry: Entry, event: Event, desk: str) -> Iterator[str]:
        tip = self.tips.get(entry.log, LogTip(0, ""))
        if (entry.seq, entry.previous) != (tip.seq + 1, tip.hash):
            yield _("Row {id} does not follow the one before it in its log.").format(id=entry.id)
        elif entry.skip != self._skip(entry):
            yield _("Row {id} does not follow an earlier one of its log.").format(id=entry.id)
        elif (event.action == OPENED) != (entry.seq == 1):
            yield _("Row {id} is in a log that does not say whose it is.").format(id=entry.id)
        elif entry.seq > 1 and event.person != self.owners[entry.log].person:
            yield _("Row {id} speaks for {person} in somebody else's log.").format(
                id=entry.id, person=event.person
            )
        if event.desk != desk:
            yield _("Row {id} was written on another desk.").format(id=entry.id)
        if event.action not in ACTIONS:
            yield unknown_action(entry.id, event.action)
        if not is_instant_text(event.at):
            yield _("Row {id} does not say when.").format(id=entry.id)

    def _skip(self, entry: Entry) -> str:
        """The hash that an entry must name beside the one before it."""
        if entry.seq % 4:
            return ""
        skips, seq = self.skips.setdefault(entry.log, []), skip_of(entry.seq)
        while skips and skips[-1].seq > seq:
            skips.pop()
        return skips[-1].hash if skips else ""


def unknown_action(row: int, action: str) -> str:
    """Say that something was done that this Stonehand can't judge."""
    return _("Row {row} is of a kind that this Stonehand does not know: {value}.").format(
        row=row, value=action[:40]
    )


def read_logs(
    connection: Connection,
    chain: MastheadChain,
    before: VerifiedEntries | None = None,
    progress: Progress | None = None,
) -> Logs:
    """Read and verify the logs of a desk, all of them; the entries read are reported.

    With `before`, which this computer remembers, the entries that it names are only read,
    and verified unless they are the same. Without it all are verified. Raises Cancelled.
    """
    raw, progress = plain(connection), progress or Progress()
    known = _recognise(raw, chain.desk, before or VerifiedEntries(), progress)
    for rows in entries_between(raw, known.last, LAST_ID, progress):
        add_entries(known, rows, chain.desk)
        if known.broken_at:
            break
    check_signatures(raw, known, known.tips)
    if not known.broken_at:
        check_end(connection, known)
    if not known.broken_at:
        check_index(raw, known)
    if not known.broken_at:
        check_owners(connection, known)
    if not known.broken_at:
        _check_seen(connection, known, chain)
    return known


def last_entries(connection: Connection) -> dict[str, LogTip]:
    """The last entry of each log, not verified."""
    return read_tips(plain(connection))


def hashes_at(connection: Connection, places: Mapping[str, LogTip]) -> dict[str, str]:
    """The hash of one entry of each log, by its number, where there is one."""
    numbers = json.dumps({log: tip.seq for log, tip in places.items()})
    return dict(plain(connection).execute(_HASHES, (numbers,)).fetchall())


def read_owners(connection: Connection) -> dict[str, LogOwner]:
    """Whose each log is, as its row says: only a signature proves it."""
    rows = plain(connection).execute("SELECT log, person, key FROM logs")
    return {log: LogOwner(person, key) for log, person, key in rows}


class Seals:
    """Tells which entries a signature covers, and which are before another, from a few rows.

    `signed` is the last entry of each log that a signature covers, where all of them were
    verified in this transaction. An entry without a signature of its own is covered by
    the last signed one of its log, if an unbroken chain leads there.
    """

    def __init__(self, connection: Connection, signed: Mapping[str, int] | None = None) -> None:
        self._raw = plain(connection)
        self._signed = signed
        self._owners = read_owners(connection)
        self._last_signed: dict[str, LogTip | None] = {}
        self._reached: dict[tuple[str, LogTip], dict[int, str]] = {}

    def owner(self, log: str) -> LogOwner | None:
        """Whose log it is."""
        return self._owners.get(log)

    def is_sealed(self, entry: Entry) -> bool:
        """Whether the log's owner signed an entry, or one after it."""
        owner = self._owners.get(entry.log)
        if owner is None:
            return False
        if self._signed is not None:
            return entry.seq <= self._signed.get(entry.log, 0)
        if entry.signature and is_signature(owner.key, entry.hash, entry.signature):
            return True
        if entry.log not in self._last_signed:
            self._last_signed[entry.log] = self._find_last_signed(entry.log, owner)
        tip = self._last_signed[entry.log]
        return tip is not None and self._leads(tip, entry)

    def is_before(self, entry: Entry, tip: LogTip) -> bool:
        """Whether an unbroken chain leads from an entry to a later one of its log."""
        if self._signed is not None:
            return entry.seq <= tip.seq
        return self._leads(tip, entry)

    def _leads(self, tip: LogTip, entry: Entry) -> bool:
        """Whether the hash of a log's later entry covers this one: by the steps between them.

        What is reached once is not read again: the next entry is reached from there.
        """
        if not 1 <= entry.seq <= tip.seq:
            return False
        reached = self._reached.setdefault((entry.log, tip), {tip.seq: tip.hash})
        if entry.seq not in reached:
            path = steps(min(seq for seq in reached if seq > entry.seq), entry.seq)
            for seq, after in pairwise(path):
                row = self._raw.execute(_LINKS, (entry.log, seq)).fetchone()
                if row is None or entry_hash(entry.log, seq, *row) != reached[seq]:
                    return False
                previous, _event, skip = row
                reached[after] = previous if after == seq - 1 else skip
        return reached.get(entry.seq) == entry.hash

    def _find_last_signed(self, log: str, owner: LogOwner) -> LogTip | None:
        """The last entry with a signature in a log; None where it does not verify."""
        row = self._raw.execute(_LAST_SIGNED, (log, LAST_ID)).fetchone()
        entry = Entry._make(row) if row else None
        if entry is None or not is_signature(owner.key, entry.hash, entry.signature):
            return None
        return LogTip(entry.seq, entry.hash)


def entries_between(raw: Any, after: int, last: int, progress: Progress) -> Iterator[list[Any]]:
    """The rows of the entries between two ids, in batches that are reported."""
    (end,) = raw.execute("SELECT max(id) FROM events").fetchone()
    found = raw.execute(_ENTRIES, (after, min(last, LAST_ID)))
    while rows := found.fetchmany(_AT_ONCE):
        progress.report(rows[0][0], end, _("Verifying"))
        yield rows


def _recognise(raw: Any, desk: str, before: VerifiedEntries, progress: Progress) -> Logs:
    """The logs as far as they were verified before; empty ones if any entry differs."""
    known = Logs(Fingerprint(desk))
    if before.last:
        known.newest = before.newest
        try:
            for rows in entries_between(raw, 0, before.last, progress):
                known.fingerprint.add(rows)
                known.add_verified(rows)
            if known.verified() != before:
                return Logs(Fingerprint(desk))
            known.skips = {log: _skips(raw, log, tip.seq) for log, tip in known.tips.items()}
        except BadInput:
            return Logs(Fingerprint(desk))
    return known


def _skips(raw: Any, log: str, seq: int) -> list[LogTip]:
    """The entries of a log that one after `seq` may name as its earlier one.

    Raises BadInput where the index of the table does not find one.
    """
    places = []
    place = seq - seq % 4
    while place:
        places.append(place)
        place = skip_of(place)
    found = [LogTip(*row) for row in raw.execute(_THESE_HASHES, (log, json.dumps(places)))]
    if len(found) < len(places):
        raise BadInput(_("An entry of a log is missing."), _("Look at `stonehand audit`."))
    return found


def add_entries(known: Logs, rows: list[Any], desk: str) -> None:
    """Verify the entries that follow, up to one that breaks the logs."""
    for row in rows:
        known.add(Entry._make(row), desk)
        if known.broken_at:
            return
    known.fingerprint.add(rows)


def check_signatures(raw: Any, known: Logs, logs: Iterable[str]) -> None:
    """The last signature of each of these logs covers all entries before it."""
    for log in logs:
        tip = known.tips[log]
        row = raw.execute(_LAST_SIGNED, (log, tip.seq)).fetchone()
        if row is None:
            continue
        entry, owner = Entry._make(row), known.owners[log]
        if is_signature(owner.key, entry.hash, entry.signature):
            known.signed[log] = entry.seq
        elif not known.broken_at:
            known.broken_at = entry.id
            known.reason = _("The signature of {person} on row {id} does not verify.").format(
                person=owner.person, id=entry.id
            )


def check_end(connection: Connection, known: Logs) -> None:
    """The last entry is the last one that there ever was."""
    # SQLite counts the rows there ever were; those that were rolled back don't count.
    query = "SELECT seq FROM sqlite_sequence WHERE name = 'events'"
    if (connection.exec_driver_sql(query).scalar() or 0) != known.last:
        known.broken_at = known.last + 1
        known.reason = _("The rows after {last} are missing.").format(last=known.last)


def check_index(raw: Any, known: Logs, after: int = 0) -> None:
    """The index finds every entry after one: what it hides would not count for its story."""
    if row := raw.execute(_NOT_FOUND, (after,)).fetchone():
        known.broken_at = row[0]
        known.reason = _(
            "Row {value} is not where its story's others are: an index was changed."
        ).format(value=row[0])


def check_owners(connection: Connection, known: Logs) -> None:
    """The list of logs says whose they are as the logs do."""
    if read_owners(connection) != known.owners:
        known.broken_at = known.last
        known.reason = _("The list of logs was changed.")


def _check_seen(connection: Connection, known: Logs, chain: MastheadChain) -> None:
    """What a chief had seen and signed is still there."""
    for masthead in chain.mastheads:
        for log, tip in masthead.seen.items():
            if plain(connection).execute(_HASH, (log, tip.seq)).fetchone() != (tip.hash,):
                known.broken_at = known.last
                known.reason = _("What was done before masthead {number} was rewritten.").format(
                    number=masthead.number
                )
                return
