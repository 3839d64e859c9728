"""A target in memory that can be cut at any call; a test sees what readers see after each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Self

from editor.delivery.remote import PRIVATE_FOLDER, LocalFile, RemoteFile, Switching
from editor.errors import DeliveryError


class MemoryPlace:
    """What lasts between two connections."""

    def __init__(self, switching: Switching) -> None:
        self.switching = switching
        self.files: dict[str, bytes] = {}
        self.waiting: dict[str, bytes] = {}
        self.changes: dict[str, int] = {}
        self.stores: list[str] = []
        self.seen: list[dict[str, bytes]] = []

    def visible(self) -> dict[str, bytes]:
        """What readers get."""
        return {
            path: data for path, data in self.files.items() if not path.startswith(PRIVATE_FOLDER)
        }


class MemoryRemote:
    """A connection to a place, which is cut at the call with the number `cut`."""

    def __init__(self, place: MemoryPlace, cut: int = -1) -> None:
        self.place, self.cut, self.calls = place, cut, 0
        self.title = "“Website”"
        self.switching = place.switching
        self._coming: dict[str, bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def listing(self) -> Mapping[str, RemoteFile]:
        self._call()
        files = self.place.visible()
        self._coming = dict(files)
        return {path: self._listed(path) for path in files}

    def read(self, path: str, most: int) -> bytes | None:
        self._call()
        data = self.place.files.get(path)
        assert data is None or len(data) <= most
        return data

    def stored(self) -> Mapping[str, int]:
        self._call()
        return {token: len(data) for token, data in self.place.waiting.items()}

    def begin(self) -> None:
        self._call()

    def store(self, file: LocalFile, on_bytes: Callable[[int], None]) -> RemoteFile | None:
        self._call()
        data = file.source.read_bytes()
        on_bytes(len(data))
        if not file.path.startswith(PRIVATE_FOLDER):
            self.place.stores.append(file.path)
        if self.switching is Switching.IN_PLACE:
            self._put(file.path, data)
            return self._listed(file.path)
        self.place.waiting[file.token] = data
        return None

    def create(self, file: LocalFile) -> bool:
        self._call()
        if file.path in self.place.files:
            return False
        self._put(file.path, file.source.read_bytes())
        return True

    def show(self, file: LocalFile) -> RemoteFile | None:
        self._call()
        if self.switching is Switching.AT_ONCE:
            assert self._coming is not None
            self._coming[file.path] = self.place.waiting.pop(file.token)
            return None
        self._put(file.path, self.place.waiting.pop(file.token))
        return self._listed(file.path)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._call()
            if self.switching is Switching.AT_ONCE and self._coming is not None:
                self._coming.pop(path, None)
            else:
                self.place.files.pop(path, None)
                self.place.seen.append(self.place.visible())

    def finish(self) -> None:
        self._call()
        if self.switching is Switching.AT_ONCE and self._coming is not None:
            self.place.files = self._coming
            self.place.seen.append(self.place.visible())

    def _put(self, path: str, data: bytes) -> None:
        self.place.files[path] = data
        self.place.changes[path] = self.place.changes.get(path, 0) + 1
        self.place.seen.append(self.place.visible())

    def _listed(self, path: str) -> RemoteFile:
        tag = "" if self.switching is Switching.AT_ONCE else str(self.place.changes.get(path, 0))
        return RemoteFile(len(self.place.files[path]), tag)

    def _call(self) -> None:
        self.calls += 1
        if self.calls == self.cut:
            raise DeliveryError("The connection to “Website” was cut.", "Send again.")
