"""The open desk: one door through which it changes, and snapshots to read it by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self
from uuid import uuid4

from sqlalchemy import Connection

from editor.core import times
from editor.core.changes import Changes
from editor.core.commands import Command, ImportItems, Reconcile, SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.times import instant_text
from editor.errors import BadValue, EditorError, NotFound, UntrustedSignature
from editor.files import is_writable, remove_leftovers
from editor.log import log
from editor.places import data_folder
from editor.store import backup
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import Checker, Transaction
from editor.store.db.engine import DATABASE, Database
from editor.store.db.errors import database_errors, desk_errors
from editor.store.db.lock import WindowLock
from editor.store.db.odd_values import damaged_if_odd
from editor.store.db.upgrade import check_header, upgrade
from editor.store.disk_errors import read_only
from editor.store.journal import Journal
from editor.store.log import pins
from editor.store.log.logs import last_entries
from editor.store.log.writer import LogWriter, OwnLogs, Signer
from editor.store.new_desk import make_desk
from editor.store.open_keys import OpenKeys
from editor.store.pictures import Pictures
from editor.store.reading.mastheads import (
    find_person,
    people_of,
    read_chain,
    read_trusted,
)
from editor.store.reading.snapshot import Snapshot
from editor.targets import check_outside_desks
from editor.trust.keyring import KeyFolder, KeyStore, choose_key_store, ensure_key
from editor.trust.keys import PrivateKey
from editor.trust.masthead import LogTip, MastheadChain, Member

WAITING = (SaveStory, ImportItems, Reconcile)
"""The commands that may wait for their person's signature."""

SAMPLE_PASSPHRASE = "sample"  # noqa: S105  it protects nothing: anybody may try the sample


class _Seen(NamedTuple):
    """The mastheads, None where they are not trusted, and the last entry of each log."""

    chain: MastheadChain | None
    tips: dict[str, LogTip]


