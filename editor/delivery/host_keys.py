"""The keys of servers that a person said are the right ones, in a file of this computer.

It has the form of OpenSSH's known_hosts. A key that nobody confirmed is never taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from editor.core.target_address import TargetAddress
from editor.delivery.network_problems import network_problem
from editor.errors import DeliveryError, HostKeyChanged, HostKeyUnknown
from editor.files import write_file
from editor.i18n import _
from editor.places import config_folder
from editor.turns import changing

if TYPE_CHECKING:
    from paramiko import HostKeys, PKey

_SSH_PORT = 22


def known_hosts_file() -> Path:
    """The file of the keys that somebody confirmed on this computer."""
    return config_folder() / "known_hosts"


class HostKeyRule:
    """Decides whether a server is the right one. `confirmed` is a fingerprint, empty for none.

    A fingerprint is as ssh shows it: `SHA256:…`.
    """

    def __init__(self, title: str, address: TargetAddress, confirmed: str = "") -> None:
        self._title = title
        self._address = address
        self._confirmed = confirmed

    def load_into(self, keys: HostKeys) -> None:
        """Read the confirmed keys, for a client. Raises DeliveryError for a broken file."""
        file = known_hosts_file()
        if not file.exists():
            return
        try:
            keys.load(str(file))
        except (OSError, ValueError) as error:
            raise DeliveryError(
                _("The keys of servers in {file} can't be read.").format(file=file),
                _("Remove the file; each server's key is asked about again then."),
            ) from error

    def missing_host_key(self, hostname: str, key: PKey) -> None:
        """Take a key that was confirmed and remember it. Raises HostKeyUnknown for any other."""
        if key.fingerprint != self._confirmed:
            raise HostKeyUnknown(
                _("“{host}” shows the key {fingerprint}, which nobody has confirmed yet.").format(
                    host=self._address.host, fingerprint=key.fingerprint
                ),
                _("Ask whoever runs the server of {target} whether this is its key.").format(
                    target=self._title
                ),
                key.fingerprint,
            )
        self._remember(hostname, key)

    def changed(self, key: PKey, expected: PKey) -> None:
        """Take another key than before if it was confirmed. Raises HostKeyChanged otherwise."""
        if key.fingerprint != self._confirmed:
            raise HostKeyChanged(
                _("“{host}” shows the key {found}, not {expected} as before.").format(
                    host=self._address.host,
                    found=key.fingerprint,
                    expected=expected.fingerprint,
                ),
                _(
                    "Somebody may be in between; nothing was sent. Only whoever runs the server "
                    "of {target} can say whether its key was changed."
                ).format(target=self._title),
                key.fingerprint,
            )
        self._remember(self._name(), key, is_only_one=True)

    def _name(self) -> str:
        port = self._address.port or _SSH_PORT
        return self._address.host if port == _SSH_PORT else f"[{self._address.host}]:{port}"

    def _remember(self, name: str, key: PKey, *, is_only_one: bool = False) -> None:
        """Put a key in the file as that is now: another delivery may have put its own there."""
        import paramiko  # noqa: PLC0415  only while delivering

        with changing(known_hosts_file()):
            keys = paramiko.HostKeys()
            self.load_into(keys)
            if is_only_one:
                for entry in [entry for entry in keys._entries if name in entry.hostnames]:
                    keys._entries.remove(entry)
            keys.add(name, key.get_name(), key)
            self._write(keys)

    def _write(self, keys: HostKeys) -> None:
        lines = "".join(
            f"{host} {kind} {keys[host][kind].get_base64()}\n"
            for host in keys
            for kind in keys[host]
        )
        try:
            file = known_hosts_file()
            file.parent.mkdir(parents=True, exist_ok=True)
            write_file(file, lines.encode(), private=True)
        except OSError as error:
            raise network_problem(self._title, self._address.host, error) from error
