"""The open desk: what can be asked of it, and the one door through which it changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from editor.core import times
from editor.core.changes import Changes
from editor.core.commands import Command
from editor.core.house import House
from editor.core.people import Person
from editor.core.times import instant_text
from editor.errors import BadValue, NotFound
from editor.files import is_writable, remove_leftovers
from editor.store import backup, new_desk
from editor.store.commands import masthead
from editor.store.commands.handlers import HANDLERS
from editor.store.commands.transaction import Checker, SigningKeys, Transaction
from editor.store.db.engine import DATABASE, Database
from editor.store.db.errors import database_errors, plainly, read_only
from editor.store.db.lock import WindowLock
from editor.store.db.upgrade import bring_up_to_date, check_header
from editor.store.journal import Journal
from editor.store.log import pins
from editor.store.log.entries import last_row
from editor.store.pictures import Pictures
from editor.store.reading import mastheads
from editor.store.reading.snapshot import Snapshot
from editor.trust.keyring import KeyCase, KeyFolder, key_case
from editor.trust.masthead import Chain

SAMPLE_PASSPHRASE = "sample"  # noqa: S105  it protects nothing: anybody may try the sample


class Desk:
    """One newsroom's library, a folder. Use it from one thread at a time, any thread.

    Every method raises DeskDamaged when the database does not read back. `keys`
    is where people's keys are kept, `checker` what the gates of an approval ask.
    """

    def __init__(
        self,
        path: Path,
        database: Database,
        clock: Callable[[], datetime],
        keys: KeyCase | None = None,
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
        keys: KeyCase | None = None,
        checker: Checker | None = None,
    ) -> Self:
        """Make a desk in a new folder, with its first person, and open it.

        Raises BadValue where something is already, NotFound without the folder
        above, DeskReadOnly, DiskFull. A failure leaves nothing behind.
        """
        path = path.absolute()
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise BadValue(
                f"There is already something at {path}.",
                "Open it if it is a desk, or choose another name.",
            )
        if not path.parent.is_dir():
            raise NotFound(f"There is no folder {path.parent}.", "Make it first.")
        with plainly(path):
            new_desk.build(path, house, chief, instant_text(clock()))
        pins.forget(path)
        return cls.open(path, clock=clock, keys=keys, checker=checker)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], datetime] = times.now,
        keys: KeyCase | None = None,
        checker: Checker | None = None,
    ) -> Self:
        """Open a desk; an older one is brought up to date, with a copy kept in `backups`.

        Where the folder can't be written, the desk opens for reading. Raises
        NotFound, DeskTooNew, DeskDamaged, DeskInUse, DiskFull, DeskReadOnly.
        """
        path = path.absolute()
        if not (path / DATABASE).is_file():
            raise NotFound(
                f"There is no desk at {path}.",
                "Give the folder that ends in .desk, or make a new desk.",
            )
        with plainly(path):
            check_header(path)
            locked = not (is_writable(path) and os.access(path / DATABASE, os.W_OK))
            database = Database(path, read_only=locked)
            try:
                bring_up_to_date(database, path)
            except BaseException:
                database.close()
                raise
        return cls(path, database, clock, keys, checker)

    def close(self) -> None:
        """Let go of the files and of the window's lock."""
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
    def keys(self) -> KeyCase:
        """Where the private keys of this desk's people are kept.

        A desk with a folder `keys` brings its own, behind a passphrase everybody
        knows: only the sample does.
        """
        if self._keys is None:
            own = self.path / "keys"
            self._keys = KeyFolder(own, SAMPLE_PASSPHRASE) if own.is_dir() else key_case()
        return self._keys

    @property
    def keys_need_passphrase(self) -> bool:
        """Whether keys are in files that a passphrase opens."""
        return isinstance(self.keys, KeyFolder)

    def has_key(self, name: str) -> bool:
        """Whether a person's key is on this computer, as far as can be told without opening it."""
        return not isinstance(self.keys, KeyFolder) or self.keys.has(name)

    def unlock(self, passphrase: str) -> None:
        """Open key files with a passphrase, held in memory as long as the desk is open."""
        if isinstance(self.keys, KeyFolder):
            self._keys = replace(self.keys, passphrase=passphrase)

    def hold(self) -> None:
        """Take the desk for this window, until `close` or the end of the process.

        Raises DeskInUse with who has it. A desk that is read only needs no holding.
        """
        if not self.read_only:
            self._lock.take(self._clock())
            for folder in ("drafts", "pictures"):
                remove_leftovers(self.path / folder)

    def do(self, command: Command, by: str) -> Changes:
        """Carry out a command in a person's name: all of it, or nothing and an error.

        On return it is on disk. Raises NotFound, NotAllowed, Stale, BadValue,
        DiskFull, DeskReadOnly, DeskInUse, and what signs KeyUnavailable, UntrustedSignature.
        """
        if self.read_only:
            raise read_only(self.path)
        pen = self._pen(command, by)
        with plainly(self.path), self._database.write() as connection:
            person = mastheads.actor(connection, by, command)
            turn = Transaction(connection, person, instant_text(self._clock()), pen, self._checker)
            changes = HANDLERS[type(command)](turn, command)
        if mastheads.decides(command):
            with self._reading() as connection:
                mastheads.remember(connection, self.path)
        return changes

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """One unchanging state of the desk, to ask as many things of as are wanted."""
        with self._reading() as connection:
            yield Snapshot(connection, self.path, self.pictures)

    def accept_masthead(self) -> Chain | None:
        """Take the masthead as it is for the real one, whatever was seen here before.

        For a person who has compared its words. Raises UntrustedSignature when it
        is not sound in itself.
        """
        with self._reading() as connection:
            now, _ = mastheads.trusted(connection, None)
            pins.forget(self.path)
            if now is not None:
                pins.remember(self.path, now, last_row(connection))
        return now

    def backup(self, to: Path) -> None:
        """Put the whole desk into one file while it is in use. Raises BadValue, DiskFull."""
        backup.write(self._database, self.path, to)

    def _pen(self, command: Command, by: str) -> SigningKeys:
        pen = SigningKeys(self.path)
        if not isinstance(command, masthead.SIGNED):
            return pen
        with self._reading() as connection:
            person = mastheads.actor(connection, by, command)
            return masthead.pen_for(connection, command, person, pen, lambda: self.keys)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with database_errors(self.path), self._database.read() as connection:
            yield connection
