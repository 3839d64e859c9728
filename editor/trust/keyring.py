"""Where a person's key is stored: the system keyring, else a file behind a passphrase."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Protocol

from editor.errors import BadInput, KeyUnavailable, reason_of
from editor.files import PRIVATE_FOLDER, create_private_file, remove, write_file
from editor.i18n import _
from editor.places import data_folder
from editor.trust.key_file import lock_key, public_key_in, unlock_key
from editor.trust.keys import PrivateKey, PublicKey

_SERVICE = "Stonehand"


class KeyStore(Protocol):
    """Private keys by the name of their owner."""

    @property
    def about(self) -> str:
        """Where the keys are, in words for the person whose key it is."""
        ...

    @property
    def needs_passphrase(self) -> bool:
        """Whether a passphrase opens the keys."""
        ...

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase is needed that was not given yet."""
        ...

    def has(self, name: str) -> bool:
        """Whether there is a person's key, without a passphrase. Raises KeyUnavailable."""
        ...

    def public_key(self, name: str) -> PublicKey | None:
        """A person's public key, without a passphrase; None where no key was made here.

        Whoever can write to a key file can change what it says here; only `read`
        proves it. Raises KeyUnavailable, and BadInput for a damaged file.
        """
        ...

    def read(self, name: str) -> PrivateKey | None:
        """A person's key, or None where none was made here. Raises KeyUnavailable, BadInput."""
        ...

    def save(self, name: str, key: PrivateKey) -> None:
        """Save a key, once: an existing one is never replaced. Raises KeyUnavailable."""
        ...

    def replace(self, name: str, key: PrivateKey) -> str:
        """Save a new key in place of a person's key, whatever opens that one.

        The old key is set aside under another name, and what is there is never
        overwritten. Returns where it is; empty where there was none. Raises
        KeyUnavailable.
        """
        ...

    def change_passphrase(self, name: str, old: str, new: str) -> None:
        """Change what opens a person's key. A key that this object has open stays open.

        Raises BadInput for a wrong old or an empty new passphrase, and where there is
        none; KeyUnavailable without a key, or where it can't be written.
        """
        ...

    def unlocked(self, passphrase: str) -> KeyStore:
        """The same keys, opened with a passphrase if they need one; "" locks them again."""
        ...


@dataclass(frozen=True, slots=True)
class SystemKeyring:
    """The operating system's own store of secrets."""

    needs_passphrase: bool = False
    is_locked: bool = False

    @property
    def about(self) -> str:
        """Where the keys are."""
        return _("in this computer's keyring")

    def has(self, name: str) -> bool:
        """Whether the keyring has a person's key. It has to be open."""
        return self.read(name) is not None

    def public_key(self, name: str) -> PublicKey | None:
        """A person's public key. The keyring has to be open."""
        key = self.read(name)
        return key.public if key else None

    def read(self, name: str) -> PrivateKey | None:
        """A person's key, if the keyring has one."""
        pem = self._entry(name)
        return PrivateKey(pem.encode()) if pem else None

    def save(self, name: str, key: PrivateKey) -> None:
        """Save a key in the keyring; an existing one stays."""
        if self.has(name):
            raise KeyUnavailable(
                _("The key of {name} could not be saved: there is one already.").format(name=name),
                _("Look at it with `stonehand key`."),
            )
        self._set_entry(name, key.pem.decode())

    def replace(self, name: str, key: PrivateKey) -> str:
        """Save a new key; the old one becomes the entry “NAME (old 1)”, or the next number."""
        old, aside = self._entry(name), ""
        if old:
            names = (f"{name} (old {number})" for number in count(1))
            aside = next(free for free in names if not self._entry(free))
            self._set_entry(aside, old)
        self._set_entry(name, key.pem.decode())
        return aside and _("“{name}” {place}").format(name=aside, place=self.about)

    def change_passphrase(self, name: str, old: str, new: str) -> None:
        """Refuse: the keyring's own passphrase is the computer's business. Raises BadInput."""
        raise BadInput(
            _("Keys in this computer's keyring have no passphrase of their own."),
            _("Change the keyring's passphrase in the settings of this computer."),
        )

    def unlocked(self, passphrase: str) -> SystemKeyring:
        """The same keyring."""
        return self

    def _entry(self, name: str) -> str | None:
        import keyring  # noqa: PLC0415  slow to load, and few processes sign

        try:
            return keyring.get_password(_SERVICE, name)
        except keyring.errors.KeyringError:
            raise _locked() from None

    def _set_entry(self, name: str, text: str) -> None:
        import keyring  # noqa: PLC0415

        try:
            keyring.set_password(_SERVICE, name, text)
        except keyring.errors.KeyringError:
            raise _locked() from None


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """Files that one passphrase opens, readable by their owner only.

    A file is opened once: its key stays in memory as long as this object. `cost`
    is what new files cost to open (see `key_file`).
    """

    folder: Path
    passphrase: str = field(repr=False)
    needs_passphrase: bool = True
    cost: int | None = None
    _opened: dict[bytes, PrivateKey] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def about(self) -> str:
        """Where the files are."""
        return _("in a file behind a passphrase, in {folder}").format(folder=self.folder)

    @property
    def is_locked(self) -> bool:
        """Whether no passphrase was given."""
        return not self.passphrase

    def has(self, name: str) -> bool:
        """Whether there is a person's file, whatever opens it."""
        return self._data(name) is not None

    def public_key(self, name: str) -> PublicKey | None:
        """A person's public key, as the file says; one of the first files has to be opened."""
        data = self._data(name)
        if data is None:
            return None
        return public_key_in(data) or self._open(data).public

    def read(self, name: str) -> PrivateKey | None:
        """A person's key, if there is a file and the passphrase opens it."""
        data = self._data(name)
        return None if data is None else self._open(data)

    def save(self, name: str, key: PrivateKey) -> None:
        """Save a key in a new file; an existing one stays."""
        data = lock_key(key, self._required_passphrase(), self.cost)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
            _remove_empty(self._file(name))
            create_private_file(self._file(name), data)
        except OSError as error:
            raise self._unusable(name, "saved", error) from None
        self._opened[data] = key

    def replace(self, name: str, key: PrivateKey) -> str:
        """Save a new key; the old file is beside it as `*.pem.old-1`, or with the next number."""
        old = self._data(name)
        if old is None:
            self.save(name, key)
            return ""
        data, file = lock_key(key, self._required_passphrase(), self.cost), self._file(name)
        try:
            aside = _set_aside(file, old)
            write_file(file, data, private=True)
        except OSError as error:
            raise self._unusable(name, "saved", error) from None
        self._opened[data] = key
        return str(aside)

    def change_passphrase(self, name: str, old: str, new: str) -> None:
        """Lock a person's file with a new passphrase; the old file stays until that is sure."""
        data = self._data(name)
        if data is None:
            raise KeyUnavailable(
                _("There is no key of {name} in {folder}.").format(name=name, folder=self.folder),
                _("`stonehand key` makes one, and asks for its passphrase."),
            )
        if not new:
            raise BadInput(
                _("The new passphrase is empty."), _("Choose a few words you can remember.")
            )
        key = unlock_key(data, old)
        locked = lock_key(key, new, self.cost)
        try:
            _replace_safely(self._file(name), data, locked, new)
        except OSError as error:
            raise self._unusable(name, "saved", error) from None
        self._opened[locked] = key

    def unlocked(self, passphrase: str) -> KeyFolder:
        """The same files, opened with a passphrase; "" locks them again."""
        return replace(self, passphrase=passphrase)

    def _file(self, name: str) -> Path:
        return self.folder / f"{sha256(name.encode()).hexdigest()[:24]}.pem"

    def _data(self, name: str) -> bytes | None:
        try:
            # An empty file is what a full disk once left: there never was a key in it.
            return self._file(name).read_bytes() or None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(name, "read", error) from None

    def _open(self, data: bytes) -> PrivateKey:
        passphrase = self._required_passphrase()
        if data not in self._opened:
            self._opened[data] = unlock_key(data, passphrase)
        return self._opened[data]

    def _unusable(self, name: str, verb: str, error: OSError) -> KeyUnavailable:
        return KeyUnavailable(
            _("The key of {name} could not be {verb}: {strerror}.").format(
                name=name, verb=verb, strerror=reason_of(error)
            ),
            _("Look at {folder}.").format(folder=self.folder),
        )

    def _required_passphrase(self) -> str:
        if not self.passphrase:
            raise KeyUnavailable(
                _("Signing needs your key, and this computer has no keyring to store it in."),
                _("Set STONEHAND_PASSPHRASE to the passphrase of your key, or choose one now."),
            )
        return self.passphrase


