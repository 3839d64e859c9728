"""The folder that is served: what can't be, and when it is another export."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO

import pytest

from editor.errors import BadInput, NotFound
from editor.formats.paths import SUMS, UNFINISHED
from editor.places import DESK_FILE
from editor.serving.served_folder import ServedFolder
from tests.serving.served import FILES, write_export


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no folder"):
        ServedFolder(tmp_path / "none")


def test_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site.tar").write_bytes(b"x")
    with pytest.raises(BadInput, match=r"site\.tar is not a folder") as refused:
        ServedFolder(tmp_path / "site.tar")
    assert "zip file" in refused.value.hint


def test_name_that_no_folder_can_have_is_refused(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises((BadInput, NotFound)):
            ServedFolder(tmp_path / name)


def test_desk_and_what_is_in_it_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / DESK_FILE).write_bytes(b"")
    for path in (tmp_path, tmp_path / "pictures"):
        with pytest.raises(BadInput, match="which readers never see"):
            ServedFolder(path)


def test_folder_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    # An administrator, who may run the tests, may read all folders.
    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(BadInput, match="can't be read: Permission denied"):
        ServedFolder(tmp_path)


def test_folder_that_is_no_export_has_no_state(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"x")
    folder = ServedFolder(tmp_path)
    assert (folder.is_export, folder.state) == (False, "")
    (tmp_path / SUMS).write_bytes(b"not a list")
    assert (folder.is_export, folder.state) == (False, "")
    write_export(tmp_path)
    assert folder.is_export
    assert folder.state


def test_state_is_another_after_another_export_and_the_same_after_the_same(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_export(site)
    folder = ServedFolder(site)
    first = folder.state
    write_export(site, {**FILES, "index.html": b"other"})
    second = folder.state
    assert second != first
    shutil.rmtree(site)
    assert folder.state == second
    assert folder.open("index.html") is None
    write_export(site)
    assert folder.state == first


def test_export_that_is_being_written_is_not_announced(tmp_path: Path) -> None:
    write_export(tmp_path)
    folder = ServedFolder(tmp_path)
    before = folder.state
    write_export(tmp_path, {**FILES, UNFINISHED: b""})
    assert folder.state == before
    write_export(tmp_path, {**FILES, "added.html": b""})
    assert folder.state != before


def test_file_that_is_removed_at_this_moment_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(tmp_path)
    monkeypatch.setattr("os.path.isfile", lambda path: str(path).endswith("gone.html"))
    assert ServedFolder(tmp_path).open("gone.html") is None


def test_file_that_the_disk_does_not_give_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(tmp_path)
    opened = []

    def fail(file: IO[bytes], _name: str) -> None:
        opened.append(file)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("hashlib.file_digest", fail)
    with pytest.raises(OSError, match="Input/output"):
        ServedFolder(tmp_path).open("index.html")
    assert [file.closed for file in opened] == [True]
