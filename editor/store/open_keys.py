"""The private keys that are open while a desk is: each is asked for once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from editor.errors import KeyUnavailable
from editor.i18n import _

if TYPE_CHECKING:
    from editor.trust.keyring import KeyStore
    from editor.trust.keys import PrivateKey, PublicKey
    from editor.trust.masthead import Member


class OpenKeys:
    """People's keys from one store, by name. `choose` finds the store at the first use."""

    def __init__(self, store: KeyStore | None, choose: Callable[[], KeyStore]) -> None:
        self._store = store
        self._choose = choose
        self._open: dict[str, PrivateKey] = {}
        self._locked: dict[str, PublicKey] = {}

    @property
    def store(self) -> KeyStore:
        """Where the keys are."""
        if self._store is None:
            self._store = self._choose()
        return self._store

    def unlock(self, passphrase: str) -> None:
        """Open key files with a passphrase from now on."""
        self._store = self.store.unlocked(passphrase)
        self._locked.clear()

    def lock(self) -> None:
        """Forget the passphrase and every open key."""
        self._store = self.store.unlocked("")
        self._open.clear()
        self._locked.clear()

    def fetch(self, name: str, member: Callable[[str], Member], *, may_wait: bool) -> None:
        """Open a person's key, unless it is. Raises NotFound, KeyUnavailable.

        With `may_wait` it is enough that the key is on this computer, behind a passphrase.
        """
        if name in self._open or (may_wait and name in self._locked):
            return
        found = member(name)
        try:
            self.open(found)
        except KeyUnavailable:
            known = self.store.public_key(found.person.name) if may_wait else None
            if known is None or known not in found.keys:
                raise
            self._locked[found.person.name] = known

    def open(self, member: Member) -> PrivateKey:
        """A person's private key, if it is theirs on the masthead. Raises KeyUnavailable."""
        name = member.person.name
        key = self._open.get(name) or self.store.read(name)
        if key is None:
            raise KeyUnavailable(
                _("The key of {name} is not on this computer.").format(name=name),
                _(
                    "Sign where it is, or let the chief add the key that `stonehand "
                    "key` makes here."
                ),
            )
        if key.public not in member.keys:
            raise KeyUnavailable(
                _("The key of {name} on this computer is not the one on the masthead.").format(
                    name=name
                ),
                _("Let the chief add it: `stonehand key` prints it."),
            )
        self._open[name] = key
        self._locked.pop(name, None)
        return key

    def of(self, member: Member) -> tuple[PublicKey, PrivateKey | None]:
        """A person's public key on this computer, and the private one if it is open.

        Raises KeyUnavailable where it is no longer on the masthead.
        """
        name = member.person.name
        if name in self._open:
            key = self.open(member)
            return key.public, key
        public = self._locked.get(name)
        if public is None or public not in member.keys:
            raise KeyUnavailable(
                _("The key of {name} on this computer is not the one on the masthead.").format(
                    name=name
                ),
                _("Let the chief add it: `stonehand key` prints it."),
            )
        return public, None

    def opened(self) -> Iterator[tuple[str, PrivateKey]]:
        """The keys that are open, with their owners."""
        yield from self._open.items()
