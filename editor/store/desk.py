"""The open desk: one door through which it changes, and snapshots to read it by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from editor.core import times
from editor.core.changes import Changes
from editor.core.commands import Command
from editor.core.house import House
from editor.core.people import Person
from editor.core.times import instant_text
from editor.errors import BadValue, NotFound, UntrustedSignature
from editor.files import is_writable, remove_leftovers
from editor.store import backup
from editor.store.commands import masthead
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import Checker, SigningKeys, Transaction
from editor.store.db.engine import DATABASE, Database
from editor.store.db.errors import database_errors, desk_errors, read_only
from editor.store.db.lock import WindowLock
from editor.store.db.upgrade import check_header, upgrade
from editor.store.journal import Journal
from editor.store.log import pins
from editor.store.new_desk import make_desk
from editor.store.pictures import Pictures
from editor.store.reading.mastheads import Trusted, is_decision, read_actor, read_trusted
from editor.store.reading.snapshot import Snapshot
from editor.trust.keyring import KeyFolder, KeyStore, choose_key_store
from editor.trust.masthead import MastheadChain

SAMPLE_PASSPHRASE = "sample"  # noqa: S105  it protects nothing: anybody may try the sample


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
        self._keys = keys
        self._checker = checker
        self._lock = WindowLock(path / "window.lock")

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
    ) -> Self:
        """Make a desk in a new folder, with its first person, and open it.

        Raises BadValue where something is already, NotFound without the folder
        above, DeskReadOnly, DiskFull. After an error nothing is left.
        """
        path = path.absolute()
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise BadValue(
                f"There is already something at {path}.",
                "Open it if it is a desk, or choose another name.",
            )
        if not path.parent.is_dir():
            raise NotFound(f"There is no folder {path.parent}.", "Make it first.")
        with desk_errors(path):
            make_desk(path, house, chief, instant_text(clock()))
        pins.forget(path)
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
        """Close the database, and release the window's lock."""
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
        """Where the private keys of this desk's people are stored.

        A desk with a folder `keys` has its own, behind a passphrase everybody
        knows: only the sample does.
        """
        if self._keys is None:
            own = self.path / "keys"
            self._keys = KeyFolder(own, SAMPLE_PASSPHRASE) if own.is_dir() else choose_key_store()
        return self._keys

    def unlock(self, passphrase: str) -> None:
        """Open key files with a passphrase; it stays in memory while the desk is open."""
        self._keys = self.keys.unlocked(passphrase)

    def hold(self) -> None:
        """Lock the desk for this window, until `close` or the end of the process.

        Raises DeskInUse with who has it. A desk that is read only needs no lock.
        """
        if not self.read_only:
            self._lock.acquire(self._clock())
            for folder in ("drafts", "pictures"):
                remove_leftovers(self.path / folder)

    def do(self, command: Command, by: str) -> Changes:
        """Carry out a command in a person's name: all of it, or nothing and an error.

        On return it is on disk. Raises NotFound, NotAllowed, Stale, BadValue,
        DiskFull, DeskReadOnly, DeskInUse, and what signs KeyUnavailable, UntrustedSignature.
        """
        if self.read_only:
            raise read_only(self.path)
        keys = self._fetch_keys(command, by)
        seen: Trusted | None = None
        with desk_errors(self.path), self._database.write() as connection:
            person = read_actor(connection, by, command)
            at = instant_text(self._clock())
            transaction = Transaction(connection, self.path, person, at, keys, self._checker)
            changes = HANDLERS[type(command)](transaction, command)
            if is_decision(command):
                with suppress(UntrustedSignature):
                    seen = read_trusted(connection, self.path)
        if seen:
            pins.remember(self.path, *seen)
        return changes

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Open a snapshot: one unchanging state of the desk for any number of queries."""
        with database_errors(self.path), self._database.read() as connection:
            yield Snapshot(connection, self.path)

    def accept_masthead(self) -> MastheadChain | None:
        """Accept the masthead as it is for the real one, whatever was seen here before.

        For a person who has compared its words. Raises UntrustedSignature when it
        is not sound in itself.
        """
        with self.read() as snapshot:
            seen = read_trusted(snapshot.connection, None)
        pins.forget(self.path)
        pins.remember(self.path, *seen)
        return seen.chain

    def backup(self, to: Path) -> list[str]:
        """Write the whole desk into one file while it is in use; what had to be left out.

        Raises BadValue, NotFound, DiskFull, DeskMoved.
        """
        return backup.write_backup(self._database, self.path, to)

    def _fetch_keys(self, command: Command, by: str) -> SigningKeys:
        if not isinstance(command, masthead.SIGNED):
            return SigningKeys()
        with self.read() as snapshot:
            person = read_actor(snapshot.connection, by, command)
            return masthead.fetch_keys(snapshot.connection, command, person, lambda: self.keys)
