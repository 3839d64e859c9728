"""What targets behind the file systems of fsspec have in common."""

from __future__ import annotations

import hashlib
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from editor.delivery.network_problems import changed_here, too_long
from editor.delivery.remote import PRIVATE_FOLDER, LocalFile, RemoteFile, Switching
from editor.formats.sums import UNREADABLE_ZIP, zip_prefix

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

CHUNK = 1 << 20
"""How many bytes are sent between two chances to cancel."""


def checked_chunks(file: LocalFile, size: int = CHUNK) -> Iterator[bytes]:
    """Yield a file in parts; raise DeliveryError at its end if it is not what it was."""
    check = hashlib.sha256()
    try:
        source = file.source.open("rb")
    except OSError:
        raise changed_here(file.path) from None
    with source:
        while chunk := source.read(size):
            check.update(chunk)
            yield chunk
    if check.hexdigest() != file.sha256:
        raise changed_here(file.path)


class FileSystemRemote(ABC):
    """A `Remote` over a file system of fsspec. `root` is the target's folder there.

    `zip_name` is the name of the one file that is delivered, empty for the files of an export.
    """

    switching = Switching.IN_PLACE

    def __init__(self, title: str, root: str, zip_name: str = "") -> None:
        self.title = title
        self.root = root
        self.zip_name = zip_name
        self._system: AbstractFileSystem | None = None

    @property
    def system(self) -> AbstractFileSystem:
        """The connection."""
        if self._system is None:
            with self.known_problems():
                self._system = self.connect()
        return self._system

    @abstractmethod
    def connect(self) -> AbstractFileSystem:
        """Return a connection. What it raises goes through `known_problems`."""

    @abstractmethod
    def disconnect(self, system: AbstractFileSystem) -> None:
        """Close a connection."""

    @abstractmethod
    def known_problems(self, path: str = "") -> AbstractContextManager[None]:
        """Turn what the library raises into a DeliveryError; `path` is the file it is about."""

    def __enter__(self) -> Self:
        _connected = self.system
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        system, self._system = self._system, None
        if system is not None:
            self.disconnect(system)

    def place_of(self, path: str) -> str:
        """Return where a file is in the file system."""
        return f"{self.root}/{path}" if self.root not in ("", "/") else f"{self.root}{path}"

    def listing(self) -> Mapping[str, RemoteFile]:
        """Return every file but those of a delivery under way; of a zip file only that."""
        with self.known_problems():
            if self.zip_name:
                return dict(self.list_file(self.zip_name))
            files = dict(self.list_files())
        return {
            path: file for path, file in files.items() if not path.startswith(f"{PRIVATE_FOLDER}/")
        }

    def list_files(self) -> Iterator[tuple[str, RemoteFile]]:
        """Yield every file with its path, a request for each folder."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            for info in self.system.ls(self.place_of(folder).rstrip("/") or "/", detail=True):
                path = folder + info["name"].rstrip("/").rpartition("/")[2]
                if info["type"] == "directory":
                    waiting.append(f"{path}/")
                else:
                    yield path, self.listed(info)

    def list_file(self, path: str) -> Iterator[tuple[str, RemoteFile]]:
        """Yield one file, if it is there."""
        try:
            info = self.system.info(self.place_of(path))
        except FileNotFoundError:
            return
        if info["type"] != "directory":
            yield path, self.listed(info)

    def listed(self, info: Mapping[str, Any]) -> RemoteFile:
        """Return what a listing says of a file."""
        return RemoteFile(int(info["size"]), str(info.get("mtime") or info.get("created") or ""))

    def read(self, path: str, most: int) -> bytes | None:
        """Return a file's bytes, or those of one in the zip file; None where there is none."""
        with self.known_problems(path):
            is_in_zip = bool(self.zip_name) and not path.startswith(f"{PRIVATE_FOLDER}/")
            try:
                return self._read_in_zip(path, most) if is_in_zip else self._read(path, most)
            except FileNotFoundError:
                return None

    def stored(self) -> Mapping[str, int]:
        """Return nothing: what is written is seen."""
        return {}

    @abstractmethod
    def begin(self) -> None:
        """Begin a delivery, as `Remote.begin` says."""

    @abstractmethod
    def finish(self) -> None:
        """End the delivery, as `Remote.finish` says."""

    @abstractmethod
    def store(self, file: LocalFile, on_bytes: Callable[[int], None]) -> RemoteFile | None:
        """Send a file, as `Remote.store` says."""

    @abstractmethod
    def create(self, file: LocalFile) -> bool:
        """Store a file if there is none, as `Remote.create` says."""

    def show(self, file: LocalFile) -> RemoteFile | None:
        """Do nothing: what is written is seen."""
        return None

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then."""
        folders: set[str] = set()
        for path in paths:
            # Somebody may have removed it already.
            with self.known_problems(path), suppress(FileNotFoundError):
                self.system.rm_file(self.place_of(path))
            folders.update(parents(path))
        for folder in sorted(folders, key=lambda folder: folder.count("/"), reverse=True):
            with self.known_problems(folder):
                if not self.system.ls(self.place_of(folder), detail=False):
                    self.system.rmdir(self.place_of(folder))

    def _read(self, path: str, most: int) -> bytes:
        with self.system.open(self.place_of(path), "rb") as file:
            data: bytes = file.read(most + 1)
        if len(data) > most:
            raise too_long(self.title, path)
        return data

    def _read_in_zip(self, path: str, most: int) -> bytes | None:
        with self.system.open(self.place_of(self.zip_name), "rb") as file:
            try:
                with zipfile.ZipFile(file) as archive:
                    info = archive.getinfo(zip_prefix(archive.namelist()) + path)
                    if info.file_size > most:
                        raise too_long(self.title, path)
                    return archive.read(info)
            except (*UNREADABLE_ZIP, ValueError):  # fsspec seeks in no file that is too short
                return None


def parents(path: str) -> Iterator[str]:
    """Yield the folders that a file is in."""
    while path := path.rpartition("/")[0]:
        yield path
