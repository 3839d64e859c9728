"""A dictionary in a process of its own: what it knows, and what becomes of a broken one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.resources import resource
from editor.spelling.dictionary import LARGEST_FILE, LoadedDictionary
from editor.spelling.dictionary_files import DictionaryFile
from tests.spelling.small_dictionaries import ARABIC, loaded, write_dictionary


@pytest.fixture
def english() -> Iterator[LoadedDictionary]:
    made = loaded(LoadedDictionary(DictionaryFile(resource("dictionaries"), "en_GB")))
    yield made
    made.close()


def wrong(dictionary: LoadedDictionary, *words: str) -> list[str]:
    dictionary.learn(words)
    return [word for word in words if not dictionary.knows(word)]


def test_english_knows_its_words_and_suggests_others(english: LoadedDictionary) -> None:
    assert english.problem is None
    words = ("harbour", "colour", "recieve", "don't", "organisation")
    assert wrong(english, *words) == ["recieve"]
    assert english.suggest("recieve")[0] == "receive"


def test_a_word_is_looked_up_once(english: LoadedDictionary) -> None:
    wrong(english, "boat", "boat", "ship")
    assert english.looked_up == 2
    wrong(english, "boat", "ship")
    assert english.looked_up == 2


def test_what_was_suggested_is_there_without_asking_again(english: LoadedDictionary) -> None:
    first = english.suggest("recieve")
    english.close()
    assert english.suggest("recieve") == first
    assert english.suggest("beleive") == []


def test_words_in_any_script_may_be_asked(tmp_path: Path) -> None:
    latin = write_dictionary(tmp_path, "old", "boat", rules="SET ISO8859-1\n")
    made = loaded(LoadedDictionary(DictionaryFile(latin, "old")))
    assert wrong(made, "boat", "Šabić", "الوزير") == ["Šabić", "الوزير"]
    assert made.suggest("الوزير") == []
    made.close()


def test_arabic_is_read_from_files(tmp_path: Path) -> None:
    folder = write_dictionary(tmp_path / "قاموس", "ar", *ARABIC)
    made = loaded(LoadedDictionary(DictionaryFile(folder, "ar")))
    assert wrong(made, "الحكومة", "الحكومه") == ["الحكومه"]
    assert made.suggest("الحكومه") == ["الحكومة"]
    made.close()


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (b"", b""),
        (b"SET UTF-8\n", b"\0\1\2" * 1000),
        (b"\xff\xfe" * 50, b"3\nboat\nship\nharbour\n"[:4]),
        (b"SET NO-SUCH-SET\n", "2\nété\nété\n".encode()),
        (b"SET UTF-8\nFLAG num\nAF 99999999\n", b"not a number\n"),
    ],
    ids=["empty", "no text", "cut off", "no such letters", "no number"],
)
def test_a_broken_dictionary_is_told_and_not_used(
    tmp_path: Path, rules: bytes, words: bytes
) -> None:
    (tmp_path / "fr.aff").write_bytes(rules)
    (tmp_path / "fr.dic").write_bytes(words)
    made = loaded(LoadedDictionary(DictionaryFile(tmp_path, "fr")))
    assert made.problem is not None
    assert made.problem.sentence == (
        "The dictionary fr is broken; spelling is not checked with it."
    )
    assert str(tmp_path / "fr.dic") in made.problem.hint
    assert wrong(made, "anything") == []
    assert made.suggest("anything") == []


def test_a_huge_file_and_a_missing_one_are_told(tmp_path: Path) -> None:
    write_dictionary(tmp_path, "fr", "mot")
    with (tmp_path / "fr.dic").open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)
    huge = LoadedDictionary(DictionaryFile(tmp_path, "fr"))
    assert huge.problem is not None
    assert huge.problem.sentence == "The dictionary fr.dic is 64 MB; 64 MB is the limit."
    missing = LoadedDictionary(DictionaryFile(tmp_path, "de"))
    assert missing.problem is not None
    assert "can't be read" in missing.problem.sentence
    for made in (huge, missing):
        assert wrong(made, "anything") == []
        made.close()


_ENDS = """
import sys
from pathlib import Path
from editor.spelling.dictionary import LoadedDictionary
from editor.spelling.dictionary_files import DictionaryFile
loading = LoadedDictionary(DictionaryFile(Path(sys.argv[1]), "big"))
assert not loading.is_ready
print(loading.process_id)
"""


def test_python_ends_at_once_while_a_dictionary_is_being_loaded(tmp_path: Path) -> None:
    letters = "abcdefghijklmnop"
    words = ("".join(letters[n >> 4 * k & 15] for k in range(5)) for n in range(300_000))
    write_dictionary(tmp_path, "big", *words)
    command = [sys.executable, "-c", _ENDS, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(int(ended.stdout), 0)


def test_a_process_that_ends_is_told(english: LoadedDictionary) -> None:
    assert wrong(english, "recieve") == ["recieve"]
    english.close()
    assert wrong(english, "teh") == [], "nothing is wrong that nobody could look up"
    assert english.problem is not None
    assert "stopped answering" in english.problem.sentence
