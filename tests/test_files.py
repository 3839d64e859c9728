from __future__ import annotations

from pathlib import Path

import pytest

from editor.files import remove, writable, write_whole


def test_where_nothing_can_be_written_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="a"):
        write_whole(tmp_path / "a", b"x")
    with pytest.raises(OSError, match="none"):
        write_whole(tmp_path / "none" / "b", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    (tmp_path / ".a.json.part").write_bytes(b"left by a crash, and longer than what follows")
    for data in (b"one", b"", b"three"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]
    remove(path)
    remove(path)
    assert list(tmp_path.iterdir()) == []


def test_looking_whether_one_may_write_leaves_no_trace(tmp_path: Path) -> None:
    assert writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
