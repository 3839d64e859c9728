"""Parts that are kept: what was put, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.store.exports.kept_file import KeptFile
from editor.store.exports.parts import KeptParts


@pytest.fixture
def file(tmp_path: Path) -> Iterator[KeptFile]:
    kept = KeptFile(tmp_path / "post.desk")
    yield kept
    kept.close()


def test_part_that_was_never_put_is_not_kept(file: KeptFile) -> None:
    parts = KeptParts(file)
    parts.put("body", b"key", b"<p>")
    assert parts.get("body", b"other") is None
    assert parts.get("head", b"key") is None
    parts.flush()
    assert parts.get("body", b"other") is None
    assert parts.get("head", b"key") is None
    assert parts.get("bodyk", b"ey") is None


@pytest.mark.parametrize("place", [0, 1, 2_999, 5_999])
def test_part_with_a_flipped_byte_is_not_kept(file: KeptFile, place: int) -> None:
    parts, data = KeptParts(file), os.urandom(6_000)
    parts.put("body", b"key", data)
    parts.put("body", b"other", data)
    parts.flush()
    assert parts.get("body", b"key") == data
    flipped = bytearray(data)
    flipped[place] ^= 1
    file.write(
        lambda raw: raw.execute(
            "UPDATE parts SET data = ? WHERE id = (SELECT min(id) FROM parts)", (bytes(flipped),)
        )
    )
    assert sorted([parts.get("body", b"key") or b"", parts.get("body", b"other") or b""]) == [
        b"",
        data,
    ]


def test_row_of_another_part_is_not_kept(file: KeptFile) -> None:
    parts = KeptParts(file)
    parts.put("body", b"key", b"<p>")
    parts.flush()
    file.write(lambda raw: raw.execute("UPDATE parts SET name = ?", (bytes(32),)))
    assert parts.get("body", b"key") is None


@pytest.mark.parametrize("data", [b"", b"\0", b"<p>\xc3\xa9</p>", bytes(3 << 20)])
def test_part_comes_back_as_it_was(file: KeptFile, data: bytes) -> None:
    parts = KeptParts(file)
    parts.put("body", b"key", b"older")
    parts.put("body", b"key", data)
    assert parts.get("body", b"key") == data
    parts.flush()
    assert parts.get("body", b"key") == data
    assert KeptParts(file).get("body", b"key") == data


def test_much_is_written_before_it_fills_the_memory(file: KeptFile) -> None:
    parts = KeptParts(file)
    for number in range(9):
        parts.put("body", b"%d" % number, bytes(1 << 20))
    assert KeptParts(file).get("body", b"0") is not None
    assert KeptParts(file).get("body", b"8") is not None


def test_parts_used_longest_ago_are_removed(
    file: KeptFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_800_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    parts = KeptParts(file, most=10_000)
    for number in range(10):
        parts.put("body", b"%d" % number, bytes(1_000))
    parts.flush()
    now += 2 * 24 * 60 * 60
    for number in (0, 7):
        assert parts.get("body", b"%d" % number) is not None
    parts.flush()
    now += 2 * 24 * 60 * 60
    for number in range(10, 15):
        parts.put("body", b"%d" % number, bytes(1_000))
    parts.flush()
    left = {number for number in range(15) if parts.get("body", b"%d" % number) is not None}
    assert len(left) == 10
    assert left >= {0, 7, 10, 11, 12, 13, 14}


def test_parts_of_one_day_stay_within_the_bound(file: KeptFile) -> None:
    parts = KeptParts(file, most=10_000)
    for number in range(100):
        parts.put("body", b"%d" % number, bytes(1_000))
        parts.flush()
    rows = file.read(lambda raw: raw.execute("SELECT count(*) FROM parts").fetchone(), None)
    uses = file.read(lambda raw: raw.execute("SELECT count(*) FROM part_uses").fetchone(), None)
    assert rows == uses == (10,)


def test_ten_thousand_parts_take_a_statement_each_and_one_transaction(file: KeptFile) -> None:
    parts = KeptParts(file)
    keys = [b"%d" % number for number in range(10_000)]
    statements: list[str] = []
    file.read(lambda raw: raw.set_trace_callback(statements.append), None)
    for key in keys:
        parts.put("body", key, b"x" * 100)
    parts.flush()
    assert sum(statement.startswith("BEGIN") for statement in statements) == 1
    statements.clear()
    assert all(parts.get("body", key) for key in keys)
    assert len(statements) == 10_000
