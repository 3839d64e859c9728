"""Git over SSH, to servers that somebody confirmed. Import it only while delivering."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import IO, Any, TypeVar

import paramiko
from dulwich.client import SSHGitClient, SSHVendor
from dulwich.errors import HangupException
from dulwich.protocol import Protocol

from editor.core.target_address import TargetAddress
from editor.delivery.credentials import Credentials
from editor.delivery.host_keys import HostKeyRule
from editor.delivery.sftp import ssh_options
from editor.delivery.sftp_problems import known_sftp_problems
from editor.delivery.sftp_system import open_ssh

T = TypeVar("T")


class _Command:
    """A command that runs at a server: git reads from it and writes to it."""

    def __init__(self, client: paramiko.SSHClient, command: str, variables: dict[str, str]) -> None:
        self._client = client
        # The input is kept: without it paramiko ends what is written.
        self._input, output, _errors = client.exec_command(command, environment=variables)
        self._channel = output.channel
        self._output = output
        self.stderr = self._channel.makefile_stderr("rb")

    def read(self, count: int) -> bytes:
        """Return so many bytes, fewer at the end."""
        return _unless_cut(lambda: bytes(self._output.read(count)))

    def write(self, data: bytes) -> None:
        """Send bytes."""
        _unless_cut(lambda: self._channel.sendall(data))

    def can_read(self) -> bool:
        """Return whether there is something to read already."""
        return bool(self._channel.recv_ready())

    def close(self) -> None:
        """End the command and the connection."""
        self._channel.close()
        self._client.close()


class _Ssh(SSHVendor):
    """Connects as SFTP does, with the same rule for the keys of servers."""

    def __init__(
        self, title: str, address: TargetAddress, credentials: Credentials, confirmed_key: str
    ) -> None:
        self._title = title
        self._address = address
        self._credentials = credentials
        self._rule = HostKeyRule(title, address, confirmed_key)

    def run_command(self, host: str, command: bytes, *_arguments: Any, **_options: Any) -> Any:
        """Run git's command at a server."""
        # What a library writes to its log is for nobody's terminal.
        logging.getLogger("paramiko").addHandler(logging.NullHandler())
        with known_sftp_problems(self._title, self._address, self._address.path):
            options = ssh_options(self._title, self._address, self._credentials)
            client = open_ssh(host, self._rule, **options)
            # Servers that let git say so leave out what is not asked for.
            variables = {"GIT_PROTOCOL": "version=2"} if b"upload-pack" in command else {}
            return _Command(client, command.decode(), variables)


class SshBranchClient(SSHGitClient):
    """Speaks git's protocol over SSH; it connects later."""

    def __init__(
        self, title: str, address: TargetAddress, credentials: Credentials, confirmed_key: str
    ) -> None:
        ssh = _Ssh(title, address, credentials, confirmed_key)
        super().__init__(address.host, vendor=ssh)
        self._connections: list[Protocol] = []

    def _connect(
        self, cmd: bytes, path: str | bytes, protocol_version: int | None = None
    ) -> tuple[Protocol, Callable[[], bool], IO[bytes] | None]:
        """Connect, and remember that: dulwich leaves open what breaks at the beginning."""
        connection = super()._connect(cmd, path, protocol_version)
        self._connections.append(connection[0])
        return connection

    def close(self) -> None:
        """Close every connection."""
        for connection in self._connections:
            connection.close()
        super().close()


def _unless_cut(work: Callable[[], T]) -> T:
    try:
        return work()
    except (paramiko.SSHException, OSError):
        raise HangupException from None
