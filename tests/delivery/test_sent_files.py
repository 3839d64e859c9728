"""What is remembered of a target, on a disk that is full or broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.delivery.remote import LocalFile, RemoteFile
from editor.delivery.sent_files import SentFile, SentFiles
from editor.errors import DeliveryError

FILE = LocalFile("index.html", Path("index.html"), "a" * 64, 3)
THERE = RemoteFile(3, "tag")


def test_files_are_remembered_after_half_a_line(tmp_path: Path) -> None:
    with SentFiles(tmp_path / "known") as sent:
        sent.add(FILE, THERE)
    with (tmp_path / "known" / "sent").open("ab") as file:
        file.write(b'["half')
    with SentFiles(tmp_path / "known") as sent:
        sent.add(FILE._replace(path="two.html"), THERE)
    found = SentFiles(tmp_path / "known").files
    assert found == {path: SentFile("a" * 64, THERE) for path in ("index.html", "two.html")}


def test_disk_without_room_is_a_sentence(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no system with a disk that is always full")
    with SentFiles(tmp_path / "known") as sent:
        (tmp_path / "known" / "sent").symlink_to(full)  # which could be read without an end
        with pytest.raises(DeliveryError, match="can't be noted on this computer: No space") as at:
            sent.add(FILE, THERE)
        assert "Free some space" in at.value.hint


def test_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "known").write_bytes(b"a file")
    with pytest.raises(DeliveryError, match="can't be noted on this computer"):
        SentFiles(tmp_path / "known")
    (tmp_path / "known").unlink()
    with SentFiles(tmp_path / "known") as sent:
        (tmp_path / "known" / "sender").mkdir()
        with pytest.raises(DeliveryError, match="can't be noted on this computer"):
            sent.keep("sender", b"x")
