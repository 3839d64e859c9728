"""The open desk: one door through which it changes, and snapshots to read it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from editor.core import times
from editor.core.people import Person, Role
from editor.core.times import instant_text
from editor.errors import BadValue, EditorError, NotFound
from editor.files import path_stamp, remove_leftovers
from editor.i18n import _
from editor.log import log
from editor.places import LOCK_FILE, data_folder
from editor.store.db.engine import DATABASE, Database, plain
from editor.store.db.errors import database_errors, desk_errors
from editor.store.db.lock import WindowLock
from editor.store.db.newer import newer_if_misread, only_readable, open_database
from editor.store.db.odd_values import damaged_if_odd
from editor.store.db.upgrade import check_header, upgrade
from editor.store.disk_errors import read_only
from editor.store.journal import Journal
from editor.store.log import pins
from editor.store.log.own_logs import OwnLogs
from editor.store.log.tips import latest_masthead, read_tips
from editor.store.open_keys import OpenKeys
from editor.store.reading.list_rows import Lists
from editor.targets import check_outside_desks

if TYPE_CHECKING:
    from editor.core.changes import Changes
    from editor.core.commands import Command
    from editor.core.house import House
    from editor.errors import DeskError
    from editor.progress import Progress
    from editor.store.backup import BackupReport
    from editor.store.commands.transaction import Checker
    from editor.store.door import Door
    from editor.store.exports.memory import ExportMemory
    from editor.store.pictures import Pictures
    from editor.store.reading.snapshot import Snapshot
    from editor.trust.keyring import KeyFolder, KeyStore
    from editor.trust.keys import PrivateKey
    from editor.trust.masthead import MastheadChain

SAMPLE_PASSPHRASE = "sample"  # noqa: S105  it protects nothing: anybody may try the sample


class Desk:
    """One newsroom's library, a folder. Use it from one thread at a time, any thread.

    Every method raises DeskDamaged when the database does not read back. `keys`
    is where people's keys are stored, `checker` runs the checks
    before an approval: the window and the command line give it (`opening.py`).
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
        self.journal = Journal(path / "drafts")
        if database.is_newer:
            self.journal.close(only_readable(path))
        self._database = database
        self._clock = clock
        self._checker = checker
        self._lock = WindowLock(path / LOCK_FILE)
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
                _("There is already something at {path}.").format(path=path),
                _("Open it if it is a desk, or choose another name."),
            )
        if not path.parent.is_dir():
            raise NotFound(
                _("There is no folder {parent}.").format(parent=path.parent), _("Make it first.")
            )
        if chief.role is not Role.CHIEF:
            raise BadValue(
                _("A desk is made by its chief, and {name} would be its {role}.").format(
                    name=chief.name, role=chief.role
                ),
                _("Make it as its chief, then give others their roles."),
            )
        from editor.store.new_desk import make_desk  # noqa: PLC0415  lists need nothing of it
        from editor.trust.keyring import choose_key_store, ensure_key  # noqa: PLC0415

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

        Where the folder can't be written, or a newer Stonehand made the desk that this one
        can read, it opens for reading (`why_read_only`). Raises NotFound, DeskTooNew,
        DeskDamaged, DeskInUse, DiskFull, DeskReadOnly.
        """
        path = path.absolute()
        if not (path / DATABASE).is_file():
            raise NotFound(
                _("There is no desk at {path}.").format(path=path),
                _("Give the folder that ends in .desk, or make a new desk."),
            )
        with desk_errors(path):
            check_header(path)
            database = open_database(path)
            try:
                if not database.is_newer:
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
            self._close_database()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def pictures(self) -> Pictures:
        """The desk's pictures."""
        from editor.store.pictures import Pictures  # noqa: PLC0415  lists need nothing of it

        return Pictures(self.path / "pictures", self.why_read_only)

    @cached_property
    def exports(self) -> ExportMemory:
        """What this computer remembers of the desk's exports. Any thread may use it."""
        from editor.store.exports.memory import ExportMemory  # noqa: PLC0415  nor of this

        return ExportMemory(self.path)

    @property
    def read_only(self) -> bool:
        """Whether the desk can only be read: then `do` raises `why_read_only`."""
        return self._database.read_only

    @property
    def why_read_only(self) -> DeskError | None:
        """DeskTooNew or DeskReadOnly where the desk can only be read; None where it can change."""
        if self._database.is_newer:
            return only_readable(self.path)
        return read_only(self.path) if self.read_only else None

    def require_writable(self) -> None:
        """Raise DeskTooNew or DeskReadOnly where the desk can only be read.

        For what reads before it writes: nothing else is said of a story that stays as it is.
        """
        if why := self.why_read_only:
            raise why

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
        DiskFull, DeskReadOnly, DeskTooNew, DeskInUse, KeyUnavailable, UntrustedSignature.
        """
        self.require_writable()
        changes = self._door.do(command, by)
        self._keep_for_exports(command)
        return changes

    def seal(self) -> None:
        """Sign what waits for a signature with the keys that are open, and remember the logs."""
        if self._own_logs.has_unsigned or not self._is_remembered():
            self._door.seal()

    @contextmanager
    def read_lists(self) -> Iterator[Lists]:
        """Open a snapshot of nothing but lists, which is ready sooner than `read`."""
        with self._read_plainly() as raw:
            yield Lists(raw)

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Open a snapshot: one unchanging state of the desk for any number of queries."""
        from editor.store.reading.snapshot import Snapshot  # noqa: PLC0415  nor of this

        files = self.exports.editions.files()  # before what is read begins, so not after a write
        with (
            database_errors(self.path),
            self._database.read() as connection,
            newer_if_misread(plain(connection)),
            damaged_if_odd(plain(connection), self.path),
        ):
            yield Snapshot(connection, self.path, self._clock, lambda: self.exports, files)

    def accept_masthead(self) -> MastheadChain:
        """Accept the desk as it is for the real one, whatever was seen here before.

        For a person who has compared its words. Raises UntrustedSignature when it
        is not sound in itself.
        """
        return self._door.accept()

    def backup(
        self,
        to: Path,
        *,
        force: bool = False,
        is_whole: bool = False,
        progress: Progress | None = None,
    ) -> BackupReport:
        """Back the desk up into a file, or into a folder of backups, while it is in use.

        Another thread may use the desk meanwhile. With `is_whole` what goes into a folder
        is whole as well. Raises OutputError, NotOurs unless `force`, NotFound, DiskFull,
        DeskMoved, Cancelled.
        """
        from editor.store import backup  # noqa: PLC0415  lists need nothing of it

        return backup.write_backup(
            self._database,
            self.path,
            to,
            self._clock(),
            force=force,
            is_whole=is_whole,
            progress=progress,
        )

    def _keep_for_exports(self, command: Command) -> None:
        """Make what the next export needs of a text that was just approved."""
        from editor.core.commands import Approve  # noqa: PLC0415  lists need no command

        if not isinstance(command, Approve):
            return
        from editor.store.reading.edition_texts import read_version  # noqa: PLC0415
        from editor.store.reading.known_texts import KnownTexts  # noqa: PLC0415

        story, version, hash = command.story, command.version, command.hash
        try:
            with self._read_plainly() as raw:
                text = read_version(raw, story, version, hash, story)
        except EditorError as problem:
            log.warning("Nothing was made for the next export. %s", problem.sentence)
            return
        KnownTexts(self.exports.parts).of(hash, text)
        self.exports.flush()

    def _close_database(self) -> None:
        """Close the database, which may write what is in its log, and what is kept of exports."""
        log = path_stamp(self.path / f"{DATABASE}-wal")
        was_known = bool(log and log[0]) and self.exports.custody.holds()
        self._database.close()
        if was_known:
            self.exports.custody.left()
        if "exports" in vars(self):
            self.exports.close()

    def _is_remembered(self) -> bool:
        """Whether this computer has seen just this state of the desk, and remembers it."""
        with self._read_plainly() as raw:
            masthead, tips = latest_masthead(raw), read_tips(raw)
        return pins.is_remembered(self.path, masthead, tips, self._own_logs.tips)

    @contextmanager
    def _read_plainly(self) -> Iterator[Any]:
        with (
            database_errors(self.path),
            self._database.read_plainly() as raw,
            newer_if_misread(raw),
            damaged_if_odd(raw, self.path),
        ):
            yield raw

    @cached_property
    def _door(self) -> Door:
        from editor.store.door import Door  # noqa: PLC0415  lists need nothing of it

        return Door(
            *(self.path, self._database, self._clock, self._open_keys, self._own_logs),
            *(self._checker, lambda: self.exports),
        )

    def _choose_keys(self) -> KeyStore:
        from editor.trust.keyring import choose_key_store  # noqa: PLC0415

        own = sample_keys(self._door.chain().desk)
        return own if own.folder.is_dir() else choose_key_store()


def sample_keys(desk: str) -> KeyFolder:
    """The keys of a sample's invented people: among the personal files, by the desk's id.

    Only making a sample makes it, and a passphrase that everybody knows opens it.
    """
    from editor.trust.keyring import KeyFolder  # noqa: PLC0415

    return KeyFolder(data_folder() / "sample-keys" / desk, SAMPLE_PASSPHRASE, cost=1)