def choose_key_store(environment: Mapping[str, str] = os.environ) -> KeyStore:
    """Choose where keys are stored on this computer; never asks anybody anything.

    STONEHAND_KEYS names a folder and STONEHAND_PASSPHRASE opens what is in it:
    for scripts, tests and computers without a keyring.
    """
    folder, passphrase = environment.get("STONEHAND_KEYS"), environment.get("STONEHAND_PASSPHRASE")
    if not folder and not passphrase and _has_keyring():
        return SystemKeyring()
    return KeyFolder(Path(folder) if folder else data_folder() / "keys", passphrase or "")


def ensure_key(store: KeyStore, name: str) -> PrivateKey:
    """One's own key, made now at the first use; nobody makes a key for another person.

    Raises KeyUnavailable, and BadInput for a wrong passphrase.
    """
    if known := store.read(name):
        return known
    key = PrivateKey.generate()
    try:
        store.save(name, key)
    except KeyUnavailable:
        # Another process may have been first: its key stays.
        if known := store.read(name):
            return known
        raise
    return key


def _remove_empty(file: Path) -> None:
    """Remove a key file without a byte; a key that is being made never looks like that."""
    with suppress(FileNotFoundError):
        if not file.stat().st_size:
            file.unlink()


def _set_aside(file: Path, data: bytes) -> Path:
    """Write a key file's data beside it, under the first name that is free."""
    for number in count(1):
        aside = file.with_name(f"{file.name}.old-{number}")
        if not aside.exists():
            with suppress(FileExistsError):
                create_private_file(aside, data)
                return aside
    raise AssertionError("numbers do not end")


def _replace_safely(file: Path, old: bytes, new: bytes, passphrase: str) -> None:
    """Replace a key file; the old one is beside it until the new one is read back from disk."""
    kept = file.with_name(f"{file.name}.old")
    write_file(kept, old, private=True)
    try:
        write_file(file, new, private=True)
        unlock_key(file.read_bytes(), passphrase)
    except BadInput:
        os.replace(kept, file)
        raise OSError(errno.EIO, _("it does not read back")) from None
    except BaseException:
        os.replace(kept, file)
        raise
    remove(kept)


def _has_keyring() -> bool:
    import keyring  # noqa: PLC0415

    try:
        return bool(keyring.get_keyring().priority > 0)
    except RuntimeError:  # the library's settings are in a home folder, and there is none
        return False


def _locked() -> KeyUnavailable:
    return KeyUnavailable(
        _("The computer's keyring did not open."),
        _("Unlock it, or set STONEHAND_KEYS and STONEHAND_PASSPHRASE to store keys in a file."),
    )
