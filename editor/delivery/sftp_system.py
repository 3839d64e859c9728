"""SFTP of fsspec with our own rule for the keys of servers. Import it only while delivering."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from editor.delivery.host_keys import HostKeyRule
from editor.files import open_file


class _Policy(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # paramiko has no types
    """Asks the rule about a server that is not known."""

    def __init__(self, rule: HostKeyRule) -> None:
        self._rule = rule

    def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
        self._rule.missing_host_key(hostname, key)


class SftpSystem(SFTPFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Connects only to servers that somebody confirmed; `options` are paramiko's for `connect`."""

    def __init__(self, host: str, rule: HostKeyRule, **options: Any) -> None:
        self._rule = rule
        super().__init__(host, **options)

    def _connect(self) -> None:
        self.ssh_kwargs.pop("skip_instance_cache", None)
        self.client = open_ssh(self.host, self._rule, **self.ssh_kwargs)
        try:
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(self.ssh_kwargs["timeout"])
        except BaseException:
            self.client.close()
            raise

    def make_folder(self, place: str) -> None:
        """Make a folder; one that is there is no fault."""
        try:
            self.ftp.mkdir(place)
        except OSError:
            with suppress(FileNotFoundError):
                if stat.S_ISDIR(self.ftp.stat(place).st_mode or 0):
                    return
            raise

    def create_file(self, place: str, data: bytes) -> bool:
        """Write a file if there is none; return whether there was none."""
        try:
            file = self.ftp.open(place, "wx")
        except OSError:
            with suppress(FileNotFoundError):
                self.ftp.stat(place)
                return False
            raise
        with file:
            file.write(data)
        return True

    def rm_file(self, path: str) -> None:
        """Remove a file."""
        self.ftp.remove(path)


def open_ssh(host: str, rule: HostKeyRule, **options: Any) -> paramiko.SSHClient:
    """Connect to a server that somebody confirmed. Raises what paramiko and the rule raise."""
    client = _client(rule)
    try:
        try:
            client.connect(host, **options)
        except paramiko.BadHostKeyException as error:
            rule.changed(error.key, error.expected_key)
            client.close()
            client = _client(rule)
            client.connect(host, **options)
    except BaseException:
        client.close()
        raise
    return client


def _client(rule: HostKeyRule) -> paramiko.SSHClient:
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_Policy(rule))
    rule.load_into(client.get_host_keys())
    return client


def load_key(file: Path, passphrase: str) -> Any:
    """Return the private key in a file; None where the passphrase does not open it.

    Raises OSError for what is no file.
    """
    open_file(file).close()  # it would wait for a pipe
    try:
        return paramiko.PKey.from_path(file, passphrase.encode() or None)
    except (paramiko.SSHException, paramiko.UnknownKeyType, ValueError, TypeError):
        return None
