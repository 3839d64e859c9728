"""The ZIP file of a backup: what is packed by several processors is one member."""

from __future__ import annotations

import random
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.store.backup_file import _BLOCKS_AT_ONCE, pack


@pytest.mark.parametrize("count", [0, 1, _BLOCKS_AT_ONCE + 1, 3 * _BLOCKS_AT_ONCE + 2])
def test_blocks_are_packed_in_their_order(tmp_path: Path, count: int) -> None:
    chance, packed = random.Random(count), list[int]()
    blocks = [chance.randbytes(100) * chance.randrange(1, 900) for _number in range(count)]
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        pack(archive, "pages", blocks, packed.append)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.testzip() is None
        assert archive.read("pages") == b"".join(blocks)
        member = archive.getinfo("pages")
    assert packed == list(map(len, blocks))
    assert member.compress_type == zipfile.ZIP_DEFLATED
    assert member.compress_size <= max(2, member.file_size / 10)


def test_reading_that_fails_ends_the_packing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one block"
        raise OSError("the disk is gone")

    with (
        zipfile.ZipFile(tmp_path / "b.zip", "w") as archive,
        pytest.raises(OSError, match="the disk is gone"),
    ):
        pack(archive, "pages", broken(), lambda _size: None)


def test_blocks_are_packed_where_no_thread_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        pack(archive, "a", [b"one", b"two"], lambda _size: None)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("a") == b"onetwo"
