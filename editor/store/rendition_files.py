"""The folder of encoded pictures that were made once: bounded, each file whole or not at all.

It may be emptied at any time: what is not there is made again, and the bytes are the same.
Whoever can write the personal files could put another picture into it, as they could change
Stonehand itself; whoever can write a desk's folder alone can't reach it.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from editor.files import PRIVATE_FOLDER, write_unsynced
from editor.log import log

_DIGEST_BYTES = 32
_TRIMMED_TO = 0.9


class RenditionFiles:
    """Bytes by name. Several processes may share a folder.

    Each file begins with the SHA-256 of its content: what was altered, or spoilt by a power
    cut, is not given out. Above `most_bytes` the files go that were not read for longest.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._bytes = -1  # not counted yet
        self.is_writable = True
        """Whether the last file could be written."""

    def has(self, name: str) -> bool:
        """Whether there is a file of this name; its content is not looked at."""
        return (self._folder / name).is_file()

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a name; None where there are none that are whole."""
        path = self._folder / name
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        data = kept[_DIGEST_BYTES:]
        if sha256(data).digest() != kept[:_DIGEST_BYTES]:
            log.warning("A rendition was damaged, and is made again: %s", name)
            return None
        with suppress(OSError):  # another process may have removed it meanwhile
            os.utime(path)
        return data

    def write(self, name: str, data: bytes) -> None:
        """Keep the bytes of a name. A disk that refuses is no error: they are made again."""
        try:
            self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            write_unsynced(self._folder / name, sha256(data).digest() + data)
        except OSError as error:
            if self.is_writable:
                log.warning("Nothing can be kept in %s: %s", self._folder.name, error.strerror)
            self.is_writable = False
            return
        self.is_writable = True
        with self._lock:
            self._bytes = (
                sum(size for _time, size, _path in self._files())
                if self._bytes < 0
                else self._bytes + len(data) + _DIGEST_BYTES
            )
            if self._bytes > self._most_bytes:
                self._trim()

    def _trim(self) -> None:
        """Remove the files that were not read for longest, until a tenth of the room is free."""
        files = sorted(self._files())
        left = sum(size for _time, size, _path in files)
        for _time, size, path in files:
            if left <= self._most_bytes * _TRIMMED_TO:
                break
            with suppress(OSError):
                path.unlink()
                left -= size
        self._bytes = left

    def _files(self) -> list[tuple[int, int, Path]]:
        """Return when each file was last read, in nanoseconds, its size and its path."""
        found = []
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    found.append((status.st_mtime_ns, status.st_size, Path(entry.path)))
        return found
