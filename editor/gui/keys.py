"""The keys of a desk's people on this computer: which are here, which are locked, and unlocking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from editor.errors import BadInput, EditorError, KeyUnavailable, UntrustedSignature
from editor.gui.jobs import Jobs
from editor.i18n import _

if TYPE_CHECKING:
    from editor.progress import Progress
    from editor.store.desk import Desk
    from editor.trust.keyring import KeyStore
    from editor.trust.masthead import Member

# Cryptography and the database are imported on the store's thread, where the desk is opened.
# ruff: noqa: PLC0415

Failed = Callable[[EditorError], object]


class KeyState(StrEnum):
    """What a person can do with their key on this computer."""

    OPEN = "open"
    """It signs, and asks for nothing."""
    LOCKED = "locked"
    """It is here; a passphrase opens it."""
    ABSENT = "absent"
    """It is not here: on this computer the person can only read."""
    UNLISTED = "unlisted"
    """It is here, but not on the masthead yet."""


class NotSigned(KeyUnavailable):
    """A person was asked for their passphrase and chose not to sign now."""


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """What was found of the keys: a state for each person on the desk, by name.

    `place` says where keys are stored. `has_passphrase` is whether a passphrase of
    the person's own opens them. `doubt` says why the masthead can't be trusted.
    """

    states: Mapping[str, KeyState] = field(default_factory=dict)
    place: str = ""
    has_passphrase: bool = False
    is_sample: bool = False
    doubt: EditorError | None = None


class Asker(Protocol):
    """A bar that can ask for a passphrase."""

    def can_ask(self) -> bool:
        """Whether the person sees it."""
        ...

    def ask(self, retry: Callable[[], object], give_up: Callable[[], object]) -> None:
        """Ask, then call one of the two."""
        ...


class DeskKeys(QObject):
    """The keys of one open desk. All of it is read and opened on the store's thread.

    Nothing is known before the first `read`: a keyring is slow, and seldom needed at once.
    """

    changed = Signal()
    """What is known of the keys is different."""

    def __init__(self, desk: Callable[[], Desk], jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._askers: list[Asker] = []
        self.known = KnownKeys()

    def state(self, name: str) -> KeyState:
        """Return the state of a person's key; open as long as nothing else is known."""
        return self.known.states.get(name, KeyState.OPEN)

    def can_sign(self, name: str) -> bool:
        """Return whether a person's key is on this computer, locked or not."""
        return self.state(name) in (KeyState.OPEN, KeyState.LOCKED)

    def is_locked(self, name: str) -> bool:
        """Return whether a person's key needs a passphrase now."""
        return self.state(name) is KeyState.LOCKED

    def read(self) -> None:
        """Read again which keys are here."""
        self._jobs.run(
            lambda _progress: read_keys(self._desk()), owner=self, done=self._show, lane="store"
        )

    def unlock(
        self,
        name: str,
        passphrase: str,
        *,
        owner: QObject,
        done: Callable[[], object],
        failed: Failed,
    ) -> None:
        """Open a person's key, and sign what waits for it. A wrong passphrase changes nothing."""

        def work(_progress: Progress) -> KnownKeys:
            desk = self._desk()
            unlock(desk, name, passphrase)
            return read_keys(desk)

        def unlocked(known: KnownKeys) -> None:
            self._show(known)
            done()

        self._jobs.run(work, owner=owner, done=unlocked, failed=failed, lane="store")

    def lock(self, *, owner: QObject, done: Callable[[], object]) -> None:
        """Sign what waits, and forget the passphrase and every open key."""

        def work(_progress: Progress) -> KnownKeys:
            desk = self._desk()
            desk.lock_keys()
            return read_keys(desk)

        def locked(known: KnownKeys) -> None:
            self._show(known)
            done()

        self._jobs.run(work, owner=owner, done=locked, lane="store")

    def add_asker(self, asker: Asker) -> None:
        """Let a bar ask for passphrases; of several that are seen, the latest does."""
        self._askers.append(asker)

    def remove_asker(self, asker: Asker) -> None:
        """Let a bar ask no more."""
        self._askers.remove(asker)

    def solve(
        self, error: EditorError, name: str, *, retry: Callable[[], object], failed: Failed
    ) -> None:
        """Ask for the passphrase if that is what was missing, then retry; else call `failed`.

        `failed` gets NotSigned where the person does not want to sign now.
        """
        # A wrong passphrase is plain BadInput; a rule that is broken is no matter of keys.
        if not isinstance(error, KeyUnavailable) and type(error) is not BadInput:
            failed(error)
            return

        def answer(is_missing: bool) -> None:
            self.read()
            asker = next((bar for bar in reversed(self._askers) if bar.can_ask()), None)
            if is_missing and asker is not None:
                asker.ask(retry, partial(failed, NotSigned(_("Nothing was signed."))))
            else:
                failed(error)

        self._jobs.run(
            lambda _progress: is_passphrase_missing(self._desk(), name),
            owner=self,
            done=answer,
            failed=lambda _other: failed(error),
            lane="store",
        )

    def _show(self, known: KnownKeys) -> None:
        if known != self.known:
            self.known = known
            self.changed.emit()


def read_keys(desk: Desk) -> KnownKeys:
    """Find out which keys are on this computer. No passphrase is needed."""
    from editor.store.desk import sample_keys
    from editor.store.reading.mastheads import read_chain
    from editor.trust.keyring import KeyFolder

    doubt: EditorError | None = None
    with desk.read() as snapshot:
        try:
            chain = snapshot.masthead()
        except UntrustedSignature as reason:
            doubt = reason
            chain = read_chain(snapshot.connection)
    keys = desk.keys
    is_sample = isinstance(keys, KeyFolder) and keys.folder == sample_keys(chain.desk).folder
    return KnownKeys(
        {member.person.name: _state(keys, member) for member in chain.latest.members},
        keys.about,
        keys.needs_passphrase and not is_sample,
        is_sample,
        doubt,
    )


def unlock(desk: Desk, name: str, passphrase: str) -> None:
    """Open a person's key and sign what waits for it. Raises BadInput, KeyUnavailable."""
    desk.unlock(passphrase)
    try:
        desk.signing_key(name)
    except EditorError:
        desk.lock_keys()
        raise
    if not desk.read_only:
        desk.seal()


def is_passphrase_missing(desk: Desk, name: str) -> bool:
    """Whether all that keeps a person from signing is a passphrase, none or a wrong one."""
    from editor.store.reading.mastheads import read_chain

    with desk.read() as snapshot:
        member = read_chain(snapshot.connection).latest.member(snapshot.person(name).name)
    keys = desk.keys
    if not keys.needs_passphrase or _state(keys, member) in (KeyState.ABSENT, KeyState.UNLISTED):
        return False
    if keys.is_locked:
        return True
    try:
        desk.signing_key(name)
    except BadInput:
        return True
    except EditorError:
        return False
    return False


def _state(keys: KeyStore, member: Member) -> KeyState:
    try:
        public = keys.public_key(member.person.name)
    except BadInput:
        return KeyState.ABSENT
    except KeyUnavailable:
        # One of the first files, which don't say whose public key they have.
        return KeyState.LOCKED if keys.is_locked else KeyState.OPEN
    if public is None:
        return KeyState.ABSENT
    if public not in member.keys:
        return KeyState.UNLISTED
    return KeyState.LOCKED if keys.is_locked else KeyState.OPEN
