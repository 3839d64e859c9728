"""A keyring in memory, in place of this computer's own."""

from __future__ import annotations

import keyring
from keyring.backend import KeyringBackend


class Secrets(KeyringBackend):
    """A keyring in memory, which can be locked."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.passwords[service, username] = password

    def _check(self) -> None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked
