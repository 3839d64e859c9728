"""One's own dictionary is a text file that survives hand edits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.errors import EditorError
from editor.spelling.personal import LARGEST_FILE, PersonalDictionary


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "my-words.txt"


def test_a_word_is_added_once_and_removed(path: Path) -> None:
    mine = PersonalDictionary(path)
    assert not mine.known().has("Vilna")
    mine.add("Vilna")
    mine.add("Vilna")
    assert mine.known().has("Vilna")
    assert path.read_text(encoding="utf-8") == "Vilna\n"
    mine.remove("Vilna")
    assert not mine.known().has("Vilna")


def test_what_was_edited_by_hand_is_read_and_kept(path: Path) -> None:
    path.parent.mkdir()
    written = "\ufeffVilna\r\n\r\n# names\r\n  blockchain  \r\n".encode() + b"caf\xe9\r\nlast"
    path.write_bytes(written)
    mine = PersonalDictionary(path)
    assert [mine.known().has(word) for word in ("Vilna", "Blockchain", "last", "names")] == [
        True,
        True,
        True,
        False,
    ]
    mine.add("Kaunas")
    data = path.read_bytes()
    assert b"# names" in data
    assert b"caf\xe9" in data
    assert data.endswith(b"last\nKaunas\n")


def test_the_file_is_read_again_only_when_it_has_changed(path: Path) -> None:
    mine = PersonalDictionary(path)
    mine.add("Vilna")
    first = mine.known()
    assert mine.known() is first
    path.write_text("Kaunas\n", encoding="utf-8")
    assert mine.known().has("Kaunas")


def test_a_huge_file_is_refused_and_left(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"word\n" * (LARGEST_FILE // 5 + 1))
    mine = PersonalDictionary(path)
    assert not mine.known().has("word")
    assert mine.problem is not None
    assert "2.0 MB" in mine.problem.sentence
    with pytest.raises(EditorError, match="larger"):
        mine.add("Vilna")
    assert path.stat().st_size > LARGEST_FILE


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    mine = PersonalDictionary(path)
    mine.known()
    assert mine.problem is not None
    with pytest.raises(EditorError, match="can't be read") as told:
        mine.add("Vilna")
    assert str(path) in told.value.hint


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_told(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    with pytest.raises(EditorError, match="can't be written"):
        PersonalDictionary(path).add("Vilna")
