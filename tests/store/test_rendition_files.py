"""Kept renditions are whole or made again, bounded, and never a reason to fail."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from editor.store.rendition_files import RenditionFiles

DIGEST = 32


def kept(folder: Path, most_bytes: int = 1_000_000) -> RenditionFiles:
    return RenditionFiles(folder / "kept", most_bytes)


def test_nothing_is_read_where_nothing_was_written(tmp_path: Path) -> None:
    files = kept(tmp_path)
    assert files.read("a") is None
    assert not files.has("a")
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("data", [b"", b"x", b"\0" * 100_000])
def test_bytes_read_back_in_another_process_too(tmp_path: Path, data: bytes) -> None:
    kept(tmp_path).write("a", data)
    assert kept(tmp_path).read("a") == data
    assert kept(tmp_path).has("a")


@pytest.mark.parametrize("at", [0, 31, 32, 500, 1_031])
def test_flipped_byte_is_noticed(tmp_path: Path, at: int) -> None:
    files, path = kept(tmp_path), tmp_path / "kept" / "a"
    files.write("a", b"x" * 1_000)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert files.read("a") is None
    files.write("a", b"x" * 1_000)
    assert files.read("a") == b"x" * 1_000


@pytest.mark.parametrize("length", [0, 5, 32, 900])
def test_half_a_file_is_none(tmp_path: Path, length: int) -> None:
    files, path = kept(tmp_path), tmp_path / "kept" / "a"
    files.write("a", b"x" * 1_000)
    path.write_bytes(path.read_bytes()[:length])
    assert files.read("a") is None


def test_emptied_folder_does_no_harm(tmp_path: Path) -> None:
    files = kept(tmp_path)
    files.write("a", b"x")
    (tmp_path / "kept" / "a").unlink()
    (tmp_path / "kept").rmdir()
    assert files.read("a") is None
    files.write("a", b"x")
    assert files.read("a") == b"x"


def test_file_in_the_place_of_the_folder_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"")
    files = kept(tmp_path)
    files.write("a", b"x")
    assert files.read("a") is None
    assert not files.is_writable
    (tmp_path / "kept").unlink()
    files.write("a", b"x")
    assert files.is_writable


def test_least_recently_read_files_go_first(tmp_path: Path) -> None:
    files = kept(tmp_path, 10 * (100 + DIGEST))
    for number in range(10):
        files.write(str(number), b"x" * 100)
        os.utime(tmp_path / "kept" / str(number), (1_000 + number, 1_000 + number))
    assert files.read("0"), "so it was used after all others"
    files.write("new", b"x" * 100)
    left = {path.name for path in (tmp_path / "kept").iterdir()}
    assert left == {"0", "3", "4", "5", "6", "7", "8", "9", "new"}


def test_files_of_earlier_runs_are_counted(tmp_path: Path) -> None:
    for number in range(20):
        kept(tmp_path).write(str(number), b"x" * 100)
    kept(tmp_path, 1_000).write("new", b"x" * 100)
    size = sum(path.stat().st_size for path in (tmp_path / "kept").iterdir())
    assert size <= 1_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own rules")
def test_files_are_private(tmp_path: Path) -> None:
    kept(tmp_path).write("a", b"x")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "kept" / "a").stat().st_mode) == 0o600


def test_no_unfinished_file_is_left(tmp_path: Path) -> None:
    files = kept(tmp_path)
    for _again in range(3):
        files.write("a", b"x")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["a"]
