"""The bytes of an entry of a zip file: those that its header says, and no others."""

from __future__ import annotations

import io
import os
import threading
import weakref
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from editor.formats.verify.zip_layout import (
    DEFLATED,
    STORED,
    ZipEntry,
    ambiguous,
    read_entries,
)
from editor.i18n import _

_CHUNK = 1 << 16
_KNOWN_FLAGS = 0x080E
"""Flags that say nothing of a password: speed, sizes after the entry, UTF-8 (4.4.4)."""


class SharedFile:
    """A zip file that several threads read; it is closed at the latest with the last reader."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises OSError."""
        self.path = path
        self._file = path.open("rb")
        self._lock = threading.Lock()
        weakref.finalize(self, self._file.close)
        self.size = self._file.seek(0, os.SEEK_END)

    def entries(self, most: int) -> Sequence[ZipEntry]:
        """Return the entries. Raises as `read_entries` does."""
        with self._lock:
            return read_entries(self.path, self._file, most)

    def read(self, at: int, size: int) -> bytes:
        """Read so many bytes at a place. Raises OSError, BadZipFile where there are fewer."""
        with self._lock:
            self._file.seek(at)
            data = self._file.read(size)
        if len(data) != size:
            raise BadZipFile("cut off while it was read")
        return data

    def close(self) -> None:
        """Close it; nothing of it can be read any more."""
        self._file.close()


def open_entry(file: SharedFile, entry: ZipEntry) -> IO[bytes]:
    """Open an entry, as a file that can be sought in. Raises BadZipFile.

    Reading it raises BadZipFile, zlib.error or OSError for what is damaged; and BadInput where
    a program that looks for the entry's end finds another one, and perhaps another file after it.
    """
    if entry.method not in (STORED, DEFLATED) or entry.flags & ~_KNOWN_FLAGS:
        raise BadZipFile("encrypted, or packed in a way we never use")
    return io.BufferedReader(_EntryReader(file, entry), _CHUNK)


class _EntryReader(io.RawIOBase):
    """Reads an entry once, from its start on, and checks that it is all there."""

    def __init__(self, file: SharedFile, entry: ZipEntry) -> None:
        self._file = file
        self._entry = entry
        self._rewind()

    def _rewind(self) -> None:
        self._at = 0
        self._crc = 0
        self._packed_at = 0
        self._waiting = b""
        self._stream: Any = zlib.decompressobj(-zlib.MAX_WBITS)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        target = offset + {os.SEEK_CUR: self._at, os.SEEK_END: self._entry.size}.get(whence, 0)
        if target < self._at:
            self._rewind()
        while self._at < target and self._next(min(_CHUNK, target - self._at)):
            pass
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        """Return up to so many bytes; none at the end, which is checked."""
        data = self._inflated(size) if self._entry.method == DEFLATED else self._packed(size)
        self._at += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if self._at > self._entry.size or (not data and size and not self._is_right()):
            raise BadZipFile("another size or checksum than its header has")
        return data

    def _is_right(self) -> bool:
        return (self._at, self._crc) == (self._entry.size, self._entry.crc)

    def _inflated(self, size: int) -> bytes:
        data = b""
        while not data and size and not self._stream.eof:
            packed = self._waiting or self._packed(_CHUNK)
            # Without more of it, there may be more of what it unpacks to.
            data = self._stream.decompress(packed, size)
            self._waiting = self._stream.unconsumed_tail
            if not (packed or data or self._stream.eof):
                raise BadZipFile("ends in the middle")
        if self._stream.eof and (self._stream.unused_data or self._packed_at < self._entry.packed):
            raise _longer(self._file.path, self._entry)
        return data

    def _packed(self, size: int) -> bytes:
        size = min(size, self._entry.packed - self._packed_at)
        data = self._file.read(self._entry.start + self._packed_at, size)
        self._packed_at += size
        return data


def _longer(path: Path, entry: ZipEntry) -> Exception:
    sentence = _("{name} has something after the end of its compressed bytes.")
    return ambiguous(path, sentence.format(name=entry.name))
