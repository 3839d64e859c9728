"""Many small values by their names, in blocks: all are read at once, only what changed is written.

Each owner has a head beside its blocks, with the sum of each of them: after a power cut
some may be older than others, and one may be damaged. Then nothing of that owner counts.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from editor.store.exports.kept_file import KeptFile

_COUNT = 256
"""Blocks: of 10,000 stories each has some 40, so one that changes costs as little as a page."""

Value = TypeVar("Value")
Head = TypeVar("Head")

_READ_HEAD = "SELECT data FROM heads WHERE owner = ?"
_READ = "SELECT number, data FROM blocks WHERE owner = ?"
_READ_BLOCK = "SELECT data FROM blocks WHERE owner = ? AND number = ?"
_WRITE_HEAD = "INSERT OR REPLACE INTO heads VALUES (?, ?)"
_WRITE = "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)"


class _StoredHead(msgspec.Struct, array_like=True):
    """A head as it is stored: its own bytes, and the sum of each block, with the sum of both."""

    head: bytes
    sums: dict[int, int]
    sum: int


class KnownHead(NamedTuple, Generic[Head]):
    """A head, with bytes that are others after any change of it or of the values."""

    stamp: bytes
    head: Head
    sums: dict[int, int]


class _NotAsWritten(ValueError):
    """A head or a block is not as it was written."""


class BlockTable(Generic[Head, Value]):
    """The values and the head of an owner, of two types that msgspec writes."""

    def __init__(self, file: KeptFile, owner: str, head: type[Head], value: type[Value]) -> None:
        self._file = file
        self._owner = owner
        self._heads = msgspec.msgpack.Decoder(head)
        self._values: msgspec.msgpack.Decoder[dict[str, Value]] = msgspec.msgpack.Decoder(
            dict[str, value]  # type: ignore[valid-type]
        )
        self._encode = msgspec.msgpack.Encoder().encode

    def read_head(self) -> KnownHead[Head] | None:
        """The head; None where there is none, or not as it was written."""
        return self._file.read(self._head_on, None)

    def read(self) -> tuple[KnownHead[Head], dict[str, Value]] | None:
        """The head and all values; None where one is missing, or not as it was written."""
        return self._file.read(self._all_on, None)

    def find(self, name: str) -> Value | None:
        """One value; None where there is none, or its block is not as it was written."""

        def work(raw: Any) -> Value | None:
            raw.execute("BEGIN")
            try:
                known = self._head_on(raw)
                return self._block_on(raw, _number(name), known.sums).get(name) if known else None
            finally:
                raw.execute("ROLLBACK")

        return self._file.read(work, None)

    def replace(self, head: Head, values: Mapping[str, Value]) -> KnownHead[Head] | None:
        """Write the head and all values in the place of others; None where that failed."""
        blocks: dict[int, dict[str, Value]] = {}
        for name, value in values.items():
            blocks.setdefault(_number(name), {})[name] = value

        def work(raw: Any) -> KnownHead[Head]:
            raw.execute("DELETE FROM blocks WHERE owner = ?", (self._owner,))
            return self._write_on(raw, head, {}, blocks)

        return self._file.write(work)

    def update(
        self,
        head: Head,
        changed: Mapping[str, Value],
        removed: Collection[str] = (),
        base: bytes | None = None,
    ) -> KnownHead[Head] | None:
        """Write the head, the values that changed, and remove some; None where that failed.

        With a `base`, the stamp of the head that was read, also where it is another by now.
        """
        numbers = {_number(name) for name in (*changed, *removed)}

        def work(raw: Any) -> KnownHead[Head] | None:
            known = self._head_on(raw)
            if base is not None and (known is None or known.stamp != base):
                return None
            sums = known.sums if known else {}
            blocks = {number: self._block_on(raw, number, sums) for number in numbers}
            for name in removed:
                blocks[_number(name)].pop(name, None)
            for name, value in changed.items():
                blocks[_number(name)][name] = value
            return self._write_on(raw, head, sums, blocks)

        return self._file.write(work)

    def _write_on(
        self, raw: Any, head: Head, sums: dict[int, int], blocks: Mapping[int, dict[str, Value]]
    ) -> KnownHead[Head]:
        sums = dict(sums)
        for number, block in blocks.items():
            data = self._encode(block)
            sums[number] = zlib.crc32(data)
            raw.execute(_WRITE, (self._owner, number, data))
        data = self._encode(head)
        stored = self._encode(_StoredHead(data, sums, self._sum(data, sums)))
        raw.execute(_WRITE_HEAD, (self._owner, stored))
        return KnownHead(stored, head, sums)

    def _sum(self, head: bytes, sums: dict[int, int]) -> int:
        return zlib.crc32(head + self._encode(sums))

    def _head_on(self, raw: Any) -> KnownHead[Head] | None:
        row = raw.execute(_READ_HEAD, (self._owner,)).fetchone()
        if row is None:
            return None
        found = msgspec.msgpack.decode(row[0], type=_StoredHead)
        if found.sum != self._sum(found.head, found.sums):
            raise _NotAsWritten
        return KnownHead(bytes(row[0]), self._heads.decode(found.head), found.sums)

    def _block_on(self, raw: Any, number: int, sums: Mapping[int, int]) -> dict[str, Value]:
        row = raw.execute(_READ_BLOCK, (self._owner, number)).fetchone()
        if row is None and number not in sums:
            return {}
        return self._decode(number, row[0] if row else b"", sums)

    def _all_on(self, raw: Any) -> tuple[KnownHead[Head], dict[str, Value]] | None:
        raw.execute("BEGIN")
        try:
            known = self._head_on(raw)
            rows: Iterable[Any] = raw.execute(_READ, (self._owner,)).fetchall() if known else ()
        finally:
            raw.execute("ROLLBACK")
        if known is None:
            return None
        values: dict[str, Value] = {}
        for number, data in rows:
            values |= self._decode(number, data, known.sums)
        return known, values

    def _decode(self, number: int, data: bytes, sums: Mapping[int, int]) -> dict[str, Value]:
        if sums.get(number) != zlib.crc32(data):
            raise _NotAsWritten
        return self._values.decode(data)


def _number(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % _COUNT
