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

if TYPE_CHECKING:
    from paramiko import HostKeys, PKey, SSHClient

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

    def load_into(self, client: SSHClient) -> None:
        """Let a client know the confirmed keys. Raises DeliveryError for a broken file."""
        file = known_hosts_file()
        if not file.exists():
            return
        try:
            client.load_host_keys(str(file))
        except (OSError, ValueError) as error:
            raise DeliveryError(
                _("The keys of servers in {file} can't be read.").format(file=file),
                _("Remove the file; each server's key is asked about again then."),
            ) from error

    def missing_host_key(self, client: SSHClient, hostname: str, key: PKey) -> None:
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
        self._remember(client.get_host_keys(), hostname, key)

    def changed(self, client: SSHClient, key: PKey, expected: PKey) -> None:
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
        keys = client.get_host_keys()
        name = self._name()
        for entry in [entry for entry in keys._entries if name in entry.hostnames]:
            keys._entries.remove(entry)
        self._remember(keys, name, key)

    def _name(self) -> str:
        port = self._address.port or _SSH_PORT
        return self._address.host if port == _SSH_PORT else f"[{self._address.host}]:{port}"

    def _remember(self, keys: HostKeys, name: str, key: PKey) -> None:
        keys.add(name, key.get_name(), key)
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
