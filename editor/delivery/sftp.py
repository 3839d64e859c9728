"""A folder of a server as a target, over SFTP.

A file is stored out of sight and shown by a rename, so readers get an old file or a new one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editor.core.target_address import TargetAddress
from editor.delivery.credentials import Credentials
from editor.delivery.file_system import FileSystemRemote, checked_chunks, parents
from editor.delivery.host_keys import HostKeyRule
from editor.delivery.network_problems import no_room
from editor.delivery.remote import PRIVATE_FOLDER, LocalFile, RemoteFile, Switching
from editor.delivery.sftp_problems import known_sftp_problems
from editor.errors import CredentialsNeeded
from editor.i18n import _

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SECONDS = 60
_PART = ".part"
_CHUNK = 1 << 18
"""Bytes between two chances to cancel; the library sends them in packets of 32 KiB."""


class SftpRemote(FileSystemRemote):
    """A `Remote` for a folder of a server."""

    switching = Switching.BY_FILE

    def __init__(
        self, title: str, address: TargetAddress, credentials: Credentials, rule: HostKeyRule
    ) -> None:
        folder, _slash, name = address.path.rpartition("/")
        zip_name = name if address.is_zip else ""
        super().__init__(title, (folder or "/") if address.is_zip else address.path, zip_name)
        self._address = address
        self._credentials = credentials
        self._rule = rule
        self._folders = {""}
        self._waiting: dict[str, RemoteFile] = {}

    def connect(self) -> AbstractFileSystem:
        """Connect and log in. Raises HostKeyUnknown, HostKeyChanged, CredentialsNeeded."""
        from editor.delivery.sftp_system import SftpSystem  # noqa: PLC0415  only while delivering

        # What a library writes to its log is for nobody's terminal.
        logging.getLogger("paramiko").addHandler(logging.NullHandler())
        return SftpSystem(
            self._address.host,
            rule=self._rule,
            skip_instance_cache=True,
            **ssh_options(self.title, self._address, self._credentials),
        )

    def disconnect(self, system: Any) -> None:
        """Close the connection."""
        self._folders, self._waiting = {""}, {}
        system.client.close()

    def known_problems(self, path: str = "") -> AbstractContextManager[None]:
        """Turn what the server answers into a DeliveryError."""
        return known_sftp_problems(self.title, self._address, path)

    def stored(self) -> Mapping[str, int]:
        """Return what waits out of sight: a file that was cut is shorter than it should be."""
        with self.known_problems():
            try:
                infos = self.system.ls(self.place_of(PRIVATE_FOLDER), detail=True)
            except FileNotFoundError:
                return {}
        for info in infos:
            name = info["name"].rpartition("/")[2]
            if name.endswith(_PART):
                self._waiting[name.removesuffix(_PART)] = self.listed(info)
        return {token: file.size for token, file in self._waiting.items()}

    def begin(self) -> None:
        """Do nothing: a file that was cut is written again."""

    def store(self, file: LocalFile, on_bytes: Callable[[int], None]) -> RemoteFile | None:
        """Write a file out of sight. Raises DeliveryError where not all of it arrived."""
        place = self._waiting_place(file)
        with self.known_problems(file.path):
            self._make_folder(PRIVATE_FOLDER)
            with self.system.open(place, "wb", block_size=0) as target:
                target.set_pipelined(True)
                for chunk in checked_chunks(file, _CHUNK):
                    target.write(chunk)
                    on_bytes(len(chunk))
            there = self.listed(self.system.info(place))
            if there.size != file.size:
                raise no_room(self.title)
        self._waiting[file.token] = there
        return None

    def create(self, file: LocalFile) -> bool:
        """Make a file if there is none; the server does that in one step."""
        with self.known_problems(file.path):
            self._make_folder(file.path.rpartition("/")[0])
            place, data = self.place_of(file.path), file.source.read_bytes()
            return bool(self.system.create_file(place, data))

    def show(self, file: LocalFile) -> RemoteFile | None:
        """Rename a file to what readers know, in place of the one that is there."""
        with self.known_problems(file.path):
            self._make_folder(file.path.rpartition("/")[0])
            self.system.mv(self._waiting_place(file), self.place_of(file.path))
        return self._waiting.pop(file.token, None)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then."""
        self._folders = {""}
        super().remove(paths)

    def finish(self) -> None:
        """Remove what an earlier delivery stored and nobody wants any longer."""
        for token in self.stored():
            with self.known_problems(), suppress(FileNotFoundError):
                self.system.rm_file(self.place_of(f"{PRIVATE_FOLDER}/{token}{_PART}"))
        self._waiting = {}

    def _waiting_place(self, file: LocalFile) -> str:
        return self.place_of(f"{PRIVATE_FOLDER}/{file.token}{_PART}")

    def _make_folder(self, folder: str) -> None:
        for path in reversed([*([folder] if folder else []), *parents(folder)]):
            if path not in self._folders:
                self.system.make_folder(self.place_of(path))
                self._folders.add(path)


def ssh_options(title: str, address: TargetAddress, given: Credentials) -> dict[str, Any]:
    """Return paramiko's options to connect to a server and to log in there.

    That is with a key file, a password, or the keys of an agent. Raises CredentialsNeeded.
    """
    options: dict[str, Any] = {
        "port": address.port or 22,
        "username": address.user or given.user or None,
        "timeout": _SECONDS,
        "banner_timeout": _SECONDS,
        "auth_timeout": _SECONDS,
        "channel_timeout": _SECONDS,
        "look_for_keys": False,
        "allow_agent": not (given.key_file or given.secret),
    }
    if given.key_file:
        return options | {"pkey": _key(title, Path(given.key_file).expanduser(), given.secret)}
    return options | ({"password": given.secret} if given.secret else {})


def _key(title: str, file: Path, passphrase: str) -> Any:
    from editor.delivery.sftp_system import load_key  # noqa: PLC0415  only while delivering

    try:
        key = load_key(file, passphrase)
    except OSError:
        raise CredentialsNeeded(
            _("{target}: there is no key file {file}.").format(target=title, file=file),
            _("Give the path of a private key on this computer."),
        ) from None
    if key is None:
        raise CredentialsNeeded(
            _("{target}: the key file {file} does not open with this passphrase.").format(
                target=title, file=file
            ),
            _("Give its passphrase, or another private key."),
        )
    return key
