"""Parts of pages and facts about texts, kept by their input keys."""

from __future__ import annotations

import threading
import time
import zlib
from hashlib import sha256
from typing import Any

from editor.store.exports.kept_file import KeptFile

MOST_BYTES = 1 << 30
"""Bytes of all parts: the bodies and facts of some 100,000 stories, as large a desk as we promise.

More would fill a small disk with what can be made again."""

_AT_ONCE = 8 << 20
"""Bytes that wait in memory before they are written."""
_DAY = 24 * 60 * 60

_GET = "SELECT name, sum, data FROM parts WHERE id = ?"
_PUT = "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)"
_USED = "UPDATE part_uses SET day = ? WHERE id = ? AND day < ?"
_COUNT = "INSERT OR REPLACE INTO part_uses VALUES (?, ?, ?)"
_OLDEST = "SELECT id, size FROM part_uses ORDER BY day, id"


class KeptParts:
    """A `PartStore` in a file. What is put is written some at once: `flush` writes the rest.

    A part whose bytes are not as they were put counts as not kept. Those used longest ago,
    by days, are removed when there are more than `most` bytes. Safe between threads.
    """

    def __init__(self, file: KeptFile, most: int = MOST_BYTES) -> None:
        self._file = file
        self._most = most
        self._lock = threading.Lock()
        self._new: dict[bytes, bytes] = {}
        self._waiting = 0
        self._used: set[int] = set()

    def get(self, kind: str, key: bytes) -> bytes | None:
        """Return a part; None where it is not kept, or not as it was put."""
        name = _name(kind, key)
        if (waiting := self._new.get(name)) is not None:
            return waiting
        id = _id(name)
        found = self._file.read(lambda raw: raw.execute(_GET, (id,)).fetchone(), None)
        if found is None or found[0] != name or found[1] != _sum(found[2]):
            return None
        self._used.add(id)
        return bytes(found[2])

    def put(self, kind: str, key: bytes, data: bytes) -> None:
        """Keep a part."""
        with self._lock:
            self._new[_name(kind, key)] = data
            self._waiting += len(data)
        if self._waiting > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what was put, and which parts were used; remove what is too much."""
        with self._lock:
            new, self._new, self._waiting = self._new, {}, 0
            used, self._used = self._used, set()
        if new or used:
            self._file.write(lambda raw: self._write(raw, new, used))

    def _write(self, raw: Any, new: dict[bytes, bytes], used: set[int]) -> None:
        today = int(time.time()) // _DAY
        raw.executemany(_PUT, ((_id(name), name, _sum(data), data) for name, data in new.items()))
        raw.executemany(_COUNT, ((_id(name), today, len(data)) for name, data in new.items()))
        raw.executemany(_USED, ((today, id, today) for id in sorted(used)))
        if new:
            self._remove_oldest(raw)

    def _remove_oldest(self, raw: Any) -> None:
        (total,) = raw.execute("SELECT total(size) FROM part_uses").fetchone()
        removed = []
        for id, size in raw.execute(_OLDEST):
            if total <= self._most:
                break
            total -= size
            removed.append((id,))
        for table in ("parts", "part_uses"):
            raw.executemany(f"DELETE FROM {table} WHERE id = ?", removed)  # noqa: S608  ours


def _name(kind: str, key: bytes) -> bytes:
    return sha256(b"%s\0%s" % (kind.encode(), key)).digest()


def _id(name: bytes) -> int:
    """The row of a part: rows are found faster than names."""
    return int.from_bytes(name[:8], "big", signed=True)


def _sum(data: bytes) -> int:
    return zlib.crc32(data)