class Desk:
    """One newsroom's library, a folder. Use it from one thread at a time, any thread.

    Every method raises DeskDamaged when the database does not read back. `keys`
    is where people's keys are stored, `checker` what the gates of an approval ask.
    """

    def __init__(
        self,
        path: Path,
        database: Database,
        clock: Callable[[], datetime],
        keys: KeyStore | None = None,
        checker: Checker | None = None,
    ) -> None:
        self.path = path
        self.pictures = Pictures(path / "pictures")
        self.journal = Journal(path / "drafts")
        self._database = database
        self._clock = clock
        self._checker = checker
        self._lock = WindowLock(path / "window.lock")
        self._own_logs = OwnLogs()
        self._open_keys = OpenKeys(keys, self._choose_keys)

    @classmethod
    def create(  # noqa: PLR0913  all but three have a default
        cls,
        path: Path,
        house: House,
        chief: Person,
        *,
        clock: Callable[[], datetime] = times.now,
        keys: KeyStore | None = None,
        checker: Checker | None = None,
        id: str = "",
    ) -> Self:
        """Make a desk in a new folder, signed by its chief, and open it.

        The chief's key is made now if this computer has none; `id` is the desk's
        own, else a new one. Raises BadValue where
        something is already, NotFound without the folder above, KeyUnavailable,
        DeskReadOnly, DiskFull. After an error nothing is left.
        """
        path = path.absolute()
        check_outside_desks(path.parent)
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise BadValue(
                f"There is already something at {path}.",
                "Open it if it is a desk, or choose another name.",
            )
        if not path.parent.is_dir():
            raise NotFound(f"There is no folder {path.parent}.", "Make it first.")
        if chief.role is not Role.CHIEF:
            raise BadValue(
                f"A desk is made by its chief, and {chief.name} would be its {chief.role}.",
                "Make it as its chief, then give others their roles.",
            )
        keys = keys or choose_key_store()
        key = ensure_key(keys, chief.name)
        with desk_errors(path):
            make_desk(path, house, chief, key, instant_text(clock()), id or uuid4().hex)
        return cls.open(path, clock=clock, keys=keys, checker=checker)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], datetime] = times.now,
        keys: KeyStore | None = None,
        checker: Checker | None = None,
    ) -> Self:
        """Open a desk; an older one is upgraded, with a copy of it in `backups`.

        Where the folder can't be written, the desk opens for reading. Raises
        NotFound, DeskTooNew, DeskDamaged, DeskInUse, DiskFull, DeskReadOnly.
        """
        path = path.absolute()
        if not (path / DATABASE).is_file():
            raise NotFound(
                f"There is no desk at {path}.",
                "Give the folder that ends in .desk, or make a new desk.",
            )
        with desk_errors(path):
            check_header(path)
            locked = not (is_writable(path) and os.access(path / DATABASE, os.W_OK))
            database = Database(path, read_only=locked)
            try:
                upgrade(database, path)
            except BaseException:
                database.close()
                raise
        return cls(path, database, clock, keys, checker)

    def close(self) -> None:
        """Sign what waits for it if the key is open, close the database, release the lock."""
        try:
            self.seal()
        except EditorError as problem:
            # What was saved is saved; it waits for the next signature.
            log.warning("Nothing was signed at the end. %s", problem.sentence)
        finally:
            self._database.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether the folder refuses writes: then `do` raises DeskReadOnly."""
        return self._database.read_only

    @property
    def keys(self) -> KeyStore:
        """Where the private keys of this desk's people are stored."""
        return self._open_keys.store

    def unlock(self, passphrase: str) -> None:
        """Open key files with a passphrase; it stays in memory until `lock_keys` or `close`."""
        self._open_keys.unlock(passphrase)

    def lock_keys(self) -> None:
        """Sign what waits for it, and forget the passphrase and every open key."""
        self.seal()
        self._open_keys.lock()

    def signing_key(self, by: str) -> PrivateKey:
        """A person's private key, if it is theirs on the masthead.

        Raises NotFound, KeyUnavailable, UntrustedSignature.
        """
        with self.read() as snapshot:
            member = snapshot.masthead().latest.member(snapshot.person(by).name)
        return self._open_keys.open(member)

    def hold(self) -> None:
        """Lock the desk for this window, until `close` or the end of the process.

        Raises DeskInUse with who has it. A desk that is read only needs no lock.
        """
        if not self.read_only:
            self._lock.acquire(self._clock())
            # Only this window writes drafts; others may be adding pictures now.
            remove_leftovers(self.path / "drafts")

    def do(self, command: Command, by: str) -> Changes:
        """Carry out a command in a person's name: all of it, or nothing and an error.

        On return it is on disk. It needs the person's key on this computer; only a
        save may wait for their signature. Raises NotFound, NotAllowed, Stale, BadValue,
        DiskFull, DeskReadOnly, DeskInUse, KeyUnavailable, UntrustedSignature.
        """
        if self.read_only:
            raise read_only(self.path)
        may_wait = isinstance(command, WAITING)
        self._open_keys.fetch(by, self._member, may_wait=may_wait)
        with desk_errors(self.path), self._database.write() as connection:
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
            with damaged_if_odd(connection, self.path):
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
            with self.read() as snapshot:
                seen = self._read_seen(snapshot.connection)
            self._remember(seen)
            return
        with desk_errors(self.path), self._database.write() as connection:
            chain = read_chain(connection)
            for name, key in self._open_keys.opened():
                signer = Signer(chain.desk, name, key.public, key)
                LogWriter(connection, self._own_logs, signer).seal()
            seen = self._read_seen(connection)
        self._own_logs.has_unsigned = False
        self._remember(seen)

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Open a snapshot: one unchanging state of the desk for any number of queries."""
        with (
            database_errors(self.path),
            self._database.read() as connection,
            damaged_if_odd(connection, self.path),
        ):
            yield Snapshot(connection, self.path, self._clock)

    def accept_masthead(self) -> MastheadChain:
        """Accept the desk as it is for the real one, whatever was seen here before.

        For a person who has compared its words. Raises UntrustedSignature when it
        is not sound in itself.
        """
        with self.read() as snapshot:
            chain, tips = read_chain(snapshot.connection), last_entries(snapshot.connection)
        pins.accept(self.path, chain, tips)
        self._own_logs = OwnLogs()
        return chain

    def backup(self, to: Path, *, force: bool = False) -> list[str]:
        """Write the whole desk into one file while it is in use; what had to be left out.

        Raises OutputError, NotOurs unless `force`, NotFound, DiskFull, DeskMoved.
        """
        return backup.write_backup(self._database, self.path, to, force=force)

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
        with self.read() as snapshot:
            chain = read_chain(snapshot.connection)
        return chain.latest.member(find_person(people_of(chain), name).name)

    def _choose_keys(self) -> KeyStore:
        with self.read() as snapshot:
            own = sample_keys(read_chain(snapshot.connection).desk)
        return own if own.folder.is_dir() else choose_key_store()


def sample_keys(desk: str) -> KeyFolder:
    """The keys of a sample's invented people: among the personal files, by the desk's id.

    Only making a sample makes it, and a passphrase that everybody knows opens it.
    """
    return KeyFolder(data_folder() / "sample-keys" / desk, SAMPLE_PASSPHRASE, cost=1)
