"""Appending to one's own log on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, insert, select

from editor.core.events import OPENED, Event, entry_hash, event_id, signed_bytes, skip_of
from editor.store.db.engine import plain
from editor.store.db.schema import events, logs
from editor.store.log.own_logs import OwnLogs
from editor.store.log.tips import read_tip
from editor.trust.keys import PrivateKey, PublicKey
from editor.trust.log_tip import LogTip


@dataclass(frozen=True, slots=True)
class Signer:
    """Who appends to a log of a desk: a person with their key on this computer.

    `private` is None while the key is not open: then entries wait for a signature.
    """

    desk: str
    person: str
    key: PublicKey
    private: PrivateKey | None = None


class LogWriter:
    """Appends events to a person's log, in one transaction, each signed if their key is open."""

    def __init__(self, connection: Connection, own: OwnLogs, signer: Signer) -> None:
        self._connection, self._own, self._signer = connection, own, signer
        self._log, self._tip = "", LogTip(0, "")

    def place(self, at: str) -> tuple[str, LogTip]:
        """The log and its last entry; a log is opened now if need be. `at` is RFC 3339."""
        if not self._log:
            signer, raw = self._signer, plain(self._connection)
            self._log = self._own.of(raw, signer.desk, signer.person, signer.key)
            if self._log:
                self._tip = read_tip(raw, self._log) or self._tip
            else:
                self._open(at)
        return self._log, self._tip

    def append(self, event: Event) -> tuple[int, str]:
        """Append an event; the entry's place in the order of arrival, and the event's id."""
        self.place(event.at)
        return self._insert(event)

    def seal(self) -> None:
        """Sign the last entry if it waits for a signature: that covers all before it."""
        signer = self._signer
        log = self._own.of(plain(self._connection), signer.desk, signer.person, signer.key)
        tip = read_tip(plain(self._connection), log) if log else None
        if tip is not None and signer.private is not None:
            e = events.c
            self._connection.execute(
                events.update()
                .where(e.log == log, e.seq == tip.seq, e.signature == b"")
                .values(signature=signer.private.sign_bytes(signed_bytes(tip.hash)))
            )

    def committed(self) -> None:
        """Remember what was written, after the transaction was committed."""
        if self._log:
            signer = self._signer
            self._own.remember(self._log, self._tip, signer.person, signer.key)
            self._own.has_unsigned |= signer.private is None

    def _open(self, at: str) -> None:
        self._log, signer = token_hex(16), self._signer
        self._connection.execute(
            insert(logs).values(log=self._log, person=signer.person, key=signer.key.x)
        )
        self._insert(Event(OPENED, signer.person, at, signer.desk, detail=signer.key.x))

    def _insert(self, event: Event) -> tuple[int, str]:
        body = event.body()
        id, seq, previous = event_id(body), self._tip.seq + 1, self._tip.hash
        skip = self._hash_at(skip_of(seq))
        hash = entry_hash(self._log, seq, previous, id, skip)
        key = self._signer.private
        result = self._connection.execute(
            insert(events).values(
                log=self._log,
                seq=seq,
                previous=previous,
                skip=skip,
                hash=hash,
                event=id,
                body=body,
                signature=key.sign_bytes(signed_bytes(hash)) if key else b"",
                story=event.story,
                action=event.action,
            )
        )
        self._tip = LogTip(seq, hash)
        place: Any = result.inserted_primary_key
        return int(place[0]), id

    def _hash_at(self, seq: int) -> str:
        e = events.c
        query = select(e.hash).where(e.log == self._log, e.seq == seq)
        return str(self._connection.scalar(query)) if seq else ""
