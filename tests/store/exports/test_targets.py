"""The files of targets: as they were left, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.core.export_memory import FileRecord, TargetStore
from editor.store.exports.kept_file import KeptFile, folder
from editor.store.exports.targets import KeptTargets

SITE = "/home/mara/site"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[KeptFile]:
    kept = KeptFile(tmp_path / "post.desk")
    yield kept
    kept.close()


def record(number: int) -> FileRecord:
    return FileRecord(bytes([number % 256]) * 32, f"{number:064x}", number, 10**18 + number)


def files(count: int) -> dict[str, FileRecord]:
    return {f"stories/story-{number}.html": record(number) for number in range(count)}


def test_unknown_target_has_no_files_and_makes_none(file: KeptFile) -> None:
    targets: TargetStore = KeptTargets(file)
    assert targets.read(SITE) == {}
    assert not folder().exists()


def test_files_come_back_as_they_were(file: KeptFile) -> None:
    targets = KeptTargets(file)
    targets.write(SITE, files(1_000), ())
    targets.write("/home/mara/api", files(3), ())
    assert targets.read(SITE) == files(1_000)
    assert targets.read("/home/mara/api") == files(3)
    first = next(iter(targets.read(SITE).values()))
    assert isinstance(first, FileRecord)


def test_only_what_changed_is_written(file: KeptFile) -> None:
    targets = KeptTargets(file)
    targets.write(SITE, files(1_000), ())
    statements: list[str] = []
    file.read(lambda raw: raw.set_trace_callback(statements.append), None)
    targets.write(SITE, {"stories/story-5.html": record(7)}, ["stories/story-6.html", "none"])
    written = [line for line in statements if line.startswith("INSERT OR REPLACE INTO blocks")]
    assert len(written) <= 3
    expected = files(1_000) | {"stories/story-5.html": record(7)}
    del expected["stories/story-6.html"]
    assert targets.read(SITE) == expected


@pytest.mark.parametrize("table", ["blocks", "heads"])
@pytest.mark.parametrize("place", [0, 40, -1])
def test_files_with_a_flipped_byte_are_none(file: KeptFile, table: str, place: int) -> None:
    targets = KeptTargets(file)
    targets.write(SITE, files(300), ())

    def flip(raw: object) -> None:
        rowid = "owner" if table == "heads" else "rowid"
        ((row, data),) = raw.execute(f"SELECT {rowid}, data FROM {table} LIMIT 1")  # type: ignore[attr-defined]
        data = bytearray(data)
        data[place] ^= 1
        raw.execute(f"UPDATE {table} SET data = ? WHERE {rowid} = ?", (bytes(data), row))  # type: ignore[attr-defined]

    file.write(flip)
    assert targets.read(SITE) == {}
    targets.write(SITE, files(3), ())
    assert targets.read(SITE) == files(3)


def test_files_of_which_some_are_older_are_none(file: KeptFile) -> None:
    """As after a power cut: one block was written, and another not."""
    targets = KeptTargets(file)
    targets.write(SITE, files(300), ())
    block = "FROM blocks ORDER BY number LIMIT 1"
    older = file.read(lambda raw: raw.execute(f"SELECT * {block}").fetchone(), None)
    targets.write(SITE, {name: record(9) for name in files(300)}, ())
    file.write(lambda raw: raw.execute("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", older))
    assert targets.read(SITE) == {}


def test_one_file_is_found_without_reading_the_others(file: KeptFile) -> None:
    targets = KeptTargets(file)
    assert targets.find(SITE, "index.html") is None
    targets.write(SITE, files(1_000), ())
    statements: list[str] = []
    file.read(lambda raw: raw.set_trace_callback(statements.append), None)
    assert targets.find(SITE, "stories/story-5.html") == record(5)
    assert targets.find(SITE, "stories/story-1000.html") is None
    assert not [line for line in statements if "blocks" in line and "number =" not in line]


def test_file_of_a_damaged_block_is_not_found(file: KeptFile) -> None:
    targets = KeptTargets(file)
    targets.write(SITE, files(3), ())
    file.write(lambda raw: raw.execute("UPDATE blocks SET data = x'80'"))
    assert targets.find(SITE, "stories/story-1.html") is None
