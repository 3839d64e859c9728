"""The one write door of an open desk: a command, its rules, its signature, and what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from editor.core.changes import Changes
from editor.core.commands import Command, ImportItems, Reconcile, SaveStory
from editor.core.times import instant_text
from editor.errors import UntrustedSignature
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import Checker, Transaction
from editor.store.db.engine import Database, plain
from editor.store.db.errors import database_errors, desk_errors
from editor.store.db.odd_values import damaged_if_odd
from editor.store.exports.memory import ExportMemory
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.log.own_logs import OwnLogs
from editor.store.log.writer import LogWriter, Signer
from editor.store.open_keys import OpenKeys
from editor.store.reading.mastheads import find_person, people_of, read_chain, read_trusted
from editor.trust.log_tip import LogTip
from editor.trust.masthead import MastheadChain, Member

WAITING = (SaveStory, ImportItems, Reconcile)
"""The commands that may wait for their person's signature."""


class _Seen(NamedTuple):
    """The mastheads, None where they are not trusted, and the last entry of each log."""

    chain: MastheadChain | None
    tips: dict[str, LogTip]


@dataclass(frozen=True, slots=True)
class Door:
    """Carries out commands on a desk, with what its `Desk` has open. `Desk.do` says how."""

    path: Path
    _database: Database
    _clock: Callable[[], datetime]
    _open_keys: OpenKeys
    _own_logs: OwnLogs
    _checker: Checker | None
    _exports: Callable[[], ExportMemory]

    def do(self, command: Command, by: str) -> Changes:
        """Carry out a command in a person's name: all of it, or nothing and an error."""
        may_wait = isinstance(command, WAITING)
        self._open_keys.fetch(by, self._member, may_wait=may_wait)
        with desk_errors(self.path), self._write() as connection:
            chain = read_chain(connection) if may_wait else read_trusted(connection, self.path)
            person = find_person(people_of(chain), by)
            public, private = self._open_keys.of(chain.latest.member(person.name))
            signer = Signer(chain.desk, person.name, public, private)
            writer = LogWriter(connection, self._own_logs, signer)
            at = instant_text(self._clock())
            trusted = None if may_wait else chain
            transaction = Transaction(
                *(connection, self.path, person, at, signer, writer, trusted, self._checker)
            )
            with damaged_if_odd(plain(connection), self.path):
                changes = HANDLERS[type(command)](transaction, command)
            if not may_wait:
                seen = _Seen(read_chain(connection), last_entries(connection))
            elif private is None:
                seen = self._read_seen(connection)
        writer.committed()
        if not may_wait or private is None:
            # What waits for a signature is told by this from what others wrote in its name.
            self._remember(seen)
        return changes

    def seal(self) -> None:
        """Sign what waits for a signature with the keys that are open, and remember the logs."""
        if not self._own_logs.has_unsigned:
            with self._read() as connection:
                seen = self._read_seen(connection)
            self._remember(seen)
            return
        with desk_errors(self.path), self._write() as connection:
            chain = read_chain(connection)
            for name, key in self._open_keys.opened():
                signer = Signer(chain.desk, name, key.public, key)
                LogWriter(connection, self._own_logs, signer).seal()
            seen = self._read_seen(connection)
        self._own_logs.has_unsigned = False
        self._remember(seen)

    def chain(self) -> MastheadChain:
        """The mastheads, sound in themselves. Raises UntrustedSignature."""
        with self._read() as connection:
            return read_chain(connection)

    def accept(self) -> MastheadChain:
        """Accept the desk as it is; see `Desk.accept_masthead`. Raises UntrustedSignature."""
        with self._read() as connection:
            chain, tips = read_chain(connection), last_entries(connection)
        pins.accept(self.path, chain, tips)
        self._own_logs.forget()
        return chain

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Write, and remember the state in which that leaves the database, if it was known."""
        custody = self._exports().custody
        with self._database.write() as connection:
            was_known = custody.holds()
            yield connection
        if was_known:
            custody.left()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with (
            database_errors(self.path),
            self._database.read() as connection,
            damaged_if_odd(plain(connection), self.path),
        ):
            yield connection

    def _read_seen(self, connection: Connection) -> _Seen:
        """What is to be remembered of the desk as it is; nothing new where it is not trusted."""
        tips = last_entries(connection)
        try:
            return _Seen(read_trusted(connection, self.path), tips)
        except UntrustedSignature:
            return _Seen(None, {})

    def _remember(self, seen: _Seen) -> None:
        """Remember a desk that was trusted, never one that was turned back."""
        if seen.chain is not None:
            pins.remember(self.path, seen.chain, seen.tips, self._own_logs.tips)

    def _member(self, name: str) -> Member:
        chain = self.chain()
        return chain.latest.member(find_person(people_of(chain), name).name)
