"""Appending to one's own log on this computer."""

from __future__ import annotations

from secrets import token_hex

from sqlalchemy import Connection, insert, select

from editor.core.events import OPENED, Event, entry_hash, event_id, signed_bytes
from editor.store.db.schema import events, logs
from editor.store.log import pins
from editor.trust.keys import PrivateKey, PublicKey
from editor.trust.masthead import LogTip


class OwnLogs:
    """The logs that this process writes, one for each person and key, while a desk is open."""

    def __init__(self) -> None:
        self.tips: dict[str, LogTip] = {}
        self.has_unsigned = False
        self._log: dict[tuple[str, str], str] = {}

    def of(self, connection: Connection, desk: str, person: str, key: PublicKey) -> str:
        """The log to append to; empty when a new one must be opened.

        Only one whose last entry this computer wrote and remembers: after a restored
        backup or on a copied disk another may have gone on from the same place.
        """
        log = self._log.get((person, key.x))
        if log and _tip(connection, log) == self.tips[log]:
            return log
        own = pins.known(desk).own
        mine = select(logs.c.log).where(logs.c.person == person, logs.c.key == key.x)
        for known in connection.scalars(mine):
            if known in own and _tip(connection, known) == own[known]:
                return str(known)
        return ""

    def remember(self, log: str, tip: LogTip, person: str, key: PublicKey) -> None:
        """Remember the last entry written, once it is committed."""
        self.tips[log] = tip
        self._log[person, key.x] = log


class LogWriter:
    """Appends events to a person's log, in one transaction, each signed if their key is open."""

    def __init__(
        self,
        connection: Connection,
        own: OwnLogs,
        desk: str,
        person: str,
        key: PublicKey,
        private_key: PrivateKey | None,
    ) -> None:
        self._connection, self._own = connection, own
        self._desk, self._person = desk, person
        self._key, self._private_key = key, private_key
        self.log = ""
        self._tip: LogTip | None = None

    def tip(self, at: str) -> LogTip:
        """The last entry of the log, which is opened now if need be."""
        if self._tip is None:
            self.log = self._own.of(self._connection, self._desk, self._person, self._key)
            if self.log:
                self._tip = _tip(self._connection, self.log)
            else:
                self._open(at)
        assert self._tip is not None
        return self._tip

    def append(self, event: Event) -> tuple[int, str]:
        """Append an event; the entry's place in the order of arrival, and the event's id."""
        self.tip(event.at)
        return self._insert(event)

    def seal(self) -> None:
        """Sign the last entry if it waits for a signature: that covers all before it."""
        log = self._own.of(self._connection, self._desk, self._person, self._key)
        tip = _tip(self._connection, log) if log else None
        if tip is None or self._private_key is None:
            return
        e = events.c
        signature = self._private_key.sign_bytes(signed_bytes(tip.hash))
        self._connection.execute(
            events.update()
            .where(e.log == log, e.seq == tip.seq, e.signature == b"")
            .values(signature=signature)
        )

    def committed(self) -> None:
        """Remember what was written, after the transaction was committed."""
        if self._tip is not None:
            self._own.remember(self.log, self._tip, self._person, self._key)
            self._own.has_unsigned |= self._private_key is None

    def _open(self, at: str) -> None:
        self.log = token_hex(16)
        self._connection.execute(
            insert(logs).values(log=self.log, person=self._person, key=self._key.x)
        )
        self._tip = LogTip(0, "")
        self._insert(Event(OPENED, self._person, at, self._desk, detail=self._key.x))

    def _insert(self, event: Event) -> tuple[int, str]:
        assert self._tip is not None
        body = event.body()
        id, seq, previous = event_id(body), self._tip.seq + 1, self._tip.hash
        hash = entry_hash(self.log, seq, previous, id)
        key = self._private_key
        found = self._connection.execute(
            insert(events).values(
                log=self.log,
                seq=seq,
                previous=previous,
                hash=hash,
                event=id,
                body=body,
                signature=key.sign_bytes(signed_bytes(hash)) if key else b"",
                story=event.story,
                action=event.action,
            )
        )
        self._tip = LogTip(seq, hash)
        assert found.inserted_primary_key is not None
        return int(found.inserted_primary_key[0]), id


def _tip(connection: Connection, log: str) -> LogTip | None:
    query = select(events.c.seq, events.c.hash).where(events.c.log == log)
    found = connection.execute(query.order_by(events.c.seq.desc()).limit(1)).first()
    return LogTip(found.seq, found.hash) if found else None
