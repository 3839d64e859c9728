"""Where a person's key is kept: the system keyring, else a file behind a passphrase."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from editor.errors import KeyUnavailable
from editor.files import create_private_file
from editor.places import data_folder
from editor.trust.keys import PrivateKey

_SERVICE = "Stonehand"


class KeyCase(Protocol):
    """Keeps private keys by the name of their owner."""

    @property
    def about(self) -> str:
        """Where that is, in words for the person whose key it is."""
        ...

    def get(self, name: str) -> PrivateKey | None:
        """The key of a person, or None where none was made here. Raises KeyUnavailable."""
        ...

    def put(self, name: str, key: PrivateKey) -> None:
        """Keep a key, once: an existing one is never replaced. Raises KeyUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class SystemKeyring:
    """The operating system's own store of secrets."""

    about: str = "in this computer's keyring"

    def get(self, name: str) -> PrivateKey | None:
        """The key of a person, if the keyring has one."""
        import keyring  # noqa: PLC0415  slow to load, and few processes sign

        try:
            pem = keyring.get_password(_SERVICE, name)
        except keyring.errors.KeyringError:
            raise _locked() from None
        return PrivateKey(pem.encode()) if pem else None

    def put(self, name: str, key: PrivateKey) -> None:
        """Keep a key in the keyring."""
        import keyring  # noqa: PLC0415

        try:
            keyring.set_password(_SERVICE, name, key.pem.decode())
        except keyring.errors.KeyringError:
            raise _locked() from None


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """Files that one passphrase opens, readable by their owner only."""

    folder: Path
    passphrase: str

    @property
    def about(self) -> str:
        """Where the files are."""
        return f"in a file behind a passphrase, in {self.folder}"

    def get(self, name: str) -> PrivateKey | None:
        """The key of a person, if there is a file and the passphrase opens it."""
        try:
            pem = self._file(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyUnavailable(
                f"The key of {name} could not be read: {error.strerror}.", f"Look at {self.folder}."
            ) from None
        return PrivateKey.unlock(pem, self._must_have_passphrase())

    def has(self, name: str) -> bool:
        """Whether there is a key of a person, whatever opens it."""
        return self._file(name).exists()

    def put(self, name: str, key: PrivateKey) -> None:
        """Keep a key in a new file; one that is there stays."""
        locked = key.locked(self._must_have_passphrase())
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            create_private_file(self._file(name), locked)
        except OSError as error:
            raise KeyUnavailable(
                f"The key of {name} could not be kept: {error.strerror}.",
                f"Look at {self.folder}.",
            ) from None

    def _file(self, name: str) -> Path:
        return self.folder / f"{sha256(name.encode()).hexdigest()[:24]}.pem"

    def _must_have_passphrase(self) -> str:
        if not self.passphrase:
            raise KeyUnavailable(
                "Signing needs your key, and this computer has no keyring to keep it in.",
                "Set STONEHAND_PASSPHRASE to the passphrase of your key, or choose one now.",
            )
        return self.passphrase


def key_case(environment: Mapping[str, str] | None = None) -> KeyCase:
    """Choose where keys are kept on this computer; never asks anybody anything.

    STONEHAND_KEYS names a folder and STONEHAND_PASSPHRASE opens what is in it:
    for scripts, tests and computers without a keyring.
    """
    environment = os.environ if environment is None else environment
    folder, passphrase = environment.get("STONEHAND_KEYS"), environment.get("STONEHAND_PASSPHRASE")
    if not folder and not passphrase and _has_keyring():
        return SystemKeyring()
    return KeyFolder(Path(folder) if folder else data_folder() / "keys", passphrase or "")


def own_key(case: KeyCase, name: str) -> PrivateKey:
    """A person's key, made now if this is the first use. Raises KeyUnavailable."""
    if there := case.get(name):
        return there
    key = PrivateKey.generate()
    try:
        case.put(name, key)
    except KeyUnavailable:
        # Another process may have been first: its key stays.
        if there := case.get(name):
            return there
        raise
    return key


def _has_keyring() -> bool:
    import keyring  # noqa: PLC0415

    return bool(keyring.get_keyring().priority > 0)


def _locked() -> KeyUnavailable:
    return KeyUnavailable(
        "The computer's keyring did not open.",
        "Unlock it, or set STONEHAND_KEYS and STONEHAND_PASSPHRASE to keep keys in a file.",
    )
