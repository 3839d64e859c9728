"""Where a person's key is stored: the system keyring, else a file behind a passphrase."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from editor.errors import KeyUnavailable
from editor.files import create_private_file
from editor.places import data_folder
from editor.trust.keys import PrivateKey

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

    def has(self, name: str) -> bool:
        """Whether there is a person's key, as far as can be told without opening it."""
        ...

    def read(self, name: str) -> PrivateKey | None:
        """A person's key, or None where none was made here. Raises KeyUnavailable."""
        ...

    def save(self, name: str, key: PrivateKey) -> None:
        """Save a key, once: an existing one is never replaced. Raises KeyUnavailable."""
        ...

    def unlocked(self, passphrase: str) -> KeyStore:
        """The same keys, opened with a passphrase if they need one."""
        ...


@dataclass(frozen=True, slots=True)
class SystemKeyring:
    """The operating system's own store of secrets."""

    about: str = "in this computer's keyring"
    needs_passphrase: bool = False

    def has(self, name: str) -> bool:
        """True: only opening the keyring would tell."""
        return True

    def read(self, name: str) -> PrivateKey | None:
        """A person's key, if the keyring has one."""
        import keyring  # noqa: PLC0415  slow to load, and few processes sign

        try:
            pem = keyring.get_password(_SERVICE, name)
        except keyring.errors.KeyringError:
            raise _locked() from None
        return PrivateKey(pem.encode()) if pem else None

    def save(self, name: str, key: PrivateKey) -> None:
        """Save a key in the keyring."""
        import keyring  # noqa: PLC0415

        try:
            keyring.set_password(_SERVICE, name, key.pem.decode())
        except keyring.errors.KeyringError:
            raise _locked() from None

    def unlocked(self, passphrase: str) -> SystemKeyring:
        """The same keyring."""
        return self


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """Files that one passphrase opens, readable by their owner only."""

    folder: Path
    passphrase: str
    needs_passphrase: bool = True

    @property
    def about(self) -> str:
        """Where the files are."""
        return f"in a file behind a passphrase, in {self.folder}"

    def has(self, name: str) -> bool:
        """Whether there is a person's key, whatever opens it."""
        return self._file(name).exists()

    def read(self, name: str) -> PrivateKey | None:
        """A person's key, if there is a file and the passphrase opens it."""
        try:
            pem = self._file(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyUnavailable(
                f"The key of {name} could not be read: {error.strerror}.", f"Look at {self.folder}."
            ) from None
        return PrivateKey.unlock(pem, self._required_passphrase())

    def save(self, name: str, key: PrivateKey) -> None:
        """Save a key in a new file; an existing one stays."""
        locked = key.locked(self._required_passphrase())
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            create_private_file(self._file(name), locked)
        except OSError as error:
            raise KeyUnavailable(
                f"The key of {name} could not be saved: {error.strerror}.",
                f"Look at {self.folder}.",
            ) from None

    def unlocked(self, passphrase: str) -> KeyFolder:
        """The same files, opened with a passphrase."""
        return replace(self, passphrase=passphrase)

    def _file(self, name: str) -> Path:
        return self.folder / f"{sha256(name.encode()).hexdigest()[:24]}.pem"

    def _required_passphrase(self) -> str:
        if not self.passphrase:
            raise KeyUnavailable(
                "Signing needs your key, and this computer has no keyring to store it in.",
                "Set STONEHAND_PASSPHRASE to the passphrase of your key, or choose one now.",
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
    """A person's key, made now if this is the first use. Raises KeyUnavailable."""
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


def _has_keyring() -> bool:
    import keyring  # noqa: PLC0415

    return bool(keyring.get_keyring().priority > 0)


def _locked() -> KeyUnavailable:
    return KeyUnavailable(
        "The computer's keyring did not open.",
        "Unlock it, or set STONEHAND_KEYS and STONEHAND_PASSPHRASE to store keys in a file.",
    )
