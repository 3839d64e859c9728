from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.store.desk import Desk
from editor.store.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "drafts")


def files(tmp_path: Path, pattern: str) -> list[str]:
    return sorted(path.name for path in (tmp_path / "drafts").glob(pattern))


def test_missing_entry_is_none(journal: Journal) -> None:
    assert journal.read("banner") is None
    assert journal.entries() == {}
    journal.remove("banner")


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b'{"key": "banner", "value": {"a": "cut of',
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'{"key": 3, "value": {}}',
        b'{"key": "banner"}',
        b'{"key": "banner", "value": "text"}',
        b"[" * 100_000,
    ],
)
def test_damaged_entry_is_renamed_and_the_others_stay(
    journal: Journal, tmp_path: Path, damage: bytes
) -> None:
    journal.write("banner", {"a": 1})
    journal.write("story:1", {"b": 2})
    for number in range(2):
        (tmp_path / "drafts" / "banner.json").write_bytes(damage)
        read = journal.read if number else lambda _: journal.entries().get("banner")
        assert read("banner") is None
    assert journal.entries() == {"story:1": {"b": 2}}
    aside = files(tmp_path, "*.damaged")
    assert len(aside) == 2
    assert all((tmp_path / "drafts" / name).read_bytes() == damage for name in aside)
    journal.write("banner", {"a": 3})
    assert journal.read("banner") == {"a": 3}


@pytest.mark.parametrize(
    "key",
    [
        "story:0123",
        "note:../../etc/passwd",
        "/",
        ".",
        "..",
        "",
        "CON",
        "a\0b",
        "ملاحظة",
        "\ud800",
        "k" * 5_000,
        "story:" + "ف" * 300,
        "a/b\\c:d*e?f",
    ],
)
def test_any_key_becomes_a_file_inside_the_folder(
    journal: Journal, tmp_path: Path, key: str
) -> None:
    journal.write(key, {"text": key})
    assert journal.read(key) == {"text": key}
    assert journal.entries() == {key: {"text": key}}
    assert len(files(tmp_path, "*")) == 1
    journal.remove(key)
    assert journal.read(key) is None
    assert files(tmp_path, "*") == []


def test_different_keys_have_different_files(journal: Journal) -> None:
    keys = ["a", "A", "a ", "a%20", "k" * 200, "k" * 201]
    for number, key in enumerate(keys):
        journal.write(key, {"number": number})
    assert [journal.read(key) for key in keys] == [{"number": n} for n in range(len(keys))]


def test_text_is_read_back_as_typed(journal: Journal) -> None:
    text = "a\r\nb\tc\0 \ud83d e\u0301 😀 الميناء " + "x" * 1_000_000
    journal.write("story:1", {"text": text, "caret": [3, 4], "flag": True, "none": None})
    assert journal.read("story:1") == {
        "text": text,
        "caret": [3, 4],
        "flag": True,
        "none": None,
    }


def test_file_left_by_a_crash_is_no_entry(journal: Journal, tmp_path: Path) -> None:
    journal.write("banner", {"a": 1})
    (tmp_path / "drafts" / ".0123.part").write_bytes(b'{"key"')
    assert journal.entries() == {"banner": {"a": 1}}


def test_failed_write_leaves_the_old_entry(journal: Journal) -> None:
    journal.write("banner", {"a": 1})
    with pytest.raises(TypeError):
        journal.write("banner", {"a": object()})  # type: ignore[dict-item]
    assert journal.read("banner") == {"a": 1}


def test_opening_the_window_removes_what_a_crash_left_of_drafts(desk: Desk) -> None:
    draft, picture = (desk.path / folder / ".0123.part" for folder in ("drafts", "pictures"))
    for path in (draft, picture):
        path.write_bytes(b"half")
    desk.hold()
    assert not draft.exists()
    assert picture.exists(), "another process may be adding it now"


@pytest.mark.skipif(os.name != "posix", reason="needs permissions as Unix has them")
@pytest.mark.parametrize("umask", [0, 0o077], ids=oct)
def test_draft_is_private(journal: Journal, tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        journal.write("banner", {"a": 1})
    finally:
        os.umask(before)
    assert (tmp_path / "drafts").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "drafts" / "banner.json").stat().st_mode & 0o777 == 0o600
